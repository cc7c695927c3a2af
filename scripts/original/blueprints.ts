import { readFileSync } from 'node:fs';
import path from 'node:path';
import { buildBlueprint } from '../../src/blueprint/build.ts';
import type { Blueprint } from '../../src/model/blueprint.ts';
import { parseSpec } from '../../src/spec/load.ts';
import type { Spec } from '../../src/spec/spec.ts';
import type { Blueprints } from './page.ts';

const file = path.resolve(import.meta.dirname, '../../landing-zone.yaml');

/** The default landing zone in each profile. The day decides versions: this page is about structure, so each has a fixed one. */
export function defaultBlueprints(): Blueprints {
  const text = readFileSync(file, 'utf8');
  return {
    current: wholeBlueprint(parseSpec(text, file)),
    in2021: buildBlueprint(parseSpec(`${text}\nprofile: "2021"\n`, file), { today: new Date('2021-12-14T12:00:00Z') }),
  };
}

export function wholeBlueprint(spec: Spec): Blueprint {
  return buildBlueprint(spec, { today: new Date('2026-11-24T12:00:00Z') });
}
