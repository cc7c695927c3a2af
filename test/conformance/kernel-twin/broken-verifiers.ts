import { parsePrefix } from '../../../src/kernel/address.ts';
import type { NetworkModel, Peering, SecurityRule } from '../../../src/reachability/index.ts';
import type { Claim } from './comparison.ts';
import type { Probe } from './prober.ts';
import { verifierFor } from './verifier.ts';

type Ask = (probe: Probe) => readonly Claim[];

function withRules(model: NetworkModel, change: (rules: readonly SecurityRule[]) => readonly SecurityRule[]): Ask {
  const securityGroups = model.securityGroups.map((group) => ({ ...group, rules: change(group.rules) }));
  return verifierFor({ ...model, securityGroups });
}

/** Traffic inside a subnet taken as unfiltered (against network-semantics.md 46). */
function intraSubnetBypass(model: NetworkModel): Ask {
  const ask = verifierFor(model);
  const subnetOf = (text: string): string | undefined => {
    const at = parsePrefix(text);
    return model.subnets.find(({ prefixes }) =>
      prefixes.some((one) => at !== undefined && one.first <= at.first && at.first <= one.last),
    )?.id;
  };
  return (probe) => {
    const subnet = subnetOf(probe.source);
    const within = subnet !== undefined && subnet === subnetOf(probe.destination);
    return within ? [{ outcome: 'allowed', decisions: [] }] : ask(probe);
  };
}

/** Outbound rules not looked at (against 46). */
function outboundIgnored(model: NetworkModel): Ask {
  const everything: SecurityRule = {
    name: 'everything',
    priority: 1,
    direction: 'outbound',
    allow: true,
    protocols: undefined,
    sources: [{ kind: 'any' }],
    destinations: [{ kind: 'any' }],
    sourcePorts: [],
    destinationPorts: [],
  };
  return withRules(model, (rules) => [...rules.filter(({ direction }) => direction === 'inbound'), everything]);
}

/** Port ranges taken as ending one later. */
function portOffByOne(model: NetworkModel): Ask {
  return withRules(model, (rules) =>
    rules.map((rule) => ({
      ...rule,
      destinationPorts: rule.destinationPorts.map(({ from, to }) => ({ from, to: Math.min(65535, to + 1) })),
    })),
  );
}

/** The highest number first (against 43). */
function priorityReversed(model: NetworkModel): Ask {
  return withRules(model, (rules) => rules.map((rule) => ({ ...rule, priority: 5000 - rule.priority })));
}

/** Peers of a peer taken as peers (against 67). */
function transitivePeering(model: NetworkModel): Ask {
  const networks = model.networks.map((network) => {
    const has = (to: string): boolean => network.id === to || network.peerings.some(({ remote }) => remote === to);
    const more = network.peerings
      .flatMap(({ remote }) => model.networks.find(({ id }) => id === remote)?.peerings ?? [])
      .filter(({ remote }) => !has(remote))
      .map((peering): Peering => ({ ...peering, connected: true, allowAccess: true, allowForwarded: true }));
    return { ...network, peerings: [...network.peerings, ...more] };
  });
  return verifierFor({ ...model, networks });
}

/** Evaluators with one wrong reading each: the comparison must tell every one from the kernel. */
export const brokenVerifiers = {
  'intra-subnet bypass': intraSubnetBypass,
  'outbound ignored': outboundIgnored,
  'port off by one': portOffByOne,
  'priority reversed': priorityReversed,
  'transitive peering': transitivePeering,
} as const satisfies Readonly<Record<string, (model: NetworkModel) => Ask>>;
