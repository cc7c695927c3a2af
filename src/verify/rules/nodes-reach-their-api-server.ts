import { analyze, isEmpty, prepare, type Question } from '../../reachability/index.ts';
import { fields, idKey, items, text } from '../arm-view.ts';
import { type Rule, violation } from './rule.ts';

/** Ports of an API server with VNet integration (azure-aks-docs, api-server-vnet-integration). */
const ports = [443, 4443];

/** Without their API server nodes do not join, and what runs on them is not steered any more (statement 94). */
export const nodesReachTheirApiServer: Rule = {
  id: 'nodes-reach-their-api-server',
  statement: 'The nodes of every cluster with an API server in its own subnet get through to it',
  controls: [],
  level: 'error',
  check: (state, model) =>
    integrated(state.resources).flatMap(({ id, name, server, pools }) => {
      const subnet = (wanted: string) => model.subnets.find((one) => idKey(one.id) === idKey(wanted));
      const target = subnet(server);
      return pools.flatMap((pool) => {
        const nodes = subnet(pool);
        if (target === undefined || nodes === undefined) return [];
        const question: Question = {
          from: [{ kind: 'addresses', text: nodes.name, ranges: nodes.prefixes }],
          to: [{ kind: 'addresses', text: target.name, ranges: target.prefixes }],
          traffic: [{ protocols: [6], ports: ports.map((port) => ({ from: port, to: port })) }],
        };
        const { denied, classes } = analyze(prepare(model, [question]), question);
        if (isEmpty(denied)) return [];
        const by = classes.find((one) => one.outcome !== 'allowed')?.hops.at(-1);
        return [
          violation(
            nodesReachTheirApiServer,
            id,
            `Nodes of ${name} in ${nodes.name} do not surely reach their API server in ${target.name}: ${by?.layer ?? ''} ${by?.rule ?? ''} stops them.`,
          ),
        ];
      });
    }),
  looksAt: (_model, state) => integrated(state.resources).reduce((sum, one) => sum + one.pools.length, 0),
};

function integrated(resources: Parameters<Rule['check']>[0]['resources']) {
  return resources.flatMap(({ id, name, type, properties }) => {
    if (type.toLowerCase() !== 'microsoft.containerservice/managedclusters') return [];
    const server = text(fields(fields(properties).apiServerAccessProfile).subnetId);
    const pools = items(fields(properties).agentPoolProfiles).flatMap((one) => text(fields(one).vnetSubnetID) ?? []);
    return server === undefined ? [] : [{ id, name, server, pools: [...new Set(pools)] }];
  });
}
