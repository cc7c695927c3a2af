import type { ArmResource } from '../model/resource.ts';
import type { State } from '../model/state.ts';

/** JSON read without trust: what is not of the asked form is left out. */
export type Fields = { readonly [key: string]: unknown };

export function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

export function items(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function texts(value: unknown): readonly string[] {
  return items(value).flatMap((item) => text(item) ?? []);
}

/** The `id` of a reference such as `{ "id": "/subscriptions/…" }`. */
export function reference(value: unknown): string | undefined {
  return text(fields(value).id);
}

/** Resource ids are case-insensitive: the form in which they are compared. */
export function idKey(id: string): string {
  const key = id.toLowerCase();
  return key.endsWith('/') ? key.replace(/\/+$/, '') : key;
}

/** A resource or a child that stands inside its parent. */
export interface Item {
  readonly id: string;
  readonly name: string;
  readonly properties: Fields;
}

/** The resources of a state by type and id. */
export interface ArmView {
  ofType(type: string): readonly Item[];
  byId(id: string): Item | undefined;
  /** Children of one type, whether they stand in the parent's `property` or by themselves. */
  children(parent: Item, property: string): readonly Item[];
  readonly all: readonly ArmResource[];
}

function lastSegment(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

export function armView(state: State): ArmView {
  const byId = new Map<string, Item>();
  const byType = new Map<string, Map<string, Item>>();
  const byParent = new Map<string, Map<string, Item>>();
  for (const resource of state.resources) {
    const key = idKey(resource.id);
    const item = { id: resource.id, name: lastSegment(resource.name), properties: fields(resource.properties) };
    byId.set(key, item);
    const type = resource.type.toLowerCase();
    if (!byType.has(type)) byType.set(type, new Map());
    byType.get(type)?.set(key, item);
    const parent = key.split('/').slice(0, -1).join('/');
    if (!byParent.has(parent)) byParent.set(parent, new Map());
    byParent.get(parent)?.set(key, item);
  }
  return {
    all: state.resources,
    ofType: (type) => [...(byType.get(type.toLowerCase())?.values() ?? [])],
    byId: (id) => byId.get(idKey(id)),
    children(parent, property) {
      const found = new Map<string, Item>();
      for (const value of items(parent.properties[property])) {
        const child = fields(value);
        const name = text(child.name);
        const id = text(child.id) ?? (name === undefined ? undefined : `${parent.id}/${property}/${name}`);
        if (id === undefined) continue;
        found.set(idKey(id), { id, name: lastSegment(name ?? id), properties: fields(child.properties) });
      }
      for (const [key, item] of byParent.get(idKey(`${parent.id}/${property}`)) ?? []) found.set(key, item);
      return [...found.values()];
    },
  };
}
