import type { Hop } from '../../src/model/witness.ts';
import type { ClusterModel, NetworkModel, PolicySide } from '../../src/reachability/index.ts';

/** A model with one thing removed, widened or turned. */
export interface Mutant {
  /** `remove nsg-a AllowX`, `widen …`, `turn …`: what was done to what. */
  readonly name: string;
  readonly model: NetworkModel;
  /** Whether a hop is where the changed thing decides. */
  readonly isAt: (hop: Hop) => boolean;
}

const everywhere = [{ kind: 'any' }] as const;
const replaced = <T>(all: readonly T[], one: T, other: T | undefined): readonly T[] =>
  all.flatMap((item) => (item !== one ? [item] : other === undefined ? [] : [other]));

/** Every security rule, firewall rule, route, peering flag, policy and rule of a policy, one at a time. */
export function* mutants(model: NetworkModel): Generator<Mutant> {
  yield* ofGroups(model);
  yield* ofFirewalls(model);
  yield* ofRoutes(model);
  yield* ofPeerings(model);
  yield* ofPolicies(model);
}

function* ofGroups(model: NetworkModel): Generator<Mutant> {
  for (const group of model.securityGroups) {
    const used = [...model.subnets, ...model.cards].some((one) => one.securityGroup === group.id);
    if (!used) continue;
    for (const rule of group.rules) {
      const made = (words: string, other: typeof rule | undefined): Mutant => ({
        name: `${words} ${group.name} ${rule.name}`,
        model: {
          ...model,
          securityGroups: replaced(model.securityGroups, group, {
            ...group,
            rules: replaced(group.rules, rule, other),
          }),
        },
        isAt: (hop) => hop.layer === 'nsg' && hop.resource === group.id && hop.rule === rule.name,
      });
      yield made('remove', undefined);
      if (!rule.allow) continue;
      const far = rule.direction === 'inbound' ? 'sources' : 'destinations';
      if (rule[far].every((term) => term.kind !== 'any')) yield made(`widen ${far} of`, { ...rule, [far]: everywhere });
      const isNarrow = rule.destinationPorts.every(({ from, to }) => from > 0 || to < 65_535);
      if (rule.destinationPorts.length > 0 && isNarrow) yield made('widen ports of', { ...rule, destinationPorts: [] });
    }
  }
}

function* ofFirewalls(model: NetworkModel): Generator<Mutant> {
  for (const firewall of model.firewalls) {
    for (const collection of firewall.collections) {
      for (const rule of collection.rules) {
        const made = (words: string, other: typeof rule | undefined): Mutant => {
          const changed = { ...collection, rules: replaced(collection.rules, rule, other) };
          const collections = replaced(firewall.collections, collection, changed);
          return {
            name: `${words} ${firewall.name} ${collection.group}/${collection.name}/${rule.name}`,
            model: { ...model, firewalls: replaced(model.firewalls, firewall, { ...firewall, collections }) },
            isAt: (hop) =>
              hop.layer === 'firewall' && hop.rule === `${collection.group}/${collection.name}/${rule.name}`,
          };
        };
        yield made('remove', undefined);
        if (!collection.allow) continue;
        if (rule.sources.every((term) => term.kind !== 'any'))
          yield made('widen sources of', { ...rule, sources: everywhere });
        if (rule.kind === 'network')
          yield made('widen destinations of', { ...rule, destinations: everywhere, destinationNames: [] });
        if (rule.kind === 'application' && !rule.names.includes('*'))
          yield made('widen names of', { ...rule, names: ['*'], nameTags: [] });
      }
    }
  }
}

function* ofRoutes(model: NetworkModel): Generator<Mutant> {
  for (const table of model.routeTables) {
    if (!model.subnets.some((one) => one.routeTable === table.id)) continue;
    for (const route of table.routes) {
      const made = (words: string, other: typeof route | undefined): Mutant => ({
        name: `${words} ${table.name} ${route.name}`,
        model: {
          ...model,
          routeTables: replaced(model.routeTables, table, { ...table, routes: replaced(table.routes, route, other) }),
        },
        isAt: (hop) => hop.layer === 'route' && hop.rule === route.name,
      });
      yield made('remove', undefined);
      if (route.nextHop.kind === 'appliance')
        yield made('turn to the internet', { ...route, nextHop: { kind: 'internet' } });
    }
  }
}

function* ofPeerings(model: NetworkModel): Generator<Mutant> {
  for (const network of model.networks) {
    for (const peering of network.peerings) {
      const made = (words: string, other: typeof peering): Mutant => ({
        name: `${words} ${network.name} ${peering.name}`,
        model: {
          ...model,
          networks: replaced(model.networks, network, {
            ...network,
            peerings: replaced(network.peerings, peering, other),
          }),
        },
        isAt: (hop) => hop.layer === 'peering' && hop.rule === peering.name,
      });
      yield made('turn connected of', { ...peering, connected: !peering.connected });
      yield made('turn allowVirtualNetworkAccess of', { ...peering, allowAccess: !peering.allowAccess });
      yield made('turn allowForwardedTraffic of', { ...peering, allowForwarded: !peering.allowForwarded });
    }
  }
}

function* ofPolicies(model: NetworkModel): Generator<Mutant> {
  const { cluster } = model;
  if (cluster === undefined) return;
  for (const policy of cluster.policies) {
    const made = (words: string, policies: ClusterModel['policies']): Mutant => ({
      name: `${words} ${policy.id}`,
      model: { ...model, cluster: { ...cluster, policies } },
      isAt: (hop) => hop.resource === policy.id || hop.rule.includes(policy.id),
    });
    yield made('remove', replaced(cluster.policies, policy, undefined));
    for (const direction of ['ingress', 'egress'] as const) {
      const side = policy[direction];
      for (const rule of side?.rules ?? []) {
        const withRule = (words: string, other: typeof rule | undefined): Mutant => {
          const own = side as PolicySide;
          const changed = { ...policy, [direction]: { ...own, rules: replaced(own.rules, rule, other) } };
          return made(`${words} ${direction} ${rule.name} of`, replaced(cluster.policies, policy, changed));
        };
        yield withRule('remove', undefined);
        if (rule.effect !== 'allow') continue;
        if (rule.peers !== undefined) yield withRule('widen peers of', { ...rule, peers: undefined });
        if (rule.ports !== undefined) yield withRule('widen ports of', { ...rule, ports: undefined });
      }
    }
  }
}
