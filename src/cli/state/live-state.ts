import type { ArmClient } from '../../azure/arm-client.ts';
import type { ArmResource } from '../../model/resource.ts';
import type { State } from '../../model/state.ts';

/** Child collections that `GET /subscriptions/…/resources` leaves out although they are resources of their own. */
const childCollections: Readonly<Record<string, readonly string[]>> = {
  'microsoft.network/virtualnetworks': ['subnets', 'virtualNetworkPeerings'],
  'microsoft.network/networksecuritygroups': ['securityRules'],
  'microsoft.network/routetables': ['routes'],
  'microsoft.network/firewallpolicies': ['ruleCollectionGroups'],
  'microsoft.network/privatednszones': ['virtualNetworkLinks', 'A', 'SOA'],
  'microsoft.network/privateendpoints': ['privateDnsZoneGroups'],
};

/**
 * Every resource of the client's subscriptions as GET returns it: groups, resources, and the children that are resources too.
 * @param client reaches the target's ARM
 */
export async function readLiveState(client: ArmClient, origin: string): Promise<State> {
  // Some services list children among the resources of a subscription, some do not.
  const byId = new Map<string, ArmResource>();
  const keep = (...found: readonly ArmResource[]): void => {
    for (const one of found) byId.set(one.id.toLowerCase(), one);
  };
  const assumptions: string[] = [];
  for (const subscription of await client.list<ArmResource>('/subscriptions', '2022-12-01')) {
    const versions = await newestVersions(client, subscription.id);
    const groups = await client.list<ArmResource>(`${subscription.id}/resourcegroups`, '2024-11-01');
    keep(...groups);
    for (const listed of await client.list<ArmResource>(`${subscription.id}/resources`, '2024-11-01')) {
      const version = versions.get(listed.type.toLowerCase());
      if (version === undefined) {
        assumptions.push(`${listed.id} is left out: its provider names no api-version for ${listed.type}.`);
        continue;
      }
      keep(await client.get<ArmResource>(listed.id, version));
      for (const segment of childCollections[listed.type.toLowerCase()] ?? []) {
        const childVersion = versions.get(`${listed.type}/${segment}`.toLowerCase()) ?? version;
        keep(...(await client.list<ArmResource>(`${listed.id}/${segment}`, childVersion)));
      }
    }
  }
  return { resources: [...byId.values()], objects: [], origin, assumptions };
}

interface ProviderEntry {
  readonly namespace: string;
  readonly resourceTypes?: readonly { readonly resourceType: string; readonly apiVersions?: readonly string[] }[];
}

/** The newest stable api-version of each type, by lower-case type. */
async function newestVersions(client: ArmClient, subscription: string): Promise<ReadonlyMap<string, string>> {
  const newest = new Map<string, string>();
  for (const provider of await client.list<ProviderEntry>(`${subscription}/providers`, '2024-11-01')) {
    for (const type of provider.resourceTypes ?? []) {
      const versions = [...(type.apiVersions ?? [])].sort().reverse();
      const version = versions.find((one) => !one.includes('preview')) ?? versions[0];
      if (version !== undefined) newest.set(`${provider.namespace}/${type.resourceType}`.toLowerCase(), version);
    }
  }
  return newest;
}
