import { contains, formatAddress, parseAddress, parsePrefix } from '../../../kernel/address.ts';
import type { ArmResource } from '../../../model/resource.ts';
import type { ProviderContext } from '../contract.ts';
import { textOf } from '../members.ts';
import { propertiesOf } from '../resource-form.ts';
import { attachedToSubnet } from './attachments.ts';
import { networkError } from './network-errors.ts';
import { subnetPrefixes } from './subnet-checks.ts';

/** Azure keeps the first four addresses of a subnet and its last (learn.microsoft.com, virtual networks FAQ). */
const reservedAtStart = 4n;

/** The first address of a subnet that a resource may have: the fifth. */
export function firstUsableAddress(subnet: ArmResource): string | undefined {
  const [text] = subnetPrefixes(propertiesOf(subnet));
  const prefix = text === undefined ? undefined : parsePrefix(text);
  return prefix === undefined ? undefined : formatAddress(prefix.family, prefix.first + reservedAtStart);
}

/** The addresses that something in the subnet has, by address, but for those of one owner. */
function takenIn(subnet: ArmResource, ownerId: string, context: ProviderContext): ReadonlyMap<string, string> {
  const others = attachedToSubnet(subnet.id, context).filter(
    ({ owner }) => owner.id.toLowerCase() !== ownerId.toLowerCase(),
  );
  return new Map(
    others.flatMap(({ id, properties }) => {
      const address = textOf(properties.privateIPAddress);
      return address === undefined ? [] : [[address, id] as const];
    }),
  );
}

/** Checks a static address: in the subnet, not Azure's, not another's. */
export function checkStaticAddress(
  address: string,
  subnet: ArmResource,
  ownerId: string,
  also: ReadonlySet<string>,
  context: ProviderContext,
): void {
  const parsed = parseAddress(address);
  const prefixes = subnetPrefixes(propertiesOf(subnet)).flatMap((text) => parsePrefix(text) ?? []);
  const range = parsed && { family: parsed.family, first: parsed.value, last: parsed.value };
  const prefix = range && prefixes.find((candidate) => contains(candidate, range));
  if (parsed === undefined || prefix === undefined) {
    throw networkError(
      'PrivateIPAddressNotInSubnet',
      `Private static IP address ${address} does not belong to the range of subnet prefix ${subnetPrefixes(propertiesOf(subnet)).join(', ')}.`,
    );
  }
  const offset = parsed.value - prefix.first;
  if (offset < reservedAtStart || (prefix.family === 4 && parsed.value === prefix.last)) {
    throw networkError(
      'PrivateIPAddressInReservedRange',
      `Private static IP address ${address} falls within reserved IP range of subnet prefix ${subnetPrefixes(propertiesOf(subnet)).join(', ')}.`,
    );
  }
  const holder = takenIn(subnet, ownerId, context).get(address) ?? (also.has(address) ? ownerId : undefined);
  if (holder !== undefined) {
    throw networkError(
      'PrivateIPAddressIsAllocated',
      `IP configuration of ${ownerId} is using the private IP address ${address} which is already allocated to resource ${holder}.`,
    );
  }
}

/** The next free address: Azure gives dynamic addresses from the start of the range. */
export function nextAddress(
  subnet: ArmResource,
  ownerId: string,
  also: ReadonlySet<string>,
  context: ProviderContext,
): string {
  const taken = takenIn(subnet, ownerId, context);
  for (const text of subnetPrefixes(propertiesOf(subnet))) {
    const prefix = parsePrefix(text);
    if (prefix === undefined) continue;
    const end = prefix.family === 4 ? prefix.last : prefix.first + 65_536n;
    for (let value = prefix.first + reservedAtStart; value < end; value++) {
      const address = formatAddress(prefix.family, value);
      if (!taken.has(address) && !also.has(address)) return address;
    }
  }
  throw networkError(
    'SubnetIsFull',
    `Subnet ${subnet.name} with address prefix ${subnetPrefixes(propertiesOf(subnet)).join(', ')} does not have enough capacity for 1 IP addresses.`,
  );
}
