/** What the declarations of a package say that its mappers do not: which enum a text member is of. */
export interface Declarations {
  /** The enum of a member, by interface and member name; undefined where it is of none. */
  enumOf(model: string, member: string): { readonly name: string; readonly open: boolean } | undefined;
  values(enumName: string): readonly string[];
}

interface Interface {
  readonly parents: readonly string[];
  readonly members: ReadonlyMap<string, string>;
}

/** Reads the text of a `.d.ts` file as the Azure SDK generator writes it: one member a line. */
export function readDeclarations(source: string): Declarations {
  const text = source.replaceAll('\r\n', '\n');
  const interfaces = new Map<string, Interface>();
  const enums = new Map<string, { readonly values: readonly string[]; readonly open: boolean }>();
  for (const [, name, parents, body] of text.matchAll(
    /^export (?:declare )?interface (\w+)(?: extends ([\w, ]+))? \{\n([\s\S]*?)^\}/gm,
  )) {
    addInterface(name, parents ?? '', body);
  }
  for (const [, name, parents, body] of text.matchAll(
    /^export (?:declare )?type (\w+) = ((?:\w+ & )*)\{\n([\s\S]*?)^\};/gm,
  )) {
    addInterface(name, (parents ?? '').replaceAll('&', ','), body);
  }
  for (const [, name, body] of text.matchAll(/^export (?:declare )?enum Known(\w+) \{\n([\s\S]*?)^\}/gm)) {
    const values = [...(body ?? '').matchAll(/^\s+\S+ = "(.*)",?$/gm)].map((match) => match[1] as string);
    enums.set(name as string, { values, open: true });
  }
  for (const [, name, union] of text.matchAll(/^export (?:declare )?type (\w+) = ("[^;]+");/gm)) {
    const values = [...(union ?? '').matchAll(/"([^"]*)"/g)].map((match) => match[1] as string);
    enums.set(name as string, { values, open: false });
  }

  function addInterface(name: string | undefined, parents: string, body: string | undefined): void {
    const members = new Map<string, string>();
    for (const [, member, type] of (body ?? '').matchAll(/^\s+(?:readonly )?"?([\w-]+)"?\??: (.+);$/gm)) {
      members.set(member as string, type as string);
    }
    const names = parents.split(',').map((parent) => parent.trim());
    interfaces.set(name as string, { parents: names.filter((parent) => parent !== ''), members });
  }

  function typeOf(model: string, member: string): string | undefined {
    const found = interfaces.get(model);
    if (found === undefined) return undefined;
    const own = found.members.get(member);
    if (own !== undefined) return own;
    for (const parent of found.parents) {
      const inherited = typeOf(parent, member);
      if (inherited !== undefined) return inherited;
    }
    return undefined;
  }

  return {
    enumOf(model, member) {
      const name = typeOf(model, member)?.replace(/(\[\]|\s*\|\s*null)+$/, '');
      const found = name === undefined ? undefined : enums.get(name);
      return found === undefined || name === undefined ? undefined : { name, open: found.open };
    },
    values: (name) => enums.get(name)?.values ?? [],
  };
}
