import { ArmError } from '../../../arm/arm-error.ts';
import { parseAddress } from '../../../kernel/address.ts';
import type { ArmResource } from '../../../model/resource.ts';
import type { ProviderContext, ResourceTypeProvider } from '../contract.ts';
import { nameIn, parentOf } from '../ids.ts';
import { listOf, type Members, membersOf, numberOf, textOf } from '../members.ts';
import { propertiesOf, resourceOf, takeIn, withEtag, withProperties } from '../resource-form.ts';
import { privateDnsApiVersions } from './private-dns-api-versions.ts';
import { checkRecordName, dnsError, fqdnOf } from './private-dns-names.ts';

/** The record types that zones hold, and the property that each is written in. */
const recordTypes = {
  A: 'aRecords',
  AAAA: 'aaaaRecords',
  CNAME: 'cnameRecord',
  MX: 'mxRecords',
  PTR: 'ptrRecords',
  SOA: 'soaRecord',
  SRV: 'srvRecords',
  TXT: 'txtRecords',
} as const;

type RecordType = keyof typeof recordTypes;

const typeOf = (record: RecordType): string => `Microsoft.Network/privateDnsZones/${record}`;

/** Record sets, a provider a record type. */
export const privateDnsRecords: readonly ResourceTypeProvider[] = (Object.keys(recordTypes) as RecordType[]).map(
  (record) => ({
    type: typeOf(record),
    apiVersions: privateDnsApiVersions,
    location: 'none',
    longRunning: false,
    put(input, context) {
      const { properties } = takeIn(typeOf(record), input.body);
      const name = nameIn(input.id);
      checkRecordName(name);
      checkRecords(record, name, properties);
      checkAlias(record, input.id, context);
      return { put: [recordSet(input.id, record, properties)], delete: [] };
    },
    delete() {
      if (record === 'SOA') throw dnsError('The SOA record set cannot be deleted, it goes with its zone.');
      return { put: [], delete: [] };
    },
    read: (stored) => withEtag(stored),
  }),
);

/** The record set to store. */
export function recordSet(id: string, record: RecordType, properties: Members): ArmResource {
  const stored = resourceOf(typeOf(record), { id }, {}, { ...properties, ttl: properties.ttl ?? 3600 });
  return withProperties(stored, {
    fqdn: fqdnOf(nameIn(id), nameIn(parentOf(id))),
    isAutoRegistered: false,
  });
}

/** The record that every zone begins with (learn.microsoft.com, private DNS zones overview: SOA values). */
export function startOfAuthority(zoneId: string): ArmResource {
  return recordSet(`${zoneId}/SOA/@`, 'SOA', {
    ttl: 3600,
    soaRecord: {
      email: 'azureprivatedns-host.microsoft.com',
      expireTime: 2419200,
      host: 'azureprivatedns.net',
      minimumTtl: 10,
      refreshTime: 3600,
      retryTime: 300,
      serialNumber: 1,
    },
  });
}

/** Every record set of a zone. */
export function recordsOfZone(zoneId: string, context: ProviderContext): readonly ArmResource[] {
  return Object.keys(recordTypes).flatMap((record) => context.view.children(zoneId, record));
}

function checkRecords(record: RecordType, name: string, properties: Members): void {
  const ttl = numberOf(properties.ttl);
  if (ttl !== undefined && (ttl < 1 || ttl > 2147483647))
    throw dnsError(`The TTL ${ttl} is not valid: 1 to 2147483647.`);
  const own = recordTypes[record];
  const other = Object.values(recordTypes).find((member) => member !== own && properties[member] !== undefined);
  if (other !== undefined) throw dnsError(`A record set of type ${record} cannot hold ${other}.`);
  if (record === 'SOA' && name !== '@') throw dnsError('The SOA record set is named @.');
  if (record === 'CNAME') {
    if (name === '@') throw dnsError('A CNAME record set cannot be at the top of a zone.');
    if (textOf(membersOf(properties.cnameRecord).cname) === undefined)
      throw dnsError('A CNAME record set needs a cname.');
  }
  const wanted = record === 'A' ? { member: 'ipv4Address', family: 4 } : { member: 'ipv6Address', family: 6 };
  if (record !== 'A' && record !== 'AAAA') return;
  for (const item of listOf(properties[own])) {
    const text = String(membersOf(item)[wanted.member]);
    if (parseAddress(text)?.family === wanted.family) continue;
    throw dnsError(`The value '${text}' is no IPv${wanted.family} address.`);
  }
}

/** RFC 1034: a name with a CNAME has nothing else. */
function checkAlias(record: RecordType, id: string, context: ProviderContext): void {
  const zoneId = parentOf(id);
  const name = nameIn(id).toLowerCase();
  const others = recordsOfZone(zoneId, context).filter(
    (set) => set.name.toLowerCase() === name && set.type.toLowerCase() !== typeOf(record).toLowerCase(),
  );
  const clashes = record === 'CNAME' ? others : others.filter((set) => set.type.endsWith('/CNAME'));
  if (clashes.length === 0) return;
  throw new ArmError(400, {
    code: 'BadRequest',
    message: `The record could not be created because a CNAME record with the same name already exists in this zone, or a CNAME record cannot be created beside others (${String(propertiesOf(clashes[0]).fqdn)}).`,
  });
}
