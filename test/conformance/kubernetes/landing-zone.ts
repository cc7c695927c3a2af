import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

/** Without digests the tree's own rules refuse its pods. Nothing is pulled where this one is used; it is the digest of no image. */
const someDigest = `sha256:${'0123456789abcdef'.repeat(4)}`;

/**
 * What `synth` writes for the default landing zone, in a temporary folder. The day is today: the newest versions are the ones to test.
 * CONFORMANCE_LANDING_ZONE names a folder that `synth` has filled already, to try that one instead.
 * @param digest of the workload's image, which only the user's own build can know
 */
export function writeLandingZone(digest = someDigest): Written {
  const given = process.env.CONFORMANCE_LANDING_ZONE;
  if (given !== undefined && given !== '') return { folder: given, remove: () => undefined };
  const folder = mkdtempSync(path.join(tmpdir(), 'landing-zone-'));
  const specFile = path.join(folder, 'landing-zone.yaml');
  const text = readFileSync(path.resolve(import.meta.dirname, '../../../landing-zone.yaml'), 'utf8');
  writeFileSync(
    specFile,
    `${text}\nimages:\n  - { name: a0005/chain, digest: "${digest}" }\n  - { name: falcosecurity/falco, digest: "${someDigest}" }\n`,
  );
  writeFiles(folder, synthesize(buildBlueprint(loadSpec(specFile), { today: new Date() })));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
