import type { DeploymentScope } from './contract.ts';

/** A resource id taken apart. `scope` is what stands before the last `/providers/`: '' for the tenant. */
export interface ResourceId {
  readonly scope: string;
  readonly subscriptionId?: string;
  readonly resourceGroup?: string;
  /** `Microsoft.Network/virtualNetworks/subnets`; `Microsoft.Resources/resourceGroups` and `Microsoft.Resources/subscriptions` for those two. */
  readonly type: string;
  /** One name for each segment of the type after the namespace. */
  readonly names: readonly string[];
}

const subscriptionType = 'Microsoft.Resources/subscriptions';
const groupType = 'Microsoft.Resources/resourceGroups';

/** Takes an id apart; undefined when it is none. Extension resources (`{scope}/providers/…`) and groups included. */
export function parseResourceId(id: string): ResourceId | undefined {
  if (!id.startsWith('/')) return undefined;
  const parts = id.slice(1).replace(/\/$/, '').split('/');
  if (parts.some((part) => part === '')) return undefined;
  const providers = lastProviders(parts);
  if (providers === -1) return parseContainer(parts);
  const scopeParts = parts.slice(0, providers);
  const scope = scopeParts.length === 0 ? '' : `/${scopeParts.join('/')}`;
  if (scopeParts.length > 0 && parseResourceId(scope) === undefined) return undefined;
  const [namespace, ...rest] = parts.slice(providers + 1);
  if (namespace === undefined || rest.length < 2 || rest.length % 2 !== 0) return undefined;
  const type = [namespace, ...rest.filter((_, i) => i % 2 === 0)].join('/');
  return { scope, ...containersOf(scopeParts), type, names: rest.filter((_, i) => i % 2 === 1) };
}

/** The id of a resource of a type below a scope: an id, or '' for the tenant. */
export function formatResourceId(id: Pick<ResourceId, 'scope' | 'type' | 'names'>): string {
  if (same(id.type, subscriptionType) && id.scope === '') return `/subscriptions/${id.names[0] ?? ''}`;
  if (same(id.type, groupType) && /^\/subscriptions\/[^/]+$/i.test(id.scope))
    return `${id.scope}/resourceGroups/${id.names[0] ?? ''}`;
  return providerId(id.scope, id.type, id.names);
}

/** As `formatResourceId`, but with `/providers/` for groups too: what `resourceId()` and its relatives return. */
export function providerId(scope: string, type: string, names: readonly string[]): string {
  const [namespace = '', ...segments] = type.split('/');
  return `${scope}/providers/${namespace}${segments.map((segment, i) => `/${segment}/${names[i] ?? ''}`).join('')}`;
}

/** The full type of the resource with this id, or undefined when it is no id. */
export function resourceType(id: string): string | undefined {
  return parseResourceId(id)?.type;
}

/** The id one step up: the parent resource, else the resource that is extended, else group, subscription; undefined at the top. */
export function parentId(id: string): string | undefined {
  const parsed = parseResourceId(id);
  if (parsed === undefined) return undefined;
  if (parsed.names.length > 1) {
    const type = parsed.type.slice(0, parsed.type.lastIndexOf('/'));
    return formatResourceId({ scope: parsed.scope, type, names: parsed.names.slice(0, -1) });
  }
  return parsed.scope === '' ? undefined : parsed.scope;
}

/** Whether two ids name the same resource: Azure compares without regard to case. */
export function sameId(a: string, b: string): boolean {
  return a === b || idKey(a) === idKey(b);
}

/** The normal form of an id, for maps. Both ways to write a group's id (with and without `providers`) give the same. */
export function idKey(id: string): string {
  const folded = id.toLowerCase();
  const lower = folded.endsWith('/') ? folded.replace(/\/+$/, '') : folded;
  if (!lower.includes('/providers/microsoft.resources/')) return lower;
  const group = /^(\/subscriptions\/[^/]+)\/providers\/microsoft\.resources\/resourcegroups\/([^/]+)$/.exec(lower);
  if (group !== null) return `${group[1]}/resourcegroups/${group[2]}`;
  const subscription = /^\/providers\/microsoft\.resources\/subscriptions\/([^/]+)$/.exec(lower);
  return subscription === null ? lower : `/subscriptions/${subscription[1]}`;
}

/** The id of a scope: '' for the tenant. */
export function scopeId(scope: DeploymentScope): string {
  switch (scope.kind) {
    case 'tenant':
      return '';
    case 'managementGroup':
      return `/providers/Microsoft.Management/managementGroups/${scope.managementGroup}`;
    case 'subscription':
      return `/subscriptions/${scope.subscriptionId}`;
    case 'resourceGroup':
      return `/subscriptions/${scope.subscriptionId}/resourceGroups/${scope.resourceGroup}`;
  }
}

/** The scope that an id names, or undefined when it is a resource or no id. '' and '/' are the tenant. */
export function parseScope(id: string): DeploymentScope | undefined {
  if (id === '' || id === '/') return { kind: 'tenant' };
  const parsed = parseResourceId(id);
  if (parsed === undefined) return undefined;
  const name = parsed.names[0] ?? '';
  if (same(parsed.type, subscriptionType)) return { kind: 'subscription', subscriptionId: name };
  if (same(parsed.type, groupType) && parsed.subscriptionId !== undefined)
    return { kind: 'resourceGroup', subscriptionId: parsed.subscriptionId, resourceGroup: name };
  if (same(parsed.type, 'Microsoft.Management/managementGroups') && parsed.scope === '' && parsed.names.length === 1)
    return { kind: 'managementGroup', managementGroup: name };
  return undefined;
}

/**
 * Where the last `providers` stands, or -1. Ids are pairs throughout (`subscriptions/S`, `providers/NAMESPACE`, `type/name`), so only
 * every second part can be it: a resource that is called "providers" is not taken for one.
 */
function lastProviders(parts: readonly string[]): number {
  let found = -1;
  for (let at = 0; at < parts.length; at += 2) if (parts[at]?.toLowerCase() === 'providers') found = at;
  return found;
}

function parseContainer(parts: readonly string[]): ResourceId | undefined {
  const containers = containersOf(parts);
  const { subscriptionId, resourceGroup } = containers;
  if (subscriptionId === undefined) return undefined;
  if (parts.length === 2) return { scope: '', subscriptionId, type: subscriptionType, names: [subscriptionId] };
  if (parts.length !== 4 || resourceGroup === undefined) return undefined;
  return { scope: `/${parts.slice(0, 2).join('/')}`, ...containers, type: groupType, names: [resourceGroup] };
}

function containersOf(parts: readonly string[]): { readonly subscriptionId?: string; readonly resourceGroup?: string } {
  const [first, subscriptionId, third, resourceGroup] = parts;
  if (first?.toLowerCase() !== 'subscriptions' || subscriptionId === undefined) return {};
  if (third?.toLowerCase() !== 'resourcegroups' || resourceGroup === undefined) return { subscriptionId };
  return { subscriptionId, resourceGroup };
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
