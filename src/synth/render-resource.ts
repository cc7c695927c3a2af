import { escapeTemplateText } from '../arm/index.ts';
import type { Json } from '../kernel/canonical-json.ts';
import type { Handle, SubscriptionHandle } from '../model/handle.ts';
import type { Resource, ResourceIdentity, Value } from '../model/resource.ts';
import type { Scope } from '../model/scope.ts';
import type { Catalog } from './catalog.ts';
import { idExpression, quoted, type Target } from './expression.ts';
import { isHandle } from './handles.ts';
import { byReadingOrder } from './reading-order.ts';
import type { TemplateParameters } from './template-parameters.ts';

type JsonObject = { readonly [key: string]: Json | undefined };

/** Where a resource is rendered: the scope that the template is deployed to, and the parameters that it declares. */
export interface RenderContext {
  readonly catalog: Catalog;
  readonly scope: Scope;
  readonly parameters: TemplateParameters;
}

/** What an id of the resource itself, or of something inside it, points at. */
export function targetOf(resource: Resource, children: readonly (readonly [string, string])[] = []): Target {
  return {
    type: [resource.type, ...children.map(([type]) => type)].join('/'),
    names: [...resource.name.split('/'), ...children.map(([, name]) => name)],
    scope: resource.scope,
  };
}

/** The resource as an entry of a template's `resources`. */
export function renderResource(resource: Resource, dependsOn: readonly string[], context: RenderContext): JsonObject {
  const value = (of: Value | undefined): Json | undefined => (of === undefined ? undefined : renderValue(of, context));
  const entry = {
    // A decorator without arguments is an empty array (Azure/bicep-reps, REP 0013).
    '@options': resource.once === true ? { onlyIfNotExists: [] } : undefined,
    type: resource.type,
    apiVersion: resource.apiVersion,
    name: escapeTemplateText(resource.name),
    location: renderLocation(resource.location, context.parameters),
    tags: renderTags(resource.tags, context.parameters),
    sku: value(resource.sku),
    kind: resource.kind,
    plan: value(resource.plan),
    identity: resource.identity === undefined ? undefined : renderIdentity(resource.identity, context),
    zones: resource.zones,
    dependsOn: dependsOn.length === 0 ? undefined : dependsOn,
    properties: value(resource.properties),
  };
  return Object.fromEntries(Object.entries(entry).filter(([, member]) => member !== undefined));
}

function renderLocation(location: string | undefined, parameters: TemplateParameters): string | undefined {
  return location !== undefined && location === parameters.location ? "[parameters('location')]" : location;
}

function renderTags(tags: Resource['tags'], parameters: TemplateParameters): Json | undefined {
  if (tags === undefined) return undefined;
  const common = parameters.tags ?? {};
  const own = Object.entries(tags)
    .filter(([key]) => !Object.hasOwn(common, key))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  if (parameters.tags === undefined) {
    return Object.fromEntries(own.map(([key, text]) => [escapeTemplateText(key), escapeTemplateText(text)]));
  }
  if (own.length === 0) return "[parameters('tags')]";
  return `[union(parameters('tags'), createObject(${own.flat().map(quoted).join(', ')}))]`;
}

function renderIdentity(identity: ResourceIdentity, context: RenderContext): Json {
  if (identity.type === 'SystemAssigned') return { type: identity.type };
  return {
    type: identity.type,
    userAssignedIdentities: Object.fromEntries(
      identity.userAssigned.map((handle) => [`[${renderHandle(handle, context)}]`, {}]),
    ),
  };
}

function renderValue(value: Value, context: RenderContext): Json {
  if (typeof value === 'string') return escapeTemplateText(value);
  if (value === null || typeof value !== 'object') return value;
  if (isHandle(value)) return `[${renderHandle(value, context)}]`;
  if ('$handle' in value) return renderSubscription(value as SubscriptionHandle);
  if (Array.isArray(value)) return value.map((item: Value) => renderValue(item, context));
  return Object.fromEntries(
    Object.entries(value as Readonly<Record<string, Value | undefined>>)
      .filter((member): member is [string, Value] => member[1] !== undefined)
      .sort(([a], [b]) => byReadingOrder(a, b))
      .map(([key, member]) => [escapeTemplateText(key), renderValue(member, context)]),
  );
}

function renderSubscription({ group }: SubscriptionHandle): string {
  return group === undefined
    ? '[subscription().id]'
    : `[format('{0}/resourceGroups/{1}', subscription().id, ${quoted(group)})]`;
}

function renderHandle(handle: Handle, context: RenderContext): string {
  const resource = context.catalog.get(handle.resource) as Resource;
  if (handle.$handle === 'id') return idExpression(targetOf(resource, handle.children), context.scope);
  const id = idExpression(targetOf(resource), context.scope);
  const form = handle.full === true ? `, 'Full'` : '';
  return `reference(${id}, ${quoted(resource.apiVersion)}${form}).${handle.path}`;
}
