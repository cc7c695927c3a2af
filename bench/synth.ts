/*
 * How long synth of the whole landing zone takes after start-up: from the text of landing-zone.yaml to the text of every file, beside the time in
 * which the same bytes are written to a new folder. The median of thirty runs, and the first one, which compiles the code.
 *
 *   npx tsx bench/synth.ts
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildBlueprint } from '../src/blueprint/build.ts';
import type { OutputFile } from '../src/model/deployments.ts';
import { parseSpec } from '../src/spec/load.ts';
import { synthesize } from '../src/synth/synthesize.ts';
import { writeFiles } from '../src/synth/write.ts';

const runs = 30;
const specFile = path.resolve(import.meta.dirname, '../landing-zone.yaml');
const work = mkdtempSync(path.join(tmpdir(), 'bench-synth-'));

function synth(text: string): readonly OutputFile[] {
  return synthesize(buildBlueprint(parseSpec(text, specFile), { today: new Date() }));
}

/** The baseline: bytes to a disk, with nothing else done. */
function writePlainly(folder: string, files: readonly OutputFile[]): void {
  for (const file of files) {
    const target = path.join(folder, file.path);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, file.text);
  }
}

function time(work: (run: number) => void): { readonly first: number; readonly median: number } {
  const all = Array.from({ length: runs }, (_, run) => {
    const started = performance.now();
    work(run);
    return performance.now() - started;
  });
  const sorted = [...all].sort((a, b) => a - b);
  return { first: all[0] ?? 0, median: sorted[runs >> 1] ?? 0 };
}

const text = readFileSync(specFile, 'utf8');
const made = time(() => void synth(text));
const files = synth(text);
const plainly = time((run) => writePlainly(path.join(work, `plain-${run}`), files));
const safely = time((run) => void writeFiles(path.join(work, `safe-${run}`), files));
rmSync(work, { recursive: true, force: true });

const bytes = files.reduce((sum, file) => sum + Buffer.byteLength(file.text), 0);
const resources = buildBlueprint(parseSpec(text, specFile)).parts.reduce((sum, part) => sum + part.resources.length, 0);
const row = (what: string, { first, median }: typeof made) =>
  `${what.padEnd(52)} ${first.toFixed(1).padStart(8)} ${median.toFixed(1).padStart(8)} ${(median / plainly.median).toFixed(2).padStart(8)}`;

console.log(
  `${resources} resources, ${files.length} files, ${(bytes / 1024).toFixed(0)} KiB; median of ${runs} runs, Node ${process.version}`,
);
console.log(`${''.padEnd(52)} ${'first ms'.padStart(8)} ${'ms'.padStart(8)} ${'ratio'.padStart(8)}`);
console.log(row('writing the same bytes, nothing else (baseline)', plainly));
console.log(row('synth: spec, blueprint and templates, in memory', made));
console.log(row('writing as synth does: atomically, with a manifest', safely));
