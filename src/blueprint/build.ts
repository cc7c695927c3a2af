import { throwIfAny } from '../kernel/errors.ts';
import type { Blueprint } from '../model/blueprint.ts';
import type { Stage } from '../model/stage.ts';
import type { Spec } from '../spec/spec.ts';
import { type BuildOptions, contextOf } from './context.ts';
import { assembled, type PartDraft } from './draft.ts';
import { hubRequests } from './hub/requests.ts';
import { inApiOf2021 } from './of-2021/in-api-of-2021.ts';
import { withProofsOf2021 } from './of-2021/proofs.ts';
import { derivedParts, partBuilders } from './parts.ts';
import { stages } from './stages.ts';
import { buildSubscription } from './subscription/build.ts';
import { supportProblems } from './support/check-support.ts';

export type { BuildOptions } from './context.ts';

/**
 * The landing zone of a spec as plain values: resources, decisions and intents, by part. The same spec and day give the same values.
 * Throws a `Problem` where the spec puts a spoke into a region without a hub.
 */
export function buildBlueprint(spec: Spec, options: BuildOptions = {}): Blueprint {
  const context = contextOf(spec, options);
  throwIfAny(supportProblems(context, options.accepted));
  const { components } = spec;
  const parts = partBuilders(components).map((build) => build(context));
  for (const build of derivedParts(components)) parts.push(build(context, [...parts]));
  // The groups that all of them fill.
  const built = [buildSubscription(context, parts), ...parts];
  const all = components.apiVersions === 'of-2021' ? built.map((part) => withProofsOf2021(inApiOf2021(part))) : built;
  return {
    subscriptionId: spec.azure.subscriptionId,
    tenantId: spec.azure.tenantId,
    location: spec.hubs[0].region,
    stages: stagesOf(all),
    parts: assembled(all),
    // That of the reference implementation.
    ...(components.apiVersions === 'of-2021' ? { nestedDeployments: '2020-10-01' } : {}),
    ...hubRequests(context, all),
  };
}

/** The stages that the parts fill; one waits only for stages that are there. */
function stagesOf(parts: readonly PartDraft[]): readonly Stage[] {
  const filled = new Set(
    parts.flatMap(({ resources, tasks = [] }) => [...resources, ...tasks].map(({ stage }) => stage)),
  );
  return stages
    .filter(({ name }) => filled.has(name))
    .map((stage) => ({ ...stage, needs: stage.needs.filter((name) => filled.has(name)) }));
}
