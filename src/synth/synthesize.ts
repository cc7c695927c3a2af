import { scopeId } from '../arm/index.ts';
import { throwIfAny } from '../kernel/errors.ts';
import type { Blueprint } from '../model/blueprint.ts';
import type { DeploymentEntry, OutputFile } from '../model/deployments.ts';
import type { Intent } from '../model/intent.ts';
import type { Scope } from '../model/scope.ts';
import { catalogOf } from './catalog.ts';
import { type Layout, layoutsOf } from './layout.ts';
import { limitProblems } from './limits.ts';
import { jsonText, renderDecisions, renderDeployments, renderIntents } from './listings.ts';
import { checkDeploymentName } from './names.ts';
import { renderDeployment } from './render-template.ts';

export interface SynthOptions {
  /** What `intents.yaml` states. @default the intents of the blueprint's parts */
  readonly intents?: readonly Intent[];
}

/**
 * Turns a blueprint into files: `templates/<deployment>.json` and `parameters/<deployment>.parameters.json` for each deployment,
 * `deployments.yaml`, `intents.yaml` and `decisions.json`. Pure, and the same blueprint gives the same bytes whatever the order of
 * the keys in its objects. Throws `Problem`s whose codes start with `SYNTH_`.
 */
export function synthesize(blueprint: Blueprint, options: SynthOptions = {}): readonly OutputFile[] {
  const catalog = catalogOf(blueprint);
  const layouts = layoutsOf(blueprint, catalog);
  for (const { deployment } of layouts) checkDeploymentName(deployment);
  const rendered = layouts.map((layout) => {
    const { template, parameters } = renderDeployment(layout, catalog);
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
