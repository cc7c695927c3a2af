import { Problem } from '../kernel/errors.ts';
import { findCycle, type Graph, topologicalOrder } from '../kernel/graph.ts';
import type { Resource } from '../model/resource.ts';
import { scopeKey } from './expression.ts';
import { handlesOf } from './handles.ts';

/**
 * What must come before each resource of one deployment, by key: what its handles name, its parent, its resource group, and the
 * one before it in its `oneAtATime` group. Throws `SYNTH_DEPENDENCY_CYCLE`.
 */
export function dependenciesWithin(deployment: string, resources: readonly Resource[]): Graph {
  const graph = new Map<string, Set<string>>(resources.map((resource) => [resource.key, new Set<string>()]));
  const byIdentity = new Map(resources.map((resource) => [identity(resource), resource.key]));
  const lastInGroup = new Map<string, string>();
  for (const resource of resources) {
    const needs = graph.get(resource.key) as Set<string>;
    for (const { handle } of handlesOf(resource)) {
      if (handle.resource !== resource.key && graph.has(handle.resource)) needs.add(handle.resource);
    }
    const parent = parentOf(resource, byIdentity);
    if (parent !== undefined) needs.add(parent);
    if (resource.scope.kind === 'resourceGroup') {
      const group = byIdentity.get(
        identityOf('subscription', 'Microsoft.Resources/resourceGroups', resource.scope.name),
      );
      if (group !== undefined) needs.add(group);
    }
    if (resource.oneAtATime !== undefined) {
      const previous = lastInGroup.get(resource.oneAtATime);
      if (previous !== undefined) needs.add(previous);
      lastInGroup.set(resource.oneAtATime, resource.key);
    }
  }
  refuseCycle(graph, `deployment ${deployment}`);
  return graph;
}

/** Throws `SYNTH_DEPENDENCY_CYCLE` with the way round when there is one. */
export function refuseCycle(graph: Graph, where: string): void {
  const cycle = findCycle(graph);
  if (cycle === undefined) return;
  throw new Problem({
    code: 'SYNTH_DEPENDENCY_CYCLE',
    message: `In ${where} each of these waits for the next: ${cycle.join(' -> ')}.`,
    hint: 'Take the reference out of one of them into a resource of its own (a peering, a rule, a link).',
  });
}

/**
 * Puts the resources of another scope than the main one into nested deployments: one for each scope where that leaves no cycle,
 * else one for each scope and level, where a level is the number of changes of scope on the longest way to the resource. Every
 * dependency between two nested deployments, or between one and a resource of the main scope, then leads to a lower level.
 * @returns the number of the nested deployment within its scope, by key
 */
export function nestedLevels(
  resources: readonly Resource[],
  graph: Graph,
  mainScope: string,
): ReadonlyMap<string, number> {
  const scopes = new Map(resources.map((resource) => [resource.key, scopeKey(resource.scope)]));
  const merged = new Map(resources.map((resource) => [resource.key, 0]));
  const unit = (key: string): string => (scopes.get(key) === mainScope ? key : `scope ${scopes.get(key)}`);
  const units = new Map<string, Set<string>>();
  for (const [key, needs] of graph) {
    const own = unit(key);
    const set = units.get(own) ?? new Set<string>();
    for (const need of needs) if (unit(need) !== own) set.add(unit(need));
    units.set(own, set);
  }
  if (findCycle(units) === undefined) return merged;
  const level = new Map<string, number>();
  for (const key of topologicalOrder(graph)) {
    const above = [...(graph.get(key) ?? [])].map(
      (need) => (level.get(need) ?? 0) + (scopes.get(need) === scopes.get(key) ? 0 : 1),
    );
    level.set(key, Math.max(0, ...above));
  }
  return level;
}

/** The nearest resource of the deployment of which this one is a child or extension. */
function parentOf(resource: Resource, byIdentity: ReadonlyMap<string, string>): string | undefined {
  const types = resource.type.split('/');
  const names = resource.name.split('/');
  for (let length = names.length - 1; length > 0; length--) {
    const type = types.slice(0, length + 1).join('/');
    const parent = byIdentity.get(identityOf(scopeKey(resource.scope), type, names.slice(0, length).join('/')));
    if (parent !== undefined) return parent;
  }
  return undefined;
}

function identity(resource: Resource): string {
  return identityOf(scopeKey(resource.scope), resource.type, resource.name);
}

function identityOf(scope: string, type: string, name: string): string {
  return `${scope} ${type} ${name}`.toLowerCase();
}
