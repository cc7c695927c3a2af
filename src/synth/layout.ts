import { Problem, throwIfAny } from '../kernel/errors.ts';
import type { Graph } from '../kernel/graph.ts';
import { topologicalOrder } from '../kernel/graph.ts';
import type { Blueprint } from '../model/blueprint.ts';
import type { Resource, ResourceKey } from '../model/resource.ts';
import type { Scope } from '../model/scope.ts';
import type { Stage } from '../model/stage.ts';
import type { Catalog } from './catalog.ts';
import { dependenciesWithin, nestedLevels, refuseCycle } from './dependencies.ts';
import { scopeKey } from './expression.ts';
import { handlesOf } from './handles.ts';
import { nestedName } from './names.ts';

/** What one template deploys in another scope than its own. */
export interface Nested {
  readonly name: string;
  readonly scope: Scope;
  readonly resources: readonly Resource[];
}

/** One template: its own resources, and the nested deployments for the others. */
export interface Layout {
  readonly stage: Stage;
  readonly deployment: string;
  readonly scope: Scope;
  readonly resources: readonly Resource[];
  readonly nested: readonly Nested[];
  /** The nested deployment that carries a resource. */
  readonly nestedOf: ReadonlyMap<ResourceKey, Nested>;
  /** What comes before each resource, within this deployment. */
  readonly needs: Graph;
}

/**
 * The deployments in the order in which they run: by stage, and within a stage so that each comes after what it refers to.
 * Throws `Problem`s: `SYNTH_UNKNOWN_STAGE`, `SYNTH_DEPLOYMENT_IN_TWO_STAGES`, `SYNTH_HANDLE_TO_LATER`, `SYNTH_DEPENDENCY_CYCLE`.
 */
export function layoutsOf(blueprint: Blueprint, catalog: Catalog): readonly Layout[] {
  const resources = [...catalog.values()];
  refuseStrayStages(blueprint, resources);
  const layouts = blueprint.stages.flatMap((stage) => {
    const ofStage = resources.filter((resource) => resource.stage === stage.name);
    return deploymentOrder(stage, ofStage, catalog).map((deployment) =>
      layoutOf(
        stage,
        deployment,
        ofStage.filter((resource) => resource.deployment === deployment),
      ),
    );
  });
  refuseLaterTargets(layouts, catalog);
  return layouts;
}

function refuseStrayStages(blueprint: Blueprint, resources: readonly Resource[]): void {
  const stages = new Set<string>(blueprint.stages.map((stage) => stage.name));
  const stageOf = new Map<string, string>();
  const problems: Problem[] = [];
  for (const resource of resources) {
    if (!stages.has(resource.stage)) {
      problems.push(
        new Problem({
          code: 'SYNTH_UNKNOWN_STAGE',
          message: `${resource.key} belongs to stage ${resource.stage}, which the blueprint does not have.`,
        }),
      );
    }
    const other = stageOf.get(resource.deployment.toLowerCase()) ?? resource.stage;
    if (other !== resource.stage) {
      problems.push(
        new Problem({
          code: 'SYNTH_DEPLOYMENT_IN_TWO_STAGES',
          message: `Deployment ${resource.deployment} belongs to the stages ${other} and ${resource.stage}.`,
          why: 'A deployment is run by one role, and its files and its record on Azure are named after it.',
        }),
      );
    }
    stageOf.set(resource.deployment.toLowerCase(), other);
  }
  throwIfAny(problems);
}

function deploymentOrder(stage: Stage, resources: readonly Resource[], catalog: Catalog): readonly string[] {
  const graph = new Map<string, Set<string>>(resources.map((resource) => [resource.deployment, new Set<string>()]));
  for (const resource of resources) {
    for (const { handle } of handlesOf(resource)) {
      const target = catalog.get(handle.resource)?.deployment;
      if (target !== undefined && target !== resource.deployment && graph.has(target)) {
        graph.get(resource.deployment)?.add(target);
      }
    }
  }
  refuseCycle(graph, `stage ${stage.name}`);
  return topologicalOrder(graph);
}

function layoutOf(stage: Stage, deployment: string, resources: readonly Resource[]): Layout {
  const needs = dependenciesWithin(deployment, resources);
  const scope = mainScope(stage, resources);
  const own = resources.filter((resource) => scopeKey(resource.scope) === scopeKey(scope));
  const levels = nestedLevels(resources, needs, scopeKey(scope));
  const groups = new Map<string, Resource[]>();
  for (const resource of resources) {
    if (scopeKey(resource.scope) === scopeKey(scope)) continue;
    const key = `${scopeKey(resource.scope)} ${levels.get(resource.key)}`;
    groups.set(key, [...(groups.get(key) ?? []), resource]);
  }
  const nested: Nested[] = [];
  const nestedOf = new Map<ResourceKey, Nested>();
  const taken = new Set<string>();
  for (const group of groups.values()) {
    const target = (group[0] as Resource).scope;
    const one = { name: nestedName(deployment, target, taken), scope: target, resources: group };
    nested.push(one);
    for (const resource of group) nestedOf.set(resource.key, one);
  }
  return { stage, deployment, scope, resources: own, nested, nestedOf, needs };
}

/**
 * Where the deployment goes: the one scope of its resources; the subscription for the subscription stage and for whatever makes
 * a resource group that it also fills; else the resource group with most of its resources, the first such in blueprint order.
 */
function mainScope(stage: Stage, resources: readonly Resource[]): Scope {
  const count = new Map<string, { readonly scope: Scope; size: number }>();
  for (const { scope } of resources) {
    const entry = count.get(scopeKey(scope)) ?? { scope, size: 0 };
    entry.size += 1;
    count.set(scopeKey(scope), entry);
  }
  const [first, ...others] = [...count.values()];
  if (first === undefined) throw new RangeError('a deployment without resources');
  if (others.length === 0) return first.scope;
  const fills = resources.some(
    (resource) =>
      resource.type.toLowerCase() === 'microsoft.resources/resourcegroups' &&
      count.has(scopeKey({ kind: 'resourceGroup', name: resource.name })),
  );
  if (stage.name === 'subscription' || fills) return { kind: 'subscription' };
  const groups = [first, ...others].filter((entry) => entry.scope.kind === 'resourceGroup');
  return groups.reduce((best, entry) => (entry.size > best.size ? entry : best)).scope;
}

function refuseLaterTargets(layouts: readonly Layout[], catalog: Catalog): void {
  const position = new Map(layouts.map((layout, index) => [layout.deployment, index]));
  const problems: Problem[] = [];
  for (const resource of catalog.values()) {
    for (const { handle, path } of handlesOf(resource)) {
      const target = catalog.get(handle.resource) as Resource;
      if ((position.get(target.deployment) ?? 0) <= (position.get(resource.deployment) ?? 0)) continue;
      problems.push(
        new Problem({
          code: 'SYNTH_HANDLE_TO_LATER',
          message: `${resource.key} (${path}) of deployment ${resource.deployment} refers to ${target.key}, which only the later deployment ${target.deployment} makes.`,
          hint: `Move ${resource.key} to stage ${target.stage} or a later one.`,
        }),
      );
    }
  }
  throwIfAny(problems);
}
