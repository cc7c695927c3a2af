import type { ArmResource } from '../../model/resource.ts';
import type { ProviderChange } from '../providers/contract.ts';
import type { ResourceRecord } from '../resources/resource-table.ts';
import { providerContext, type ResourceChange, type World } from '../world.ts';
import type { Target } from './locate.ts';

/** Fourth step of a PUT: the service checks and completes. The main resource is the first of `put`. */
export function providePut(
  world: World,
  target: Target,
  apiVersion: string,
  body: Readonly<Record<string, unknown>>,
): ResourceChange & { readonly main: ResourceRecord } {
  const { provider } = target.entry;
  const input = { id: target.id, name: target.name, apiVersion, body, existing: target.existing?.resource };
  const change = provider.put(input, providerContext(world, target.path.subscriptionId));
  const [first] = change.put;
  if (first === undefined) throw new TypeError(`the provider of ${provider.type} gave no resource back`);
  const main: ResourceRecord = {
    resource: first,
    apiVersion,
    ...(target.entry.unmodelled ? { unmodelled: true as const } : {}),
  };
  return {
    main,
    put: [main, ...recordsOf(world, change.put.slice(1), apiVersion)],
    delete: withBelow(world, change.delete),
  };
}

/** Fourth step of a DELETE: what goes, with everything below it. Throws where the service refuses. */
export function provideDelete(world: World, target: Target, existing: ResourceRecord): ResourceChange {
  const context = providerContext(world, target.path.subscriptionId);
  const change: ProviderChange | undefined = target.entry.provider.delete?.(existing.resource, context);
  const ids = [target.id, ...(change?.delete ?? [])];
  return { put: recordsOf(world, change?.put ?? [], existing.apiVersion), delete: withBelow(world, ids) };
}

/** Neighbours keep the version of their own last write. */
function recordsOf(world: World, resources: readonly ArmResource[], apiVersion: string): readonly ResourceRecord[] {
  return resources.map((resource) => {
    const before = world.resources.record(resource.id);
    return { apiVersion, ...before, resource };
  });
}

/** Children and extension resources go with what they hang on. */
function withBelow(world: World, ids: readonly string[]): readonly string[] {
  const all = ids.flatMap((id) => [id, ...world.resources.below(id).map(({ resource }) => resource.id)]);
  return [...new Map(all.map((id) => [id.toLowerCase(), id])).values()];
}
