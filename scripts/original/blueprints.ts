import path from 'node:path';
import { blueprintOf, networkParts } from '../../src/blueprint/build.ts';
import { clusterDrafts } from '../../src/blueprint/cluster-drafts.ts';
import { contextOf } from '../../src/blueprint/context.ts';
import { governanceParts, operationsDrafts } from '../../src/blueprint/governance-drafts.ts';
import type { Blueprint } from '../../src/model/blueprint.ts';
import { loadSpec } from '../../src/spec/load.ts';
import type { Spec } from '../../src/spec/spec.ts';
import type { Blueprints } from './page.ts';

/** The default landing zone in each profile. The day decides versions: this page is about structure, so it is a fixed one. */
export function defaultBlueprints(): Blueprints {
  return { current: wholeBlueprint(loadSpec(path.resolve(import.meta.dirname, '../../landing-zone.yaml'))) };
}

/** Every part, those too that are not deployed yet. */
export function wholeBlueprint(spec: Spec): Blueprint {
  const context = contextOf(spec, { today: new Date('2026-11-24T12:00:00Z') });
  const drafts = [...networkParts(context), ...clusterDrafts(context), ...operationsDrafts(context)];
  return blueprintOf(context, drafts, governanceParts);
}
