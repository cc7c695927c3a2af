/**
 * The order in which people write the members of an ARM object: what it is, what it says, then the rest by name, with the big
 * `properties` at the end. One order for every input, so that the same value always gives the same bytes.
 */
const first = [
  'id',
  'name',
  'type',
  'ruleType',
  'ruleCollectionType',
  'description',
  'priority',
  'direction',
  'access',
  'action',
  'protocol',
  'protocols',
  'ipProtocols',
  'sourceAddressPrefix',
  'sourceAddressPrefixes',
  'sourceAddresses',
  'sourceIpGroups',
  'sourceApplicationSecurityGroups',
  'sourcePortRange',
  'sourcePortRanges',
  'destinationAddressPrefix',
  'destinationAddressPrefixes',
  'destinationAddresses',
  'destinationIpGroups',
  'destinationApplicationSecurityGroups',
  'destinationPortRange',
  'destinationPortRanges',
  'destinationPorts',
  'addressPrefix',
  'addressPrefixes',
] as const;
const last = ['rules', 'ruleCollections', 'securityRules', 'subnets', 'properties'] as const;

const rank = new Map<string, number>([
  ...first.map((key, index): [string, number] => [key, index - first.length]),
  ...last.map((key, index): [string, number] => [key, index + 1]),
]);

/** Compares two member names by reading order. */
export function byReadingOrder(a: string, b: string): number {
  return (rank.get(a) ?? 0) - (rank.get(b) ?? 0) || (a < b ? -1 : a > b ? 1 : 0);
}
