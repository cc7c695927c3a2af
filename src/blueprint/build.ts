import type { Blueprint } from '../model/blueprint.ts';
import type { Spec } from '../spec/spec.ts';
import { buildBastions } from './bastion/build.ts';
import { type BuildOptions, contextOf } from './context.ts';
import { buildDns } from './dns/build.ts';
import { assembled } from './draft.ts';
import { buildFirewalls } from './firewall/build.ts';
import { buildHubs } from './hub/build.ts';
import { buildImageSpoke } from './image-spoke/build.ts';
import { buildObservability } from './observability/build.ts';
import { buildSpokes } from './spoke/build.ts';
import { stages } from './stages.ts';
import { buildSubscription } from './subscription/build.ts';

export type { BuildOptions } from './context.ts';

/**
 * The landing zone of a spec as plain values: resources, decisions and intents, by part. The same spec and day give the same values.
 * Throws a `Problem` where the spec puts a spoke into a region without a hub.
 */
export function buildBlueprint(spec: Spec, options: BuildOptions = {}): Blueprint {
  const context = contextOf(spec, options);
  const [first] = spec.hubs;
  return {
    subscriptionId: spec.azure.subscriptionId,
    tenantId: spec.azure.tenantId,
    location: first.region,
    stages,
    parts: assembled([
      buildSubscription(context),
      buildObservability(context),
      buildHubs(context),
      buildDns(context),
      buildFirewalls(context),
      buildBastions(context),
      buildImageSpoke(context),
      buildSpokes(context),
    ]),
  };
}
