import type { Blueprint } from '../model/blueprint.ts';
import type { Stage } from '../model/stage.ts';
import type { Spec } from '../spec/spec.ts';
import { buildBastions } from './bastion/build.ts';
import { type BuildContext, type BuildOptions, contextOf } from './context.ts';
import { buildDefender } from './defender/build.ts';
import { buildDns } from './dns/build.ts';
import { assembled, type PartDraft } from './draft.ts';
import { buildFirewalls } from './firewall/build.ts';
import { buildHubs } from './hub/build.ts';
import { buildImageSpoke } from './image-spoke/build.ts';
import { buildObservability, buildWatchers } from './observability/build.ts';
import { buildDiagnostics } from './observability/diagnostics.ts';
import { buildPolicy } from './policy/build.ts';
import { buildSpokes } from './spoke/build.ts';
import { stages } from './stages.ts';
import { buildBudget, buildSubscription } from './subscription/build.ts';

export type { BuildOptions } from './context.ts';

/**
 * The landing zone of a spec as plain values: resources, decisions and intents, by part. The same spec and day give the same values.
 * Throws a `Problem` where the spec puts a spoke into a region without a hub.
 */
export function buildBlueprint(spec: Spec, options: BuildOptions = {}): Blueprint {
  const context = contextOf(spec, options);
  return blueprintOf(context, [
    ...networkParts(context),
    buildWatchers(context),
    buildBudget(context),
    buildDefender(context),
  ]);
}

/** The networks, and the workspaces that they log to, in the order of a deployment. */
export function networkParts(context: BuildContext): readonly PartDraft[] {
  return [
    buildObservability(context),
    buildHubs(context),
    buildDns(context),
    buildFirewalls(context),
    buildBastions(context),
    buildImageSpoke(context),
    buildSpokes(context),
  ];
}

/** A part that follows from the others. */
export type DerivedPart = (context: BuildContext, others: readonly PartDraft[]) => PartDraft;

/** Each sees the parts before it: what is made by one of them is in the view of the next. */
export const derivedParts: readonly DerivedPart[] = [buildDiagnostics, buildPolicy];

/** Parts as one blueprint: with what follows from them, the groups that they fill, and the stages in which they are deployed. */
export function blueprintOf(
  context: BuildContext,
  drafts: readonly PartDraft[],
  derived: readonly DerivedPart[] = derivedParts,
): Blueprint {
  const { spec } = context;
  const parts = [...drafts];
  for (const build of derived) parts.push(build(context, [...parts]));
  const all = [buildSubscription(context, parts), ...parts];
  return {
    subscriptionId: spec.azure.subscriptionId,
    tenantId: spec.azure.tenantId,
    location: spec.hubs[0].region,
    stages: stagesOf(all),
    parts: assembled(all),
  };
}

/** The stages that the parts fill; one waits only for stages that are there. */
function stagesOf(parts: readonly PartDraft[]): readonly Stage[] {
  const filled = new Set(parts.flatMap(({ resources }) => resources.map(({ stage }) => stage)));
  return stages
    .filter(({ name }) => filled.has(name))
    .map((stage) => ({ ...stage, needs: stage.needs.filter((name) => filled.has(name)) }));
}
