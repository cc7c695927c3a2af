import { isOffered } from '../../life-cycles/is-offered.ts';
import type { ProviderContext, PutInput, ResourceTypeProvider } from '../contract.ts';
import { sameId } from '../ids.ts';
import { defined, type Members, membersOf, textOf, without } from '../members.ts';
import { propertiesOf, resourceOf, takeIn, withEtag, withProperties } from '../resource-form.ts';
import { networkApiVersions } from './api-versions.ts';
import { attachedToPublicAddress } from './attachments.ts';
import { gatewayOfAddress } from './nat-gateways.ts';
import { checkName, requireOneOf } from './network-checks.ts';
import { changeNotAllowed, networkError } from './network-errors.ts';
import { publicAddressFor } from './public-address-pool.ts';

const type = 'Microsoft.Network/publicIPAddresses';

/** Public addresses: static ones get theirs at once, from the documentation ranges. */
export const publicIpAddresses: ResourceTypeProvider = {
  type,
  apiVersions: networkApiVersions,
  location: 'required',
  longRunning: true,
  put(input, context) {
    const { envelope, properties } = takeIn(type, input.body);
    checkName(input.id);
    const { sku, allocation, version } = checkKind(input, envelope, properties, context);
    const was = propertiesOf(input.existing);
    if (was.publicIPAddressVersion !== undefined && was.publicIPAddressVersion !== version) {
      throw changeNotAllowed('publicIPAddressVersion', input.id);
    }
    const held = textOf(was.ipAddress);
    const label = textOf(membersOf(properties.dnsSettings).domainNameLabel);
    const address = resourceOf(
      type,
      input,
      { ...envelope, sku },
      defined({
        ...without(properties, 'ipAddress', 'natGateway', 'servicePublicIPAddress', 'linkedPublicIPAddress'),
        provisioningState: 'Succeeded',
        resourceGuid: context.stableGuid(input.id, 'resourceGuid'),
        ipAddress: allocation === 'Static' ? (held ?? allocate(input.id, version, context)) : undefined,
        publicIPAddressVersion: version,
        publicIPAllocationMethod: allocation,
        idleTimeoutInMinutes: properties.idleTimeoutInMinutes ?? 4,
        ipTags: properties.ipTags ?? [],
        ddosSettings: properties.ddosSettings ?? { protectionMode: 'VirtualNetworkInherited' },
        dnsSettings:
          label === undefined
            ? properties.dnsSettings
            : {
                ...membersOf(properties.dnsSettings),
                fqdn: `${label}.${String(envelope.location)}.cloudapp.azure.com`,
              },
      }),
    );
    return { put: [address], delete: [] };
  },
  delete(existing, context) {
    const user = attachedToPublicAddress(existing.id, context)[0] ?? gatewayOfAddress(existing.id, context);
    if (user !== undefined) {
      throw networkError(
        'PublicIPAddressCannotBeDeleted',
        `Public IP address ${existing.id} can not be deleted since it is still allocated to resource ${user.id}. In order to delete the public IP, disassociate/detach the Public IP address from the resource.  To learn how to do this, see aka.ms/deletepublicip.`,
      );
    }
    return { put: [], delete: [] };
  },
  read(stored, context) {
    const [user] = attachedToPublicAddress(stored.id, context);
    const gateway = gatewayOfAddress(stored.id, context);
    return withEtag(
      withProperties(
        stored,
        defined({
          ipConfiguration: user === undefined ? undefined : { id: user.id },
          natGateway: gateway === undefined ? undefined : { id: gateway.id },
        }),
      ),
    );
  },
};

function checkKind(
  input: PutInput,
  envelope: Members,
  properties: Members,
  context: ProviderContext,
): { readonly sku: Members; readonly allocation: string; readonly version: 'IPv4' | 'IPv6' } {
  const given = membersOf(envelope.sku);
  const name = requireOneOf(given.name ?? 'Basic', ['Basic', 'Standard', 'StandardV2'], 'sku.name');
  const allocation = requireOneOf(
    properties.publicIPAllocationMethod ?? (name === 'Basic' ? 'Dynamic' : 'Static'),
    ['Static', 'Dynamic'],
    'properties.publicIPAllocationMethod',
  );
  const version = requireOneOf(
    properties.publicIPAddressVersion ?? 'IPv4',
    ['IPv4', 'IPv6'],
    'properties.publicIPAddressVersion',
  );
  if (name !== 'Basic' && allocation === 'Dynamic') {
    throw networkError(
      'StandardSkuPublicIPAddressesCannotHaveDynamicAllocation',
      `Standard sku publicIp ${input.id} must have AllocationMethod set to Static.`,
    );
  }
  if (name === 'Basic' && input.existing === undefined && !isOffered('basic public address', context)) {
    // Code and first sentence as users report them since the retirement of Basic addresses.
    throw networkError(
      'IPv4BasicSkuPublicIpCountLimitReached',
      'Cannot create more than 0 IPv4 Basic SKU public IP addresses for this subscription in this region.',
    );
  }
  const tier = requireOneOf(given.tier ?? 'Regional', ['Regional', 'Global'], 'sku.tier');
  const was = membersOf(input.existing?.sku).name;
  if (was !== undefined && was !== name && was !== 'Basic') throw changeNotAllowed('sku', input.id);
  return { sku: { ...given, name, tier }, allocation, version: version === 'IPv6' ? 'IPv6' : 'IPv4' };
}

function allocate(id: string, version: 'IPv4' | 'IPv6', context: ProviderContext): string {
  const others = context.view.ofType(type).filter((other) => !sameId(other.id, id));
  const taken = new Set(others.flatMap((other) => textOf(propertiesOf(other).ipAddress) ?? []));
  const address = publicAddressFor(id, version, taken);
  if (address !== undefined) return address;
  throw networkError(
    'PublicIPCountLimitReached',
    `Cannot create more than ${taken.size} public IP addresses for this subscription in this region.`,
  );
}
