import type { ReferenceLookup, ReferenceTarget } from './environment.ts';
import type { ResourceDraft } from './resource-draft.ts';
import { idKey, parseResourceId } from './resource-id.ts';

/** Finds the resources of a template by what expressions and `dependsOn` call them. */
export interface ResourceIndex {
  /** For `reference` and `list*`. */
  lookup(nameOrId: string): ReferenceLookup;
  /** For `dependsOn`: one resource, all of a loop, or none. With `anyScope`, an id whose scope differs is matched by type and name. */
  dependencies(entry: string, anyScope: boolean): readonly ResourceDraft[] | 'ambiguous' | undefined;
}

export function indexResources(drafts: readonly ResourceDraft[]): ResourceIndex {
  const byId = new Map<string, ResourceDraft>();
  const bySymbol = new Map<string, ResourceDraft[]>();
  const byLoop = new Map<string, ResourceDraft[]>();
  const byTypeAndName = new Map<string, ResourceDraft[]>();
  const byName = new Map<string, ResourceDraft[]>();
  for (const draft of drafts) {
    const { key } = draft;
    const before = byId.get(key);
    if (before === undefined || !before.condition) byId.set(key, draft);
    if (draft.symbolicName !== undefined) append(bySymbol, draft.symbolicName, draft);
    if (draft.loop !== undefined) append(byLoop, draft.loop.name.toLowerCase(), draft);
    const pairs = interleaved(draft).toLowerCase();
    append(byTypeAndName, pairs, draft);
    const flat = `${draft.type}/${draft.name}`.toLowerCase();
    if (flat !== pairs) append(byTypeAndName, flat, draft);
    append(byName, draft.name.toLowerCase(), draft);
  }
  /** A symbolic name, or `name[index]` of a symbolic loop. */
  const symbol = (text: string): readonly ResourceDraft[] | undefined => {
    const whole = bySymbol.get(text);
    if (whole !== undefined) return whole;
    const match = /^(.+)\[(\d{1,4})\]$/.exec(text);
    const one = match === null ? undefined : bySymbol.get(match[1] as string)?.[Number(match[2])];
    return one === undefined ? undefined : [one];
  };
  const named = (text: string): readonly ResourceDraft[] | undefined =>
    byTypeAndName.get(text.toLowerCase()) ?? byName.get(text.toLowerCase());

  return {
    lookup(nameOrId) {
      const symbols = symbol(nameOrId);
      if (symbols !== undefined) {
        const first = symbols[0] as ResourceDraft;
        return first.loop === undefined || nameOrId.endsWith(']')
          ? found(first)
          : { kind: 'loop', targets: symbols.map(targetOf) };
      }
      if (nameOrId.startsWith('/')) {
        const draft = byId.get(idKey(nameOrId));
        return draft === undefined ? { kind: 'none' } : found(draft);
      }
      const list = distinct(named(nameOrId) ?? []);
      const [first, second] = list;
      if (first === undefined) return { kind: 'none' };
      return second === undefined ? found(first) : { kind: 'ambiguous' };
    },
    dependencies(entry, anyScope) {
      const symbols = symbol(entry);
      if (symbols !== undefined) return symbols;
      if (entry.startsWith('/')) {
        const draft = byId.get(idKey(entry));
        if (draft !== undefined) return [draft];
        const parsed = parseResourceId(entry);
        if (!anyScope || parsed === undefined) return undefined;
        return byTypeAndName.get(`${parsed.type}/${parsed.names.join('/')}`.toLowerCase());
      }
      const loop = byLoop.get(entry.toLowerCase());
      const list = named(entry);
      if (list === undefined) return loop;
      return loop === undefined && distinct(list).length > 1 ? 'ambiguous' : (loop ?? list);
    },
  };
}

function append(map: Map<string, ResourceDraft[]>, key: string, draft: ResourceDraft): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [draft]);
  else list.push(draft);
}

/** `Namespace/type/name/child/childName`. */
function interleaved(draft: ResourceDraft): string {
  const [namespace = '', ...types] = draft.type.split('/');
  const names = draft.name.split('/');
  return [namespace, ...types.flatMap((type, i) => [type, names[i] ?? ''])].join('/');
}

/** One for each id; one that is deployed wins over one that its condition leaves out. */
function distinct(drafts: readonly ResourceDraft[]): readonly ResourceDraft[] {
  const chosen = new Map<string, ResourceDraft>();
  for (const draft of drafts) if (chosen.get(draft.key)?.condition !== true) chosen.set(draft.key, draft);
  return [...chosen.values()];
}

function targetOf(draft: ResourceDraft): ReferenceTarget {
  return { id: draft.id, apiVersion: draft.apiVersion, condition: draft.condition };
}

function found(draft: ResourceDraft): ReferenceLookup {
  return { kind: 'resource', target: targetOf(draft) };
}
