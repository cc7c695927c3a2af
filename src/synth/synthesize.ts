import { scopeId } from '../arm/index.ts';
import { Problem, throwIfAny } from '../kernel/errors.ts';
import type { Blueprint } from '../model/blueprint.ts';
import type { DeploymentEntry, OutputFile } from '../model/deployments.ts';
import type { Intent } from '../model/intent.ts';
import type { Scope } from '../model/scope.ts';
import type { TaskEntry } from '../model/task.ts';
import { catalogOf } from './catalog.ts';
import { gitopsFiles } from './gitops-tree.ts';
import { hubOwnerFiles } from './hub-owner.ts';
import { type Layout, layoutsOf } from './layout.ts';
import { limitProblems } from './limits.ts';
import { jsonText, renderDecisions, renderDeployments, renderIntents, renderPlan, renderTasks } from './listings.ts';
import { checkDeploymentName } from './names.ts';
import { renderDeployment } from './render-template.ts';

export interface SynthOptions {
  /** What `intents.yaml` states. @default the intents of the blueprint's parts */
  readonly intents?: readonly Intent[];
}

/**
 * Turns a blueprint into files: `templates/<deployment>.json` and `parameters/<deployment>.parameters.json` for each deployment,
 * `deployments.yaml`, `intents.yaml` and `decisions.json`; `tasks.yaml` with a plan a task for what is no ARM deployment; a tree for
 * Flux a cluster below `gitops/`; `hub-owner/` where a hub is somebody else's. Pure, and the same blueprint gives the same bytes whatever the order of
 * the keys in its objects. Throws `Problem`s whose codes start with `SYNTH_`.
 */
export function synthesize(blueprint: Blueprint, options: SynthOptions = {}): readonly OutputFile[] {
  const catalog = catalogOf(blueprint);
  const layouts = layoutsOf(blueprint, catalog);
  for (const { deployment } of layouts) checkDeploymentName(deployment);
  const rendered = layouts.map((layout) => {
    const { template, parameters } = renderDeployment(layout, catalog, blueprint.nestedDeployments);
    const text = jsonText(template);
    return { layout, text, parameters, problems: limitProblems(layout.deployment, template, text) };
  });
  throwIfAny(rendered.flatMap(({ problems }) => problems));
  const entries = layouts.map((layout) => entryOf(layout, blueprint));
  return [
    { path: 'deployments.yaml', text: renderDeployments(entries) },
    {
      path: 'intents.yaml',
      text: renderIntents(options.intents ?? blueprint.parts.flatMap((part) => part.intents)),
    },
    { path: 'decisions.json', text: renderDecisions(blueprint) },
    ...taskFiles(blueprint, entries),
    ...gitopsFiles(blueprint.parts.flatMap((part) => part.objects)),
    ...hubOwnerFiles(blueprint.hubRequests ?? []),
    ...rendered.flatMap(({ layout, text, parameters }) => [
      { path: templatePath(layout), text },
      { path: parametersPath(layout), text: jsonText(parameters) },
    ]),
  ];
}

function entryOf(layout: Layout, blueprint: Blueprint): DeploymentEntry {
  return {
    template: templatePath(layout),
    parameters: parametersPath(layout),
    scope: idOf(layout.scope, blueprint.subscriptionId),
    name: layout.deployment,
    ...(layout.scope.kind === 'subscription' ? { location: blueprint.location } : {}),
    stage: layout.stage.name,
    role: layout.stage.role,
    runsFrom: layout.stage.runsFrom,
  };
}

/** `tasks.yaml` and a plan for each task, where there are tasks. Each comes after the last deployment of its own stage or of one before. */
function taskFiles(blueprint: Blueprint, entries: readonly DeploymentEntry[]): readonly OutputFile[] {
  const hasObjects = blueprint.parts.some(({ objects }) => objects.length > 0);
  // Without objects there is no tree that could be released.
  const tasks = blueprint.parts
    .flatMap((part) => part.tasks ?? [])
    .filter(({ kind }) => kind !== 'gitops' || hasObjects);
  const order = blueprint.stages.map(({ name }) => name);
  const sorted = tasks.toSorted((a, b) => order.indexOf(a.stage) - order.indexOf(b.stage));
  const listed = sorted.map((task): TaskEntry => {
    const stage = blueprint.stages.find(({ name }) => name === task.stage);
    if (stage === undefined) {
      throw new Problem({
        code: 'SYNTH_UNKNOWN_STAGE',
        message: `${task.name} is of stage ${task.stage}, which there is not.`,
      });
    }
    const before = entries.findLast(
      ({ stage: at }) => at !== undefined && order.indexOf(at) <= order.indexOf(task.stage),
    );
    return {
      name: task.name,
      stage: task.stage,
      role: stage.role,
      runsFrom: 'inside',
      kind: task.kind,
      plan: `${task.name}.yaml`,
      ...(before === undefined ? {} : { after: before.name }),
    };
  });
  if (listed.length === 0) return [];
  return [
    { path: 'tasks.yaml', text: renderTasks(listed) },
    ...sorted.map((task) => ({ path: `${task.name}.yaml`, text: renderPlan(task) })),
  ];
}

function idOf(scope: Scope, subscriptionId: string): string {
  return scopeId(
    scope.kind === 'subscription'
      ? { kind: 'subscription', subscriptionId }
      : { kind: 'resourceGroup', subscriptionId, resourceGroup: scope.name },
  );
}

function templatePath(layout: Layout): string {
  return `templates/${layout.deployment}.json`;
}

function parametersPath(layout: Layout): string {
  return `parameters/${layout.deployment}.parameters.json`;
}
