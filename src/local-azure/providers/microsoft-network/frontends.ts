import type { ArmResource } from '../../../model/resource.ts';
import type { ProviderContext } from '../contract.ts';
import { parentOf, sameId } from '../ids.ts';
import { defined, type Members, membersOf, referenceOf, textOf } from '../members.ts';
import { propertiesOf } from '../resource-form.ts';
import { checkStaticAddress, nextAddress } from './address-allocation.ts';
import { attachedToPublicAddress } from './attachments.ts';
import { addressInUse, gatewayOfAddress } from './nat-gateways.ts';
import { requireResource } from './network-checks.ts';
import { invalidReference } from './network-errors.ts';

/** What a frontend hangs on. */
export interface FrontendOwner {
  readonly id: string;
  readonly envelope: Members;
  readonly existing: ArmResource | undefined;
}

/** A frontend with its address: fixed, held from before, or the next that is free. Its references are checked. */
export function frontendToStore(
  owner: FrontendOwner,
  part: Members,
  given: Set<string>,
  context: ProviderContext,
): Members {
  const properties = membersOf(part.properties);
  const addressId = referenceOf(properties.publicIPAddress);
  if (addressId !== undefined) checkPublicAddress(owner, String(part.id), addressId, context);
  const subnetId = referenceOf(properties.subnet);
  if (subnetId === undefined) {
    return { ...part, properties: defined({ ...properties, privateIPAllocationMethod: 'Dynamic' }) };
  }
  const subnet = requireSubnetOf(owner, String(part.id), subnetId, context);
  const isStatic = properties.privateIPAllocationMethod === 'Static';
  const wanted = isStatic ? textOf(properties.privateIPAddress) : heldAddress(owner.existing, part);
  if (wanted !== undefined) checkStaticAddress(wanted, subnet, owner.id, given, context);
  const address = wanted ?? nextAddress(subnet, owner.id, given, context);
  given.add(address);
  return {
    ...part,
    properties: {
      ...properties,
      subnet: { id: subnet.id },
      privateIPAddress: address,
      privateIPAllocationMethod: isStatic ? 'Static' : 'Dynamic',
    },
  };
}

/** A subnet in the owner's region. */
export function requireSubnetOf(
  owner: FrontendOwner,
  by: string,
  subnetId: string,
  context: ProviderContext,
): ArmResource {
  const where = { id: by, path: 'properties.subnet.id' };
  const subnet = requireResource(context, subnetId, where, 'Microsoft.Network/virtualNetworks/subnets');
  if (context.view.get(parentOf(subnet.id))?.location !== owner.envelope.location)
    throw invalidReference(subnet.id, by);
  return subnet;
}

function checkPublicAddress(owner: FrontendOwner, by: string, addressId: string, context: ProviderContext): void {
  const where = { id: by, path: 'properties.publicIPAddress.id', location: textOf(owner.envelope.location) };
  const address = requireResource(context, addressId, where, 'Microsoft.Network/publicIPAddresses');
  const holder = attachedToPublicAddress(address.id, context).find(
    (attachment) => !sameId(attachment.owner.id, owner.id),
  );
  const used = holder?.id ?? gatewayOfAddress(address.id, context)?.id;
  if (used !== undefined) throw addressInUse(by, address.id, used);
}

function heldAddress(existing: ArmResource | undefined, part: Members): string | undefined {
  const frontends = membersOf(propertiesOf(existing)).frontendIPConfigurations;
  const before = (Array.isArray(frontends) ? frontends : []).map(membersOf).find(({ name }) => name === part.name);
  const held = membersOf(before?.properties);
  const isSame = sameId(referenceOf(held.subnet), referenceOf(membersOf(part.properties).subnet));
  return isSame ? textOf(held.privateIPAddress) : undefined;
}
