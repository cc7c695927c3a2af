import type { ArmResource } from '../../../model/resource.ts';
import type { ProviderContext, ResourceTypeProvider } from '../contract.ts';
import { parentOf } from '../ids.ts';
import { listOf, type Members, membersOf, textOf, textsOf } from '../members.ts';
import { propertiesOf, resourceOf, takeIn, withEtag } from '../resource-form.ts';
import { networkApiVersionsSince } from './api-versions.ts';
import { checkName, requireResource } from './network-checks.ts';
import { duplicateChild, networkError } from './network-errors.ts';
import { recordsOfGroup } from './private-dns-zone-records.ts';
import { recordSet } from './private-dns-zones-records.ts';

const type = 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups';

/** Records of the life of zone groups, in seconds (learn.microsoft.com, private DNS zone groups: TTL 10). */
const ttl = 10;

/** Keeps an endpoint's addresses in private zones: A records, made and taken away with it. */
export const privateDnsZoneGroups: ResourceTypeProvider = {
  type,
  apiVersions: networkApiVersionsSince('2020-03-01'),
  location: 'none',
  longRunning: true,
  put(input, context) {
    const { properties } = takeIn(type, input.body);
    checkName(input.id);
    const endpoint = context.view.get(parentOf(input.id));
    const siblings = context.view.children(parentOf(input.id), 'privateDnsZoneGroups');
    if (siblings.some(({ id }) => id.toLowerCase() !== input.id.toLowerCase())) {
      throw networkError(
        'InvalidRequestFormat',
        `Private endpoint ${endpoint?.id} can have one private DNS zone group.`,
      );
    }
    const records: ArmResource[] = [];
    const seen = new Set<string>();
    const configurations = listOf(properties.privateDnsZoneConfigs).map((item) => {
      const { name, properties: inner } = membersOf(item);
      if (seen.has(String(name).toLowerCase())) throw duplicateChild(input.id, String(name));
      seen.add(String(name).toLowerCase());
      const by = { id: input.id, path: 'properties.privateDnsZoneConfigs.properties.privateDnsZoneId' };
      const wanted = textOf(membersOf(inner).privateDnsZoneId) ?? '';
      const zone = requireResource(context, wanted, by, 'Microsoft.Network/privateDnsZones');
      const made = recordsFor(zone, propertiesOf(endpoint), context);
      records.push(...made);
      return {
        name,
        id: `${input.id}/privateDnsZoneConfigs/${String(name)}`,
        type: `${type}/privateDnsZoneConfigs`,
        properties: { provisioningState: 'Succeeded', privateDnsZoneId: zone.id, recordSets: made.map(summary) },
      };
    });
    const group = resourceOf(
      type,
      input,
      {},
      { provisioningState: 'Succeeded', privateDnsZoneConfigs: configurations },
    );
    const kept = new Set(records.map(({ id }) => id.toLowerCase()));
    const before = input.existing === undefined ? [] : recordsOfGroup(input.existing);
    return { put: [group, ...records], delete: before.filter((id) => !kept.has(id.toLowerCase())) };
  },
  delete: (existing) => ({ put: [], delete: recordsOfGroup(existing) }),
  read: (stored) => withEtag(stored),
};

/** A record for each name of the endpoint that belongs to the zone: `privatelink.X` answers for names that end with `.X`. */
function recordsFor(zone: ArmResource, endpoint: Members, context: ProviderContext): readonly ArmResource[] {
  const zoneName = zone.name.toLowerCase();
  // Key Vault's zone is privatelink.vaultcore.azure.net, its public names end with vault.azure.net.
  const domain =
    zoneName === 'privatelink.vaultcore.azure.net' ? 'vault.azure.net' : zoneName.replace(/^privatelink\./, '');
  return listOf(endpoint.customDnsConfigs)
    .map(membersOf)
    .flatMap(({ fqdn, ipAddresses }) => {
      const name = String(fqdn);
      if (!name.endsWith(`.${domain}`)) return [];
      const written = `${zone.id}/A/${name.slice(0, -domain.length - 1)}`;
      const aRecords = textsOf(ipAddresses).map((ipv4Address) => ({ ipv4Address }));
      const metadata = { creator: 'created by private endpoint' };
      return [recordSet(context.view.get(written)?.id ?? written, 'A', { ttl, aRecords, metadata })];
    });
}

function summary(record: ArmResource): Members {
  const { fqdn, aRecords } = propertiesOf(record);
  return {
    recordType: 'A',
    recordSetName: record.name,
    fqdn: String(fqdn).replace(/\.$/, ''),
    provisioningState: 'Succeeded',
    ttl,
    ipAddresses: listOf(aRecords).map((item) => String(membersOf(item).ipv4Address)),
  };
}
