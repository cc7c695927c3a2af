import path from 'node:path';
import { buildBlueprint } from '../../src/blueprint/build.ts';
import type { Blueprint } from '../../src/model/blueprint.ts';
import { loadSpec } from '../../src/spec/load.ts';
import type { Spec } from '../../src/spec/spec.ts';
import type { Blueprints } from './page.ts';

/** The default landing zone in each profile. The day decides versions: this page is about structure, so it is a fixed one. */
export function defaultBlueprints(): Blueprints {
  return { current: wholeBlueprint(loadSpec(path.resolve(import.meta.dirname, '../../landing-zone.yaml'))) };
}

export function wholeBlueprint(spec: Spec): Blueprint {
  return buildBlueprint(spec, { today: new Date('2026-11-24T12:00:00Z') });
}
