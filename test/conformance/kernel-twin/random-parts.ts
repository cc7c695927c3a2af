import type { Json } from './arm-json.ts';

type Random = () => number;

/** Xorshift: the same seed, the same zone. */
function randomFrom(seed: number): Random {
  let state = (seed * 2654435761) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 2 ** 32;
  };
}

const base = '/subscriptions/00000000-0000-0000-0000-000000000007/resourceGroups/rg-twin/providers/Microsoft.Network';
export const at = (type: string, name: string): string => `${base}/${type}/${name}`;
export const firewallAddress = '10.0.0.4';

export function resource(type: string, name: string, properties: Json): Json {
  return { id: at(type, name), name, type: `Microsoft.Network/${type}`, location: 'eastus2', properties };
}

/** The six rules that GET shows in every group (network-semantics.md 44). */
function defaultRules(group: string): readonly Json[] {
  const rows = [
    ['AllowVnetInBound', 65000, 'Inbound', 'Allow', 'VirtualNetwork', 'VirtualNetwork'],
    ['AllowAzureLoadBalancerInBound', 65001, 'Inbound', 'Allow', 'AzureLoadBalancer', '*'],
    ['DenyAllInBound', 65500, 'Inbound', 'Deny', '*', '*'],
    ['AllowVnetOutBound', 65000, 'Outbound', 'Allow', 'VirtualNetwork', 'VirtualNetwork'],
    ['AllowInternetOutBound', 65001, 'Outbound', 'Allow', '*', 'Internet'],
    ['DenyAllOutBound', 65500, 'Outbound', 'Deny', '*', '*'],
  ] as const;
  return rows.map(([name, priority, direction, access, sourceAddressPrefix, destinationAddressPrefix]) => ({
    id: `${at('networkSecurityGroups', group)}/defaultSecurityRules/${name}`,
    name,
    properties: {
      protocol: '*',
      sourcePortRange: '*',
      destinationPortRange: '*',
      sourceAddressPrefix,
      destinationAddressPrefix,
      access,
      priority,
      direction,
    },
  }));
}

export class Maker {
  readonly random: Random;
  readonly anchors: readonly number[];
  readonly prefixes: readonly string[];
  readonly sourcePorts: boolean;

  constructor(seed: number, prefixes: readonly string[]) {
    this.random = randomFrom(seed);
    this.prefixes = prefixes;
    const known = this.shuffled([22, 53, 80, 443, 1433, 3389, 5432, 6443, 8080, 9000]);
    this.anchors = known.slice(0, 3);
    // A question without a source port is answered alike by the whole product only where no rule names one.
    this.sourcePorts = seed % 3 === 0;
  }

  chance(share: number): boolean {
    return this.random() < share;
  }

  pick<T>(from: readonly T[]): T {
    return from[Math.floor(this.random() * from.length)] as T;
  }

  upTo(most: number): number {
    return Math.floor(this.random() * (most + 1));
  }

  shuffled<T>(from: readonly T[]): T[] {
    const keyed = from.map((value) => [this.random(), value] as const);
    return keyed.sort((a, b) => a[0] - b[0]).map(([, value]) => value);
  }

  portRange(): string {
    const [a = 22, b = 53, c = 80] = this.anchors;
    const [low, high] = [Math.min(a, b), Math.max(a, b)];
    return this.pick([
      '*',
      '*',
      `${a}`,
      `${b}`,
      `${c}`,
      `${low}-${high}`,
      `${c}-${c + 1}`,
      `0-${low}`,
      `${high}-65535`,
    ]);
  }
}

function securityRule(make: Maker, group: string, direction: string, index: number, asgs: readonly string[]): Json {
  const tag = (): string => make.pick(['VirtualNetwork', 'VirtualNetwork', 'Internet', 'AzureLoadBalancer']);
  /** One prefix, several (an augmented rule), a tag, everything, or an application security group. */
  const side = (name: 'source' | 'destination', groups: boolean): Json => {
    const roll = make.random();
    if (groups && roll < 0.12)
      return {
        [`${name}AddressPrefixes`]: [],
        [`${name}ApplicationSecurityGroups`]: [{ id: at('applicationSecurityGroups', make.pick(asgs)) }],
      };
    if (roll < 0.4) return { [`${name}AddressPrefix`]: '*', [`${name}AddressPrefixes`]: [] };
    if (roll < 0.55) return { [`${name}AddressPrefix`]: tag(), [`${name}AddressPrefixes`]: [] };
    if (roll < 0.75)
      return {
        [`${name}AddressPrefixes`]: [make.pick(make.prefixes), make.pick(make.prefixes), make.pick(make.prefixes)],
      };
    return { [`${name}AddressPrefix`]: make.pick(make.prefixes), [`${name}AddressPrefixes`]: [] };
  };
  // Application groups of one rule would have to be in one network (51): one side only.
  const source = side('source', true);
  const destination = side('destination', source.sourceApplicationSecurityGroups === undefined);
  const several = make.chance(0.25);
  return {
    id: `${at('networkSecurityGroups', group)}/securityRules/${direction}-${index}`,
    name: `${direction}-${index}`,
    properties: {
      protocol: make.pick(['*', '*', 'Tcp', 'Tcp', 'Udp', 'Icmp']),
      ...source,
      ...destination,
      ...(make.sourcePorts && make.chance(0.3)
        ? { sourcePortRanges: [make.pick(['1024-32767', '30000-45000', '0-20000']), '60000'] }
        : { sourcePortRange: '*' }),
      ...(several
        ? { destinationPortRanges: [make.portRange(), make.portRange()] }
        : { destinationPortRange: make.portRange() }),
      access: make.chance(0.62) ? 'Allow' : 'Deny',
      // Unique in a direction, and not in the order of the list.
      priority: 100 + ((index * 7) % 10) * 10,
      direction,
    },
  };
}

export function securityGroup(make: Maker, name: string, asgs: readonly string[]): Json {
  const rules = ['Inbound', 'Outbound'].flatMap((direction) =>
    Array.from({ length: make.upTo(7) }, (_, index) => securityRule(make, name, direction, index, asgs)),
  );
  return resource('networkSecurityGroups', name, { securityRules: rules, defaultSecurityRules: defaultRules(name) });
}

export function routeTable(make: Maker, name: string, firewalls: boolean): Json {
  const routes = new Map<string, Json>();
  const add = (addressPrefix: string, nextHopType: string, nextHopIpAddress?: string): void => {
    if (routes.has(addressPrefix)) return;
    const route = `r${routes.size}`;
    routes.set(addressPrefix, {
      id: `${at('routeTables', name)}/routes/${route}`,
      name: route,
      properties: { addressPrefix, nextHopType, ...(nextHopIpAddress === undefined ? {} : { nextHopIpAddress }) },
    });
  };
  if (firewalls && make.chance(0.75)) add('0.0.0.0/0', 'VirtualAppliance', firewallAddress);
  for (let count = make.upTo(3); count > 0; count--) {
    const prefix = make.pick(make.prefixes);
    const hop = make.pick([
      'VirtualAppliance',
      'VirtualAppliance',
      'VirtualAppliance',
      'None',
      'Internet',
      'VnetLocal',
      'lost',
    ]);
    if (hop === 'VirtualAppliance' && firewalls) add(prefix, hop, firewallAddress);
    // A next hop that nobody holds.
    else if (hop === 'lost' && firewalls) add(prefix, 'VirtualAppliance', '10.99.0.4');
    else add(prefix, make.pick(['None', 'Internet', 'VnetLocal']));
  }
  return resource('routeTables', name, { disableBgpRoutePropagation: true, routes: [...routes.values()] });
}

export function ruleGroup(make: Maker, policy: string, name: string, priority: number): Json {
  const prefix = (): string => (make.chance(0.45) ? '*' : make.pick(make.prefixes));
  const collections = Array.from({ length: make.upTo(3) }, (_, c) => ({
    ruleCollectionType: 'FirewallPolicyFilterRuleCollection',
    name: `c${c}`,
    priority: 200 + ((c * 2 + make.upTo(1)) % 5) * 100 + c,
    action: { type: make.chance(0.75) ? 'Allow' : 'Deny' },
    rules: Array.from({ length: make.upTo(3) }, (_item, r) => ({
      ruleType: 'NetworkRule',
      name: `n${r}`,
      ipProtocols: make.pick([['TCP'], ['TCP'], ['UDP'], ['TCP', 'UDP'], ['Any'], ['ICMP']]),
      ...(make.chance(0.25)
        ? { sourceAddresses: [], sourceIpGroups: [at('ipGroups', 'ipg')] }
        : { sourceAddresses: [prefix()] }),
      ...(make.chance(0.15)
        ? { destinationAddresses: [], destinationIpGroups: [at('ipGroups', 'ipg')] }
        : {
            destinationAddresses: make.chance(0.3) ? [make.pick(make.prefixes), make.pick(make.prefixes)] : [prefix()],
          }),
      destinationPorts: [make.portRange()],
    })),
  }));
  return {
    id: `${at('firewallPolicies', policy)}/ruleCollectionGroups/${name}`,
    name: `${policy}/${name}`,
    type: 'Microsoft.Network/firewallPolicies/ruleCollectionGroups',
    properties: { priority, ruleCollections: collections },
  };
}
