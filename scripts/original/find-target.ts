import { covers, settingPaths } from '../../src/blueprint/property-paths.ts';
import type { Blueprint } from '../../src/model/blueprint.ts';
import type { Resource, Value } from '../../src/model/resource.ts';
import type { Target } from './row.ts';

/** What a target is in a blueprint, as one line. */
export interface Found {
  readonly target: Target;
  readonly line: string;
}

type Tree = Readonly<Record<string, unknown>>;

/** Finds targets in a blueprint; what is not there is `undefined`. */
export function finderIn(blueprint: Blueprint): (target: Target) => Found | undefined {
  const resources = new Map(blueprint.parts.flatMap((part) => part.resources).map((one) => [one.key, one]));
  const decisions = new Map(blueprint.parts.flatMap((part) => part.decisions).map((one) => [one.id, one.title]));
  const stages = new Map(blueprint.stages.map((one) => [one.name as string, one.title]));
  const objects = new Map<string, string>(
    blueprint.parts
      .flatMap((part) => part.objects)
      .map(({ object }) => {
        const { name, namespace } = object.metadata;
        return [`${object.kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`, object.apiVersion] as const;
      }),
  );
  const lineOf = (target: Target): string | undefined => {
    const named = /^(decision|stage):(.+)$/.exec(target);
    if (named?.[1] === 'decision') return decisions.get(named[2] as string);
    if (named?.[1] === 'stage') return stages.get(named[2] as string);
    if (target.startsWith('object:')) return objects.get(target.slice('object:'.length));
    const [key = '', piece] = target.split('#');
    const resource = resources.get(key);
    if (resource === undefined) return undefined;
    if (piece === undefined) return `${resource.type.split('/').at(-1)} ${displayName(resource)}`;
    return /^(properties|sku|zones|identity)\b/.test(piece) ? settingLine(resource, piece) : pieceLine(resource, piece);
  };
  return (target) => {
    const line = lineOf(target);
    return line === undefined ? undefined : { target, line };
  };
}

/** Names that are made-up ids say nothing: the role's own name, or the key's last step. */
function displayName({ name, key, properties }: Resource): string {
  const last = name.split('/').at(-1) ?? name;
  if (!/^[0-9a-f]{8}-/.test(last)) return last;
  return String((properties as unknown as Tree | undefined)?.roleName ?? key.split('/').at(-1));
}

/** A setting by its path: there if the path, or something below it, is set. */
function settingLine(resource: Resource, path: string): string | undefined {
  const below = settingPaths(resource).filter((one) => covers(path, one));
  if (below.length === 0) return undefined;
  const values = below.length === 1 ? valuesAt(resource, path.split('.')) : [];
  const words = [...new Set(values.filter((one) => typeof one !== 'object').map(String))].join(', ');
  return words === '' ? path.replace(/^properties\./, '') : `${path.split('.').at(-1)}: ${words}`;
}

function valuesAt(at: unknown, steps: readonly string[]): readonly unknown[] {
  if (Array.isArray(at)) return at.flatMap((one) => valuesAt(one, steps));
  if (steps.length === 0) return [at];
  if (typeof at !== 'object' || at === null) return [];
  return valuesAt((at as Tree)[steps[0] as string], steps.slice(1));
}

/** Whatever in a resource is called so: a rule, a route, a subnet, a pool, an alert, an extension. */
function pieceLine(resource: Resource, name: string): string | undefined {
  const found = namedIn(resource.properties, name);
  if (found === undefined) return undefined;
  const body = (found.properties ?? found) as Tree;
  return [name, describe(body)].filter((one) => one !== '').join(': ');
}

function namedIn(value: Value | undefined, name: string): Tree | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value)) {
    for (const one of value) {
      const found = namedIn(one, name);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  const tree = value as Tree;
  if (tree.name === name || tree.alert === name) return tree;
  return namedIn(Object.values(tree) as unknown as Value, name);
}

function describe(body: Tree): string {
  const list = (value: unknown): string => (Array.isArray(value) ? value : [value]).filter(Boolean).join(', ');
  if (body.access !== undefined) {
    const side = (word: string) => list(body[`${word}Prefix`] ?? body[`${word}Prefixes`]);
    const ports = list(body.destinationPortRange ?? body.destinationPortRanges);
    const from = side('sourceAddress');
    return `${body.access} ${body.protocol} ${from} → ${side('destinationAddress')}${ports === '*' ? '' : ` ${ports}`}`;
  }
  if (body.ruleType !== undefined)
    return list(body.targetFqdns ?? body.fqdnTags ?? body.destinationFqdns ?? body.destinationAddresses);
  if (body.nextHopType !== undefined) return `${body.addressPrefix} → ${body.nextHopType}`;
  if (body.vmSize !== undefined) return `${body.minCount} to ${body.maxCount} ${body.vmSize}`;
  return list(body.addressPrefix ?? body.summary);
}
