import { formatAddress } from '../../kernel/address.ts';
import { analyze, describePackets, isEmpty, prepare, type Question } from '../../reachability/index.ts';
import { type Rule, violation } from './rule.ts';

/** What a gateway lets through is lost where its own connections do not get to the backend. */
export const gatewaysReachTheirBackends: Rule = {
  id: 'gateways-reach-their-backends',
  statement: 'Every application gateway gets through to each backend that its rules send requests to',
  controls: [],
  level: 'error',
  check: (_state, model) =>
    model.gateways.flatMap((gateway) => {
      const subnet = model.subnets.find((one) => one.id === gateway.subnet);
      if (subnet === undefined) return [];
      return gateway.backends.flatMap(({ pool, port, addresses }) =>
        addresses.flatMap((address) => {
          const to = formatAddress(address.family, address.first);
          const question: Question = {
            from: [{ kind: 'addresses', text: subnet.name, ranges: subnet.prefixes }],
            to: [{ kind: 'addresses', text: to, ranges: [address] }],
            traffic: [{ protocols: [6], ports: [{ from: port, to: port }] }],
          };
          const network = prepare(model, [question]);
          const { allowed, denied, classes } = analyze(network, question);
          // What may get through is no fault of the gateway's; what surely does not is.
          if (!isEmpty(allowed) || isEmpty(denied)) return [];
          const by = classes.find((one) => one.outcome !== 'allowed')?.hops.at(-1);
          const what = describePackets(network, denied)[0] ?? '';
          return [
            violation(
              gatewaysReachTheirBackends,
              gateway.id,
              `${gateway.name} does not get through to ${to}:${port} of pool ${pool}: ${what}.${by === undefined ? '' : ` Decided at ${by.layer} by ${by.rule}.`}`,
            ),
          ];
        }),
      );
    }),
  looksAt: (model) =>
    model.gateways.reduce((sum, one) => sum + one.backends.reduce((n, { addresses }) => n + addresses.length, 0), 0),
};
