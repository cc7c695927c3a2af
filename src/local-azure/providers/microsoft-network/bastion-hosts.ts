import type { ArmError } from '../../../arm/arm-error.ts';
import { parsePrefix } from '../../../kernel/address.ts';
import type { ProviderContext, ResourceTypeProvider } from '../contract.ts';
import { parentOf, sameId } from '../ids.ts';
import { defined, listOf, type Members, membersOf, numberOf, referenceOf, textOf } from '../members.ts';
import { propertiesOf, resourceOf, takeIn, withEtag } from '../resource-form.ts';
import { networkApiVersionsSince } from './api-versions.ts';
import { attachedToPublicAddress, attachedToSubnet } from './attachments.ts';
import { addressInUse, gatewayOfAddress } from './nat-gateways.ts';
import { checkName, requireOneOf, requireResource } from './network-checks.ts';
import { networkError } from './network-errors.ts';
import { subnetPrefixes } from './subnet-checks.ts';

const type = 'Microsoft.Network/bastionHosts';
const skus = ['Developer', 'Basic', 'Standard', 'Premium'];

/** What each feature needs at least (learn.microsoft.com, Azure Bastion configuration settings: SKUs). */
const features: Readonly<Record<string, string>> = {
  enableTunneling: 'Standard',
  enableIpConnect: 'Standard',
  enableShareableLink: 'Standard',
  enableFileCopy: 'Standard',
  disableCopyPaste: 'Standard',
  enableKerberos: 'Basic',
  enableSessionRecording: 'Premium',
  enablePrivateOnlyBastion: 'Premium',
};

/** Azure Bastion in AzureBastionSubnet. */
export const bastionHosts: ResourceTypeProvider = {
  type,
  apiVersions: networkApiVersionsSince('2019-04-01'),
  location: 'required',
  longRunning: true,
  put(input, context) {
    const { envelope, properties } = takeIn(type, input.body);
    checkName(input.id);
    const sku = requireOneOf(membersOf(envelope.sku).name ?? 'Basic', skus, 'sku.name');
    checkFeatures(input.id, sku, properties);
    const before = textOf(membersOf(input.existing?.sku).name);
    if (before !== undefined && skus.indexOf(sku) < skus.indexOf(before)) {
      throw refuse(`Bastion host ${input.id} cannot go down from SKU ${before} to ${sku}.`);
    }
    const configurations = listOf(properties.ipConfigurations);
    if (sku !== 'Developer' && configurations.length !== 1) {
      throw refuse(`Bastion host ${input.id} must have one IP configuration.`);
    }
    const host = resourceOf(
      type,
      input,
      { ...envelope, sku: { name: sku } },
      defined({
        ...properties,
        provisioningState: 'Succeeded',
        dnsName: `bst-${context.stableGuid(input.id, 'dnsName')}.bastion.azure.com`,
        scaleUnits: properties.scaleUnits ?? (sku === 'Developer' ? undefined : 2),
        ipConfigurations: configurations.map((item) =>
          configurationToStore(input.id, item, properties.enablePrivateOnlyBastion === true, envelope, context),
        ),
      }),
    );
    return { put: [host], delete: [] };
  },
  read: (stored) => withEtag(stored),
};

/** No report of the service's own codes was found; the general one and a message that says what is wrong. */
const refuse = (message: string): ArmError => networkError('InvalidRequestFormat', message);

function checkFeatures(id: string, sku: string, properties: Members): void {
  for (const [feature, needed] of Object.entries(features)) {
    if (properties[feature] !== true || skus.indexOf(sku) >= skus.indexOf(needed)) continue;
    throw refuse(`Bastion host ${id} of SKU ${sku} cannot have ${feature}: it needs SKU ${needed} or higher.`);
  }
  const units = numberOf(properties.scaleUnits);
  if (units === undefined) return;
  const most = skus.indexOf(sku) >= skus.indexOf('Standard') ? 50 : 2;
  if (units < 2 || units > most)
    throw refuse(`Bastion host ${id} of SKU ${sku} cannot have ${units} scale units: 2 to ${most}.`);
}

function configurationToStore(
  id: string,
  item: unknown,
  privateOnly: boolean,
  envelope: Members,
  context: ProviderContext,
): Members {
  const { name, properties: given } = membersOf(item);
  const properties = membersOf(given);
  const configurationId = `${id}/bastionHostIpConfigurations/${String(name)}`;
  const subnet = requireResource(
    context,
    referenceOf(properties.subnet) ?? '',
    { id: configurationId, path: 'properties.ipConfigurations.properties.subnet.id' },
    'Microsoft.Network/virtualNetworks/subnets',
  );
  if (subnet.name !== 'AzureBastionSubnet') {
    throw refuse(`Bastion host ${id} must be in a subnet named AzureBastionSubnet, not ${subnet.name}.`);
  }
  if (context.view.get(parentOf(subnet.id))?.location !== envelope.location) {
    throw refuse(`Bastion host ${id} and virtual network ${parentOf(subnet.id)} must be in the same region.`);
  }
  const length = parsePrefix(subnetPrefixes(propertiesOf(subnet))[0] ?? '')?.length ?? 32;
  if (length > 26) throw refuse(`Subnet ${subnet.id} of Bastion host ${id} must be a /26 or larger, not a /${length}.`);
  const other = attachedToSubnet(subnet.id, context).find(({ owner }) => !sameId(owner.id, id));
  if (other !== undefined) throw refuse(`Subnet ${subnet.id} is in use by ${other.owner.id} already.`);
  const addressId = referenceOf(properties.publicIPAddress);
  if ((addressId === undefined) !== privateOnly) {
    throw refuse(
      privateOnly
        ? `Bastion host ${id} is private only and cannot have a public IP address.`
        : `Bastion host ${id} needs a public IP address.`,
    );
  }
  if (addressId !== undefined) checkAddress(id, configurationId, addressId, envelope, context);
  return withEtag({
    name: String(name),
    id: configurationId,
    type: `${type}/bastionHostIpConfigurations`,
    properties: {
      provisioningState: 'Succeeded',
      privateIPAllocationMethod: 'Dynamic',
      subnet: { id: subnet.id },
      ...(addressId === undefined ? {} : { publicIPAddress: { id: addressId } }),
    },
  });
}

function checkAddress(id: string, by: string, addressId: string, envelope: Members, context: ProviderContext): void {
  const where = {
    id: by,
    path: 'properties.ipConfigurations.properties.publicIPAddress.id',
    location: textOf(envelope.location),
  };
  const address = requireResource(context, addressId, where, 'Microsoft.Network/publicIPAddresses');
  const holder = attachedToPublicAddress(address.id, context).find(({ owner }) => !sameId(owner.id, id))?.id;
  const used = holder ?? gatewayOfAddress(address.id, context)?.id;
  if (used !== undefined) throw addressInUse(by, address.id, used);
  if (membersOf(address.sku).name === 'Basic') {
    throw refuse(
      `Public IP address ${address.id} of Bastion host ${id} must have the Standard SKU and a static address.`,
    );
  }
}
