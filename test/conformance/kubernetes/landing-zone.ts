import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildBlueprint } from '../../../src/blueprint/build.ts';
import type { OutputFile } from '../../../src/model/deployments.ts';
import { loadSpec } from '../../../src/spec/load.ts';
import { synthesize } from '../../../src/synth/synthesize.ts';
import { writeFiles } from '../../../src/synth/write.ts';

export interface Written {
  readonly folder: string;
  readonly files: readonly OutputFile[];
  remove(): void;
}

/** What `synth` writes for the default landing zone, in a temporary folder. The day is today: the newest versions are the ones to test. */
export function writeLandingZone(specFile = path.resolve(import.meta.dirname, '../../../landing-zone.yaml')): Written {
  const folder = mkdtempSync(path.join(tmpdir(), 'landing-zone-'));
  const files = synthesize(buildBlueprint(loadSpec(specFile), { today: new Date() }));
  writeFiles(folder, files);
  return { folder, files, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
