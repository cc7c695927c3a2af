import type { ArmResource } from '../../../model/resource.ts';
import type { ProviderContext, ResourceTypeProvider } from '../contract.ts';
import { nameIn, parentOf, sameId } from '../ids.ts';
import { referenceOf } from '../members.ts';
import { propertiesOf, resourceOf, takeIn, withEtag } from '../resource-form.ts';
import { checkName, requireOneOf, requireResource } from './network-checks.ts';
import { privateDnsApiVersions } from './private-dns-api-versions.ts';
import { dnsError } from './private-dns-names.ts';

const type = 'Microsoft.Network/privateDnsZones/virtualNetworkLinks';

/** A zone answered for in a virtual network. */
export const privateDnsZoneLinks: ResourceTypeProvider = {
  type,
  apiVersions: privateDnsApiVersions,
  location: 'global',
  longRunning: true,
  put(input, context) {
    const { envelope, properties } = takeIn(type, input.body);
    checkName(input.id);
    const networkId = referenceOf(properties.virtualNetwork) ?? '';
    const by = { id: input.id, path: 'properties.virtualNetwork.id' };
    const network = requireResource(context, networkId, by, 'Microsoft.Network/virtualNetworks');
    const registrationEnabled = properties.registrationEnabled ?? false;
    const before = referenceOf(propertiesOf(input.existing).virtualNetwork);
    if (before !== undefined && !sameId(before, network.id)) {
      throw dnsError(`The virtual network of link '${nameIn(input.id)}' cannot be changed.`);
    }
    checkUnique(input.id, network, registrationEnabled === true, context);
    if (properties.resolutionPolicy !== undefined) {
      requireOneOf(properties.resolutionPolicy, ['Default', 'NxDomainRedirect'], 'properties.resolutionPolicy');
    }
    const link = resourceOf(type, input, envelope, {
      ...properties,
      provisioningState: 'Succeeded',
      virtualNetwork: { id: network.id },
      registrationEnabled,
      virtualNetworkLinkState: 'Completed',
    });
    return { put: [link], delete: [] };
  },
  read: (stored) => withEtag(stored),
};

/** One link a zone and network, one zone of a name a network, one zone with registration a network. */
function checkUnique(id: string, network: ArmResource, registers: boolean, context: ProviderContext): void {
  const zoneId = parentOf(id);
  const zoneName = nameIn(zoneId).toLowerCase();
  for (const link of context.view.ofType(type)) {
    if (sameId(link.id, id) || !sameId(referenceOf(propertiesOf(link).virtualNetwork), network.id)) continue;
    const otherZone = parentOf(link.id);
    if (nameIn(otherZone).toLowerCase() === zoneName) {
      throw dnsError(
        `A virtual network cannot be linked to multiple zones with overlapping namespaces. You tried to link virtual network with '${nameIn(zoneId)}' and '${nameIn(otherZone)}' zones.`,
      );
    }
    if (registers && propertiesOf(link).registrationEnabled === true) {
      throw dnsError(
        `A virtual network can only be linked to 1 Private DNS zone with registration enabled; virtual network '${network.id}' is linked to '${otherZone}' already.`,
      );
    }
  }
}
