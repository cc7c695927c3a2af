import { formatResourceId, idKey, parentId, parseResourceId, type ResourceId } from '../../arm/index.ts';

/** An id, or the address of a collection, taken apart. Spelling is the caller's but for the fixed words. */
export interface ResourcePath {
  /** `collection`: a type segment with no name after it, e.g. `…/virtualNetworks`. */
  readonly kind: 'resource' | 'collection';
  /** The canonical text: `/subscriptions/S/resourceGroups/G/providers/NS/t/n`. A collection's ends with the type segment. */
  readonly id: string;
  /** `id` in lower case: what resources are found by. */
  readonly key: string;
  /** `Microsoft.Network/virtualNetworks/subnets` */
  readonly type: string;
  /** The names of the last `providers` part, joined with slashes; without the collection's own. */
  readonly name: string;
  /** What the last `/providers/` hangs on: '' (tenant), a subscription, a group, or a resource. */
  readonly scopeId: string;
  /** The resource that this is a child of, by type: `…/virtualNetworks/v` for a subnet. */
  readonly parentId: string | undefined;
  readonly subscriptionId: string | undefined;
  readonly resourceGroup: string | undefined;
}

export const groupType = 'Microsoft.Resources/resourceGroups';
export const subscriptionType = 'Microsoft.Resources/subscriptions';

/** Takes the decoded segments of an ARM path apart; undefined when they are no id and no collection. */
export function parsePath(segments: readonly string[]): ResourcePath | undefined {
  if (segments.length === 0 || segments.includes('')) return undefined;
  const text = `/${segments.join('/')}`;
  const resource = parseResourceId(text);
  if (resource !== undefined) return fromId('resource', resource);
  // A collection is the address of its members without a name.
  const member = parseResourceId(`${text}/-`);
  return member === undefined ? undefined : fromId('collection', member);
}

/** Parses an id in text form. */
export function parseId(id: string): ResourcePath | undefined {
  const parsed = parseResourceId(id);
  return parsed === undefined ? undefined : fromId('resource', parsed);
}

function fromId(kind: ResourcePath['kind'], parsed: ResourceId): ResourcePath {
  const isGroup = parsed.type.toLowerCase() === groupType.toLowerCase() && parsed.names.length === 1;
  const type = isGroup ? groupType : parsed.type;
  const full = formatResourceId({ scope: canonicalScope(parsed.scope), type, names: parsed.names });
  const id = kind === 'resource' ? full : full.slice(0, full.lastIndexOf('/'));
  const names = kind === 'resource' ? parsed.names : parsed.names.slice(0, -1);
  return {
    kind,
    id,
    key: idKey(id),
    type,
    name: names.join('/'),
    scopeId: canonicalScope(parsed.scope),
    parentId: parsed.names.length > 1 ? parentId(full) : undefined,
    subscriptionId: parsed.subscriptionId,
    resourceGroup: isGroup && kind === 'resource' ? names[0] : parsed.resourceGroup,
  };
}

/** `resourcegroups` and `ResourceGroups` are written in one way. */
function canonicalScope(scope: string): string {
  return scope.replace(/^\/subscriptions\/([^/]+)(\/resourceGroups\/)?/i, (_, id: string, group?: string) =>
    group === undefined ? `/subscriptions/${id}` : `/subscriptions/${id}/resourceGroups/`,
  );
}

/** The id of the group that a path lies in. */
export function groupIdOf(path: ResourcePath): string | undefined {
  if (path.subscriptionId === undefined || path.resourceGroup === undefined) return undefined;
  return `/subscriptions/${path.subscriptionId}/resourceGroups/${path.resourceGroup}`;
}

/** `Microsoft.Network/virtualNetworks/v/subnets/s`: how ARM names a resource in its messages. */
export function describe(path: ResourcePath): string {
  const [namespace, ...types] = path.type.split('/');
  const names = path.name.split('/');
  return [namespace, ...types.flatMap((type, i) => [type, names[i] ?? ''])].join('/');
}
