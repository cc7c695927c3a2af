import { findCycle, type Graph } from '../kernel/graph.ts';
import { ExpressionFailure, invalidTemplate } from './arm-failures.ts';
import type { Expansion } from './contract.ts';
import { evaluateText, located } from './evaluate-tree.ts';
import { jsonType, keyOf } from './json-value.ts';
import { isResidual } from './residual.ts';
import type { ResourceDraft } from './resource-draft.ts';
import { idKey } from './resource-id.ts';
import type { ResourceIndex } from './resource-index.ts';

/** The entries of `dependsOn`, evaluated. */
export function dependencyEntries(draft: ResourceDraft): readonly { readonly entry: string; readonly at: number }[] {
  const key = keyOf(draft.raw, 'dependsOn');
  const list = key === undefined ? undefined : draft.raw[key];
  if (key === undefined || list === undefined || list === null) return [];
  const path = [...draft.path, key];
  return located(path, () => {
    const value = typeof list === 'string' ? evaluateText(list, draft.environment) : list;
    if (!Array.isArray(value))
      throw new ExpressionFailure(`The 'dependsOn' has to be an 'Array'. Actual '${jsonType(value)}'`);
    return value.flatMap((item: unknown, at) =>
      located([...path, at], () => {
        const entry =
          typeof item === 'string' && typeof list !== 'string' ? evaluateText(item, draft.environment) : item;
        if (isResidual(entry)) return [];
        if (typeof entry !== 'string' || entry === '')
          throw new ExpressionFailure(
            `An entry of 'dependsOn' has to be a 'String' that names a resource. Actual '${jsonType(entry)}'`,
          );
        return [{ entry, at }];
      }),
    );
  });
}

/**
 * The ids that must come before a resource: explicit, implicit, and with serial loops the batch before. Resources that their
 * condition leaves out are no dependencies. Throws `ExpressionFailure` for an entry that the template does not define.
 */
export function dependenciesOf(
  draft: ResourceDraft,
  drafts: readonly ResourceDraft[],
  index: ResourceIndex,
  implicit: readonly string[],
  anyScope: boolean,
): readonly string[] {
  const ids = new Map<string, string>();
  const add = (one: ResourceDraft): void => {
    if (one.condition) ids.set(one.key, one.id);
  };
  for (const { entry, at } of dependencyEntries(draft)) {
    const targets = located([...draft.path, keyOf(draft.raw, 'dependsOn') ?? 'dependsOn', at], () =>
      resolved(entry, index, anyScope),
    );
    for (const target of targets) add(target);
  }
  for (const id of implicit) {
    const target = index.dependencies(id, false);
    if (Array.isArray(target)) for (const one of target) add(one);
  }
  const { loop } = draft;
  if (loop?.batchSize !== undefined) {
    const batch = Math.floor(loop.index / loop.batchSize);
    for (const other of drafts) {
      if (other.loop?.loop !== loop.loop || batch === 0) continue;
      if (Math.floor(other.loop.index / loop.batchSize) === batch - 1) add(other);
    }
  }
  return [...ids.values()];
}

function resolved(entry: string, index: ResourceIndex, anyScope: boolean): readonly ResourceDraft[] {
  const targets = index.dependencies(entry, anyScope);
  if (targets === 'ambiguous')
    throw new ExpressionFailure(
      `The dependency '${entry}' is not unique: more than one resource of the template has this name. Please use the fully qualified resource id`,
    );
  if (targets === undefined)
    throw new ExpressionFailure(
      `The resource '${shortName(entry)}' is not defined in the template. Please see https://aka.ms/arm-syntax for usage details`,
    );
  return targets;
}

/** `Namespace/type/name` of an id, as ARM's message shows it. */
function shortName(entry: string): string {
  return /.*\/providers\/(.+)$/i.exec(entry)?.[1] ?? entry;
}

/**
 * The order of the resources that are deployed, as a graph of ids: each with what comes before it. Throws `ArmError`
 * (`InvalidTemplate`) when the dependencies go round in a circle.
 */
export function dependencyGraph(expansion: Expansion): Graph {
  const deployed = expansion.resources.filter((resource) => resource.condition);
  const ids = new Map(deployed.map((resource) => [idKey(resource.id), resource.id]));
  const graph = new Map<string, Set<string>>([...ids.values()].map((id) => [id, new Set<string>()]));
  // Nearly every edge names a resource to the letter: only others are looked up without regard to case.
  const found = (id: string): string | undefined => (graph.has(id) ? id : ids.get(idKey(id)));
  for (const resource of deployed) {
    const before = graph.get(found(resource.id) ?? '');
    for (const need of resource.dependsOn) {
      const id = found(need);
      if (id !== undefined) before?.add(id);
    }
  }
  const cycle = findCycle(graph);
  if (cycle === undefined) return graph;
  const place = deployed.find((resource) => resource.id === cycle[0])?.place;
  throw invalidTemplate(
    `Circular dependency detected on resource: '${cycle[0]}'. Please see https://aka.ms/arm-syntax-resources for usage details.`,
    place,
  );
}
