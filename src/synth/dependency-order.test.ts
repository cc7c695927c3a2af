import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findCycle } from '../kernel/graph.ts';
import type { Blueprint } from '../model/blueprint.ts';
import type { Resource } from '../model/resource.ts';
import { handlesOf } from './handles.ts';
import { synthesize } from './synthesize.ts';
import { blueprintOf, network } from './test-blueprint.ts';

/**
 * The templates read back as ARM would schedule them, from their text alone: a nested deployment starts after its own dependsOn
 * and ends with its last resource. Whatever a handle names must then have ended before the resource with the handle starts.
 */
interface Entry {
  readonly type: string;
  readonly name: string;
  readonly dependsOn?: readonly string[];
  readonly resourceGroup?: string;
  readonly properties?: { readonly template?: { readonly resources: readonly Entry[] } };
}

/** `group type name` of a resource, from `[resourceId('g'?, 'ns/t/u', 'a', 'b')]` in a template of `group`. */
function targetOf(expression: string, group: string): string {
  const words = [...expression.matchAll(/'([^']*)'/g)].map((match) => match[1] as string);
  if (!(words[0] as string).includes('/'))
    return idOf(words[0] as string, words[1] as string, words.slice(2).join('/'));
  return idOf(group, words[0] as string, words.slice(1).join('/'));
}
const idOf = (group: string, type: string, name: string): string => `${group} ${type} ${name}`;

/** start(x) → what must have ended before; end(x) → start(x), and for a nested deployment the ends of its resources. */
function scheduleOf(
  resources: readonly Entry[],
  group: string,
  within: string | undefined,
  graph: Map<string, Set<string>>,
): void {
  const here = new Set(resources.map((entry) => idOf(entry.resourceGroup ?? group, entry.type, entry.name)));
  for (const entry of resources) {
    const target = entry.resourceGroup ?? group;
    const id = idOf(target, entry.type, entry.name);
    const before = (entry.dependsOn ?? []).map((expression) => targetOf(expression, group));
    // ARM refuses a dependsOn that names nothing of the same template.
    for (const one of before) expect(here).toContain(one);
    graph.set(
      `start ${id}`,
      new Set([...before.map((one) => `end ${one}`), ...(within === undefined ? [] : [within])]),
    );
    const inner = entry.properties?.template?.resources ?? [];
    const ends = inner.map((one) => `end ${idOf(target, one.type, one.name)}`);
    graph.set(`end ${id}`, new Set([`start ${id}`, ...ends]));
    scheduleOf(inner, target, `start ${id}`, graph);
  }
}

function reaches(graph: ReadonlyMap<string, ReadonlySet<string>>, from: string, to: string): boolean {
  const seen = new Set<string>();
  const pending = [from];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    if (at === to) return true;
    if (seen.has(at)) continue;
    seen.add(at);
    pending.push(...(graph.get(at) ?? []));
  }
  return false;
}

/** Up to twelve resources in up to three groups; each refers to some before it in a random order, and some go one at a time. */
const blueprints: fc.Arbitrary<Blueprint> = fc
  .array(
    fc.record({
      group: fc.constantFrom('g-a', 'g-b', 'g-c'),
      refers: fc.array(fc.nat(11), { maxLength: 3 }),
      chain: fc.option(fc.constantFrom('one', 'two'), { nil: undefined }),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((specs) =>
    blueprintOf(
      specs.map(({ group, refers, chain }, index): Resource => {
        const targets = index === 0 ? [] : refers.map((one) => one % index);
        return network({
          key: `k${index}`,
          type: 'ipGroups',
          name: `n${index}`,
          group,
          properties: { list: targets.map((one) => ({ $handle: 'id', resource: `k${one}` }) as const) },
          ...(chain === undefined ? {} : { oneAtATime: chain }),
        });
      }),
    ),
  );

test('for any references between any groups, ARM has made what a resource refers to before it starts', () => {
  let splits = 0;
  fc.assert(
    fc.property(blueprints, (blueprint) => {
      const files = synthesize(blueprint);
      const template = JSON.parse(files.find((file) => file.path === 'templates/hub.json')?.text ?? '') as {
        readonly resources: readonly Entry[];
      };
      const scope = /resourceGroups\/(\S+)/.exec(files[0]?.text ?? '')?.[1] ?? '';
      const graph = new Map<string, Set<string>>();
      scheduleOf(template.resources, scope, undefined, graph);
      expect(findCycle(graph)).toBeUndefined();
      const resources = new Map(blueprint.parts.flatMap((part) => part.resources).map((one) => [one.key, one]));
      const at = (resource: Resource): string =>
        idOf(resource.scope.kind === 'resourceGroup' ? resource.scope.name : '', resource.type, resource.name);
      const last = new Map<string, Resource>();
      for (const resource of resources.values()) {
        expect(graph.has(`start ${at(resource)}`)).toBe(true);
        const before = handlesOf(resource).map(({ handle }) => resources.get(handle.resource) as Resource);
        const previous = resource.oneAtATime === undefined ? undefined : last.get(resource.oneAtATime);
        if (previous !== undefined) before.push(previous);
        if (resource.oneAtATime !== undefined) last.set(resource.oneAtATime, resource);
        for (const one of before) expect(reaches(graph, `start ${at(resource)}`, `end ${at(one)}`)).toBe(true);
      }
      if (template.resources.some((entry) => /-2$/.test(entry.name))) splits += 1;
    }),
    { numRuns: 300, seed: 20260901 },
  );
  // The case that makes this hard, a group that is left and entered again, has to be among those tried.
  expect(splits).toBeGreaterThan(20);
});
