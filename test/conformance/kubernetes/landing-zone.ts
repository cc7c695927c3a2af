import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildBlueprint } from '../../../src/blueprint/build.ts';
import { loadSpec } from '../../../src/spec/load.ts';
import { synthesize } from '../../../src/synth/synthesize.ts';
import { writeFiles } from '../../../src/synth/write.ts';

export interface Written {
  readonly folder: string;
  remove(): void;
}

/**
 * What `synth` writes for the default landing zone, in a temporary folder. The day is today: the newest versions are the ones to test.
 * CONFORMANCE_LANDING_ZONE names a folder that `synth` has filled already, to try that one instead.
 */
export function writeLandingZone(specFile = path.resolve(import.meta.dirname, '../../../landing-zone.yaml')): Written {
  const given = process.env.CONFORMANCE_LANDING_ZONE;
  if (given !== undefined && given !== '') return { folder: given, remove: () => undefined };
  const folder = mkdtempSync(path.join(tmpdir(), 'landing-zone-'));
  writeFiles(folder, synthesize(buildBlueprint(loadSpec(specFile), { today: new Date() })));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
