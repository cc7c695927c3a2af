import type { ArmResource } from '../../../model/resource.ts';
import type { ProviderContext, ResourceTypeProvider } from '../contract.ts';
import { sameId } from '../ids.ts';
import { defined, listOf, membersOf, referenceOf } from '../members.ts';
import { propertiesOf, resourceOf, takeIn, withEtag, withProperties } from '../resource-form.ts';
import { networkApiVersionsSince } from './api-versions.ts';
import { attachedToPublicAddress, references, referrers } from './attachments.ts';
import { checkName, requireOneOf, requireResource } from './network-checks.ts';
import { networkError } from './network-errors.ts';

const type = 'Microsoft.Network/natGateways';
const subnetType = 'Microsoft.Network/virtualNetworks/subnets';

/** NAT gateways: an address belongs to one. */
export const natGateways: ResourceTypeProvider = {
  type,
  apiVersions: networkApiVersionsSince('2019-02-01'),
  location: 'required',
  longRunning: true,
  put(input, context) {
    const { envelope, properties } = takeIn(type, input.body);
    checkName(input.id);
    const name = requireOneOf(membersOf(envelope.sku).name, ['Standard', 'StandardV2'], 'sku.name');
    for (const item of listOf(properties.publicIpAddresses)) {
      const id = referenceOf(item) ?? '';
      const by = { id: input.id, path: 'properties.publicIpAddresses.id', location: locationOf(envelope.location) };
      requireResource(context, id, by, 'Microsoft.Network/publicIPAddresses');
      const holder = gatewayOfAddress(id, context);
      const user = sameId(holder?.id, input.id) ? undefined : holder;
      const used = user ?? attachedToPublicAddress(id, context)[0];
      if (used !== undefined) throw addressInUse(input.id, id, used.id);
    }
    const gateway = resourceOf(
      type,
      input,
      { ...envelope, sku: { ...membersOf(envelope.sku), name } },
      {
        ...properties,
        provisioningState: 'Succeeded',
        resourceGuid: context.stableGuid(input.id, 'resourceGuid'),
        idleTimeoutInMinutes: properties.idleTimeoutInMinutes ?? 4,
      },
    );
    return { put: [gateway], delete: [] };
  },
  delete(existing, context) {
    const [subnet] = referrers(subnetType, 'natGateway', existing.id, context);
    if (subnet !== undefined) {
      throw networkError(
        'InUseNatGatewayCannotBeDeleted',
        `Nat Gateway ${existing.id} cannot be deleted because it is in use by the following resources: ${subnet.id}.`,
      );
    }
    return { put: [], delete: [] };
  },
  read(stored, context) {
    const subnets = references(referrers(subnetType, 'natGateway', stored.id, context));
    return withEtag(withProperties(stored, defined({ subnets })));
  },
};

const locationOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** The NAT gateway that has a public address. */
export function gatewayOfAddress(addressId: string, context: ProviderContext): ArmResource | undefined {
  return context.view
    .ofType(type)
    .find((gateway) =>
      listOf(propertiesOf(gateway).publicIpAddresses).some((item) => sameId(referenceOf(item), addressId)),
    );
}

export function addressInUse(by: string, addressId: string, holder: string): Error {
  return networkError(
    'PublicIPAddressInUse',
    `Resource ${by} is referencing public IP address ${addressId} that is already allocated to resource ${holder}.`,
  );
}
