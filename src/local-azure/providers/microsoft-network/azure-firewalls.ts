import type { ArmError } from '../../../arm/arm-error.ts';
import { parsePrefix } from '../../../kernel/address.ts';
import type { ArmResource } from '../../../model/resource.ts';
import { notModelled } from '../../service-errors.ts';
import type { ProviderContext, PutInput, ResourceTypeProvider } from '../contract.ts';
import { parentOf, sameId } from '../ids.ts';
import { defined, listOf, type Members, membersOf, referenceOf, textOf, without } from '../members.ts';
import { propertiesOf, resourceOf, takeIn, withEtag } from '../resource-form.ts';
import { firstUsableAddress } from './address-allocation.ts';
import { networkApiVersionsSince } from './api-versions.ts';
import { attachedToPublicAddress, attachedToSubnet } from './attachments.ts';
import { addressInUse, gatewayOfAddress } from './nat-gateways.ts';
import { checkName, requireOneOf, requireResource } from './network-checks.ts';
import { networkError } from './network-errors.ts';
import { subnetPrefixes } from './subnet-checks.ts';

const type = 'Microsoft.Network/azureFirewalls';

/** Azure Firewall in a virtual network. In a virtual hub it is not modelled, and refused. */
export const azureFirewalls: ResourceTypeProvider = {
  type,
  apiVersions: networkApiVersionsSince('2018-04-01'),
  location: 'required',
  longRunning: true,
  put: (input, context) => ({ put: [firewallToStore(input, context)], delete: [] }),
  read: (stored) => withEtag(stored),
};

const refuse = (message: string): ArmError => networkError('AzureFirewallInvalidRequest', message);

function firewallToStore(input: PutInput, context: ProviderContext): ArmResource {
  const { envelope, properties } = takeIn(type, input.body);
  checkName(input.id);
  const sku = membersOf(properties.sku);
  const name = requireOneOf(sku.name ?? 'AZFW_VNet', ['AZFW_VNet', 'AZFW_Hub'], 'properties.sku.name');
  const tier = requireOneOf(sku.tier ?? 'Standard', ['Basic', 'Standard', 'Premium'], 'properties.sku.tier');
  if (name === 'AZFW_Hub') {
    throw notModelled(`firewalls in virtual hubs: ${input.id}`);
  }
  if (properties.virtualHub !== undefined) {
    throw refuse(`Request parameter VirtualHub can not be specified in current SKU ${name} for the Azure Firewall`);
  }
  checkPolicy(input.id, tier, properties, envelope.location, context);
  checkZones(envelope);
  const configurations = listOf(properties.ipConfigurations);
  const first = membersOf(membersOf(configurations[0]).properties);
  if (configurations.length > 0 && referenceOf(first.subnet) === undefined) {
    throw refuse(
      `The first IP configuration of firewall ${input.id} must reference a subnet named AzureFirewallSubnet.`,
    );
  }
  const seen = new Set<string>();
  const put = configurations.map((item, i) =>
    configurationToStore(input.id, item, i, 'AzureFirewallSubnet', seen, envelope, context),
  );
  const management = properties.managementIpConfiguration;
  if (tier === 'Basic' && management === undefined && configurations.length > 0) {
    throw refuse(`Firewall ${input.id} of tier Basic needs a management IP configuration.`);
  }
  return resourceOf(
    type,
    input,
    envelope,
    defined({
      ...without(properties, 'hubIPAddresses'),
      provisioningState: 'Succeeded',
      sku: { name, tier },
      threatIntelMode: properties.threatIntelMode ?? 'Alert',
      additionalProperties: properties.additionalProperties ?? {},
      ipConfigurations: put,
      networkRuleCollections: properties.networkRuleCollections ?? [],
      applicationRuleCollections: properties.applicationRuleCollections ?? [],
      natRuleCollections: properties.natRuleCollections ?? [],
      managementIpConfiguration:
        management === undefined
          ? undefined
          : configurationToStore(input.id, management, 0, 'AzureFirewallManagementSubnet', seen, envelope, context),
    }),
  );
}

function configurationToStore(
  id: string,
  item: unknown,
  index: number,
  subnetName: string,
  seen: Set<string>,
  envelope: Members,
  context: ProviderContext,
): Members {
  const { name, properties: given } = membersOf(item);
  const properties = membersOf(given);
  const configurationId = `${id}/azureFirewallIpConfigurations/${String(name)}`;
  const subnetId = referenceOf(properties.subnet);
  if (index > 0 && subnetId !== undefined) {
    throw refuse(`Only the first IP configuration of firewall ${id} may reference a subnet.`);
  }
  const subnet =
    subnetId === undefined ? undefined : checkSubnet(id, configurationId, subnetId, subnetName, envelope, context);
  const addressId = referenceOf(properties.publicIPAddress);
  if (addressId !== undefined) checkAddress(id, configurationId, addressId, seen, envelope, context);
  return withEtag({
    name: String(name),
    id: configurationId,
    type: `${type}/azureFirewallIpConfigurations`,
    properties: defined({
      provisioningState: 'Succeeded',
      privateIPAddress: subnet === undefined ? undefined : firstUsableAddress(subnet),
      privateIPAllocationMethod: 'Dynamic',
      subnet: subnet === undefined ? undefined : { id: subnet.id },
      publicIPAddress: addressId === undefined ? undefined : { id: addressId },
    }) as ArmResource['properties'] & object,
  });
}

function checkSubnet(
  id: string,
  by: string,
  subnetId: string,
  subnetName: string,
  envelope: Members,
  context: ProviderContext,
): ArmResource {
  const subnet = requireResource(
    context,
    subnetId,
    { id: by, path: 'properties.ipConfigurations.properties.subnet.id' },
    'Microsoft.Network/virtualNetworks/subnets',
  );
  if (subnet.name !== subnetName) {
    throw refuse(`Firewall ${id} must be in a subnet named ${subnetName}, not ${subnet.name}.`);
  }
  const network = context.view.get(parentOf(subnet.id));
  if (network?.location !== envelope.location) {
    throw refuse(`Firewall ${id} and virtual network ${network?.id} must be in the same region.`);
  }
  const length = parsePrefix(subnetPrefixes(propertiesOf(subnet))[0] ?? '')?.length ?? 32;
  if (length > 26) throw refuse(`Subnet ${subnet.id} of firewall ${id} must be a /26 or larger, not a /${length}.`);
  const other = attachedToSubnet(subnet.id, context).find(({ owner }) => !sameId(owner.id, id));
  if (other !== undefined) throw refuse(`Subnet ${subnet.id} is in use by ${other.owner.id} already.`);
  return subnet;
}

/** A firewall's addresses are Standard, static, in its region, and no one else's. */
function checkAddress(
  id: string,
  by: string,
  addressId: string,
  seen: Set<string>,
  envelope: Members,
  context: ProviderContext,
): void {
  const where = {
    id: by,
    path: 'properties.ipConfigurations.properties.publicIPAddress.id',
    location: textOf(envelope.location),
  };
  const address = requireResource(context, addressId, where, 'Microsoft.Network/publicIPAddresses');
  const holder = attachedToPublicAddress(address.id, context).find(({ owner }) => !sameId(owner.id, id))?.id;
  const gateway = gatewayOfAddress(address.id, context)?.id;
  const used = holder ?? gateway ?? (seen.has(address.id.toLowerCase()) ? id : undefined);
  if (used !== undefined) throw addressInUse(by, address.id, used);
  seen.add(address.id.toLowerCase());
  if (membersOf(address.sku).name === 'Basic') {
    throw refuse(`Public IP address ${address.id} of firewall ${id} must have the Standard SKU and a static address.`);
  }
}

function checkPolicy(id: string, tier: string, properties: Members, location: unknown, context: ProviderContext): void {
  const policyId = referenceOf(properties.firewallPolicy);
  if (policyId === undefined) return;
  const by = { id, path: 'properties.firewallPolicy.id', location: textOf(location) };
  const policy = requireResource(context, policyId, by, 'Microsoft.Network/firewallPolicies');
  const policyTier = textOf(membersOf(propertiesOf(policy).sku).tier) ?? 'Standard';
  const allowed = tier === 'Premium' ? ['Premium', 'Standard'] : [tier];
  if (!allowed.includes(policyTier)) {
    throw refuse(
      `Firewall policy ${policy.id} of tier ${policyTier} cannot be associated with firewall ${id} of tier ${tier}.`,
    );
  }
  const classic = ['applicationRuleCollections', 'networkRuleCollections', 'natRuleCollections'];
  const set = classic.filter((name) => listOf(properties[name]).length > 0);
  if (set.length > 0) throw refuse(`Firewall ${id} has both a firewall policy and classic rules (${set.join(', ')}).`);
}

function checkZones(envelope: Members): void {
  for (const zone of listOf(envelope.zones)) requireOneOf(zone, ['1', '2', '3'], 'zones');
}
