import * as path from 'node:path';
import { buildBlueprint } from '../blueprint/build.ts';
import { Problem } from '../kernel/errors.ts';
import type { Acceptance } from '../model/acceptance.ts';
import type { Blueprint } from '../model/blueprint.ts';
import type { OutputFile } from '../model/deployments.ts';
import { findSpec, loadSpec } from '../spec/load.ts';
import type { Spec } from '../spec/spec.ts';
import { synthesize } from '../synth/synthesize.ts';
import { writeFiles } from '../synth/write.ts';
import { checkAccepted } from './accept.ts';
import type { Context } from './context.ts';
import { absolute } from './global-flags.ts';

export interface LandingZone {
  readonly specFile: string;
  readonly spec: Spec;
  readonly blueprint: Blueprint;
  /** What was accepted with a reason. */
  readonly accepted: readonly Acceptance[];
  readonly files: readonly OutputFile[];
}

/** The spec file of a command: as given, or the nearest `landing-zone.yaml` upward. */
export function specFileOf(context: Context, flag: string | undefined): string {
  if (flag !== undefined) return absolute(context, flag);
  const found = findSpec(context.folder);
  if (found !== undefined) return found;
  throw new Problem({
    code: 'SPEC_NOT_FOUND',
    kind: 'usage',
    message: `There is no landing-zone.yaml in ${context.folder} or above it.`,
    hint: 'Write one with `aks-regulated init`, or name it with --spec FILE.',
  });
}

/** From the user's file to the files of synth, all in memory. @param asOf the day of the build @default today */
export function designLandingZone(
  context: Context,
  specFlag: string | undefined,
  asOf?: Date,
  accepted: readonly Acceptance[] = [],
): LandingZone {
  const specFile = specFileOf(context, specFlag);
  const spec = loadSpec(specFile);
  const blueprint = buildBlueprint(spec, {
    today: asOf ?? context.clock.now(),
    accepted: accepted.map(({ rule }) => rule),
  });
  checkAccepted(accepted, blueprint);
  return { specFile, spec, blueprint, accepted, files: synthesize(blueprint) };
}

/** Writes the files of synth and returns their paths. */
export function writeLandingZone(folder: string, landingZone: LandingZone): readonly string[] {
  writeFiles(folder, landingZone.files);
  return landingZone.files.map((file) => path.join(folder, file.path));
}
