import type { ArmResource } from '../../../model/resource.ts';
import { textOf, textsOf } from '../members.ts';
import { propertiesOf } from '../resource-form.ts';
import { networkError } from './network-errors.ts';

/** What must be allowed for Azure Bastion (learn.microsoft.com/azure/bastion/bastion-nsg): explicit rules, the defaults do not count. */
const required: readonly {
  readonly direction: 'Inbound' | 'Outbound';
  readonly remote: string;
  readonly ports: readonly number[];
}[] = [
  { direction: 'Inbound', remote: 'Internet', ports: [443] },
  { direction: 'Inbound', remote: 'GatewayManager', ports: [443] },
  { direction: 'Inbound', remote: 'AzureLoadBalancer', ports: [443] },
  { direction: 'Inbound', remote: 'VirtualNetwork', ports: [8080, 5701] },
  { direction: 'Outbound', remote: 'VirtualNetwork', ports: [22, 3389, 8080, 5701] },
  { direction: 'Outbound', remote: 'AzureCloud', ports: [443] },
  { direction: 'Outbound', remote: 'Internet', ports: [80] },
];

/** Refuses a security group on AzureBastionSubnet that lacks one of the rules that Bastion needs. */
export function checkBastionRules(group: ArmResource, rules: readonly ArmResource[]): void {
  const complete = required.every(({ direction, remote, ports }) =>
    ports.every((port) => rules.some((rule) => allows(rule, direction, remote, port))),
  );
  if (complete) return;
  throw networkError(
    'NetworkSecurityGroupNotCompliantForAzureBastionSubnet',
    `Network security group ${group.name} does not have necessary rules for Azure Bastion Subnet AzureBastionSubnet.`,
  );
}

function allows(rule: ArmResource, direction: string, remote: string, port: number): boolean {
  const properties = propertiesOf(rule);
  if (properties.direction !== direction || properties.access !== 'Allow') return false;
  if (properties.protocol !== 'Tcp' && properties.protocol !== '*') return false;
  const side = direction === 'Inbound' ? 'source' : 'destination';
  const prefixes = [
    textOf(properties[`${side}AddressPrefix`]) ?? [],
    ...textsOf(properties[`${side}AddressPrefixes`]),
  ].flat();
  const ports = [textOf(properties.destinationPortRange) ?? [], ...textsOf(properties.destinationPortRanges)].flat();
  return prefixes.some((prefix) => covers(prefix, remote)) && ports.some((range) => inRange(range, port));
}

/** Internet may be narrowed to address ranges of one's own; the other tags must stand as they are, or be within `*`. */
function covers(prefix: string, remote: string): boolean {
  if (prefix === '*' || prefix === '0.0.0.0/0' || prefix.toLowerCase() === remote.toLowerCase()) return true;
  return remote === 'Internet' && /^[\d.]+(\/\d+)?$/.test(prefix);
}

function inRange(range: string, port: number): boolean {
  if (range === '*') return true;
  const [first, last = first] = range.split('-').map(Number);
  return first !== undefined && last !== undefined && first <= port && port <= last;
}
