import type { ArmClient } from '../../azure/arm-client.ts';
import { ArmRequestError } from '../../azure/arm-request-error.ts';
import type { ArmResource } from '../../model/resource.ts';
import type { State, StateObject } from '../../model/state.ts';
import { childrenOf, extensionsOf, singletonsOf, subscriptionCollections } from './collections.ts';

/**
 * Every resource of the client's subscriptions as GET returns it: groups, resources, and the children that are resources too.
 * @param client reaches the target's ARM @param objects what clusters hold, where that was read
 */
export async function readLiveState(
  client: ArmClient,
  origin: string,
  objects?: readonly StateObject[],
): Promise<State> {
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
    const hanging = async (scope: string, types: readonly string[]): Promise<void> => {
      for (const type of types) {
        const version = versions.get(type.toLowerCase());
        if (version === undefined) continue;
        keep(...(await listHanging(client, `${scope}/providers/${type}`, version)).filter(isOwn));
      }
    };
    const below = async (parent: ArmResource, fallback: string): Promise<void> => {
      const versionOf = (segment: string): string =>
        versions.get(`${parent.type}/${segment}`.toLowerCase()) ?? fallback;
      for (const path of singletonsOf(parent.type)) {
        const version = versionOf(path.split('/')[0] ?? '');
        const found = await client.find<ArmResource>(`${parent.id}/${path}`, version);
        if (found !== undefined) keep(found);
      }
      for (const segment of childrenOf(parent.type)) {
        const children = await client.list<ArmResource>(`${parent.id}/${segment}`, versionOf(segment));
        keep(...children);
        for (const child of children) await below(child, versionOf(segment));
      }
    };
    await hanging(subscription.id, subscriptionCollections);
    for (const listed of await client.list<ArmResource>(`${subscription.id}/resources`, '2024-11-01')) {
      const version = versions.get(listed.type.toLowerCase());
      if (version === undefined) {
        assumptions.push(`${listed.id} is left out: its provider names no api-version for ${listed.type}.`);
        continue;
      }
      keep(await client.get<ArmResource>(listed.id, version));
      await hanging(listed.id, extensionsOf(listed.type));
      await below(listed, version);
    }
  }
  if (
    objects === undefined &&
    [...byId.values()].some(({ type }) => type.toLowerCase() === 'microsoft.containerservice/managedclusters')
  ) {
    assumptions.push('What clusters hold was not read: their API servers are not asked.');
  }
  return { resources: [...byId.values()], objects: objects ?? [], origin, assumptions };
}

/** A service that knows no such collection on a scope says so with 400 or 404: then nothing hangs there. */
async function listHanging(client: ArmClient, path: string, version: string): Promise<readonly ArmResource[]> {
  try {
    return await client.list<ArmResource>(path, version);
  } catch (error) {
    if (error instanceof ArmRequestError && (error.status === 400 || error.status === 404)) return [];
    throw error;
  }
}

/** Microsoft's built-in definitions are listed with a subscription's own; they are no part of its state. */
function isOwn({ properties }: ArmResource): boolean {
  return (
    properties?.policyType !== 'BuiltIn' && properties?.policyType !== 'Static' && properties?.type !== 'BuiltInRole'
  );
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
