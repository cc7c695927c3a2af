import type { Value } from '../../model/resource.ts';
import type { Built, Claim } from '../draft.ts';
import { networkResource, type Placement } from '../placement.ts';

/** A rule of a network security group with the decision that it follows from. */
export interface SecurityRule {
  readonly name: string;
  readonly decision: string;
  readonly direction: 'Inbound' | 'Outbound';
  readonly access: 'Allow' | 'Deny';
  readonly protocol: 'Tcp' | 'Udp' | '*';
  /** Prefixes, or one service tag, or `*`. */
  readonly from: readonly string[];
  readonly to: readonly string[];
  /** `443`, `1000-2000`, or `*`. */
  readonly ports: readonly string[];
}

type Ends = Pick<SecurityRule, 'protocol' | 'from' | 'to' | 'ports'>;

export function allowIn(name: string, decision: string, ends: Ends): SecurityRule {
  return { name, decision, direction: 'Inbound', access: 'Allow', ...ends };
}

export function allowOut(name: string, decision: string, ends: Ends): SecurityRule {
  return { name, decision, direction: 'Outbound', access: 'Allow', ...ends };
}

/** One rule for UDP and one for TCP: any-protocol rules with a port leave open what becomes of protocols without ports. */
export function overUdpAndTcp(make: (protocol: 'Udp' | 'Tcp') => SecurityRule): readonly SecurityRule[] {
  return (['Udp', 'Tcp'] as const).map((protocol) => {
    const rule = make(protocol);
    return { ...rule, name: `${rule.name}${protocol}` };
  });
}

const everything: Ends = { protocol: '*', from: ['*'], to: ['*'], ports: ['*'] };

/** Names go to the hub's resolver: the platform's own is exempt from every rule that does not name it by its tag (statement 53). */
export const denyPlatformDns: SecurityRule = {
  name: 'DenyPlatformDnsOut',
  decision: 'dns-through-the-hub',
  direction: 'Outbound',
  access: 'Deny',
  protocol: '*',
  from: ['*'],
  to: ['AzurePlatformDNS'],
  ports: ['*'],
};

/** The last rule of each direction: it comes before Azure's defaults, which let networks and the Internet through. */
const denyRest: readonly SecurityRule[] = [
  { name: 'DenyAllIn', decision: 'deny-by-default', direction: 'Inbound', access: 'Deny', ...everything },
  { name: 'DenyAllOut', decision: 'deny-by-default', direction: 'Outbound', access: 'Deny', ...everything },
];

const firstPriority = 100;
const step = 10;
const lastPriority = 4096;

/** A security group whose rules count in the order given, closed by a denial of the rest in both directions. */
export function securityGroup(
  placement: Placement,
  at: { readonly key: string; readonly name: string },
  rules: readonly SecurityRule[],
): Built {
  const all = [...rules, ...denyRest];
  const claims: readonly Claim[] = all.map(({ name, decision }) => ({ decision, target: `${at.key}#${name}` }));
  const resource = networkResource(placement, {
    ...at,
    type: 'networkSecurityGroups',
    properties: {
      securityRules: (['Inbound', 'Outbound'] as const).flatMap((direction) => {
        const own = all.filter((rule) => rule.direction === direction);
        return own.map((rule, index) =>
          securityRule(rule, index === own.length - 1 ? lastPriority : firstPriority + step * index),
        );
      }),
    },
  });
  return { resources: [resource], claims };
}

function securityRule(rule: SecurityRule, priority: number): Value {
  return {
    name: rule.name,
    properties: {
      description: `Decision ${rule.decision}`,
      priority,
      direction: rule.direction,
      access: rule.access,
      protocol: rule.protocol,
      ...oneOrMany('sourceAddressPrefix', 'sourceAddressPrefixes', rule.from),
      sourcePortRange: '*',
      ...oneOrMany('destinationAddressPrefix', 'destinationAddressPrefixes', rule.to),
      ...oneOrMany('destinationPortRange', 'destinationPortRanges', rule.ports),
    },
  };
}

/** Azure takes a tag, or `*`, only in the property for one value (statement 50). */
function oneOrMany(one: string, many: string, values: readonly string[]): Readonly<Record<string, Value>> {
  const [first] = values;
  return values.length === 1 && first !== undefined ? { [one]: first } : { [many]: values };
}
