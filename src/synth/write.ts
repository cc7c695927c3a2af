import * as path from 'node:path';
import { messageOf, Problem, throwIfAny } from '../kernel/errors.ts';
import {
  exists,
  isDirectory,
  makeFolder,
  readText,
  realPath,
  removeFile,
  writeTextAtomically,
} from '../kernel/files.ts';
import { sha256 } from '../kernel/hash.ts';
import type { OutputFile } from '../model/deployments.ts';

/** The list of the files that synth has made in a folder, with their digests, kept in that folder. */
const manifestName = '.synth-manifest.json';
const manifestSchema = 'aks-regulated/synth-manifest';

/** Path → SHA-256 of the text that was written there. */
type Manifest = Readonly<Record<string, string>>;

/** What happened to each file, by path relative to the folder. */
export interface WriteReport {
  readonly written: readonly string[];
  readonly unchanged: readonly string[];
  /** Made by an earlier synth, no longer part of the landing zone, and untouched since. */
  readonly removed: readonly string[];
  /** Made by an earlier synth and no longer part, but changed since by somebody: left as they are. */
  readonly kept: readonly string[];
}

/**
 * Writes the files of synth into a folder, each atomically, and removes those that an earlier synth made there and this one does
 * not. Files that synth did not make are never touched: one that stands where a file has to go is refused
 * (`SYNTH_FOREIGN_FILE`). Nothing is written outside of the folder, not even through a symbolic link (`SYNTH_PATH_OUTSIDE`).
 * A killed run leaves whole files, and the next run knows them as its own.
 */
export function writeFiles(folder: string, files: readonly OutputFile[]): WriteReport {
  makeFolder(folder);
  const root = realPath(folder) ?? path.resolve(folder);
  const before = readManifest(root);
  throwIfAny([...pathProblems(root, files), ...foreignFiles(root, files, before)]);
  const after: Manifest = Object.fromEntries(files.map((file) => [file.path, sha256(file.text)]));
  // Both lists first: a run that is killed from here on has claimed whatever it may have written.
  if (JSON.stringify(before) !== JSON.stringify(after)) writeManifest(root, { ...before, ...after });

  const written: string[] = [];
  const unchanged: string[] = [];
  for (const file of files) {
    const target = path.join(root, file.path);
    if (exists(target) && readText(target) === file.text) unchanged.push(file.path);
    else {
      writeTextAtomically(target, file.text);
      written.push(file.path);
    }
  }
  const removed: string[] = [];
  const kept: string[] = [];
  for (const [stale, digest] of Object.entries(before)) {
    const target = path.join(root, stale);
    if (Object.hasOwn(after, stale) || !exists(target)) continue;
    if (sha256(readText(target)) === digest) {
      removeFile(target);
      removed.push(stale);
    } else kept.push(stale);
  }
  writeManifest(root, after);
  return { written, unchanged, removed, kept };
}

function pathProblems(root: string, files: readonly OutputFile[]): readonly Problem[] {
  const problems: Problem[] = [];
  const seen = new Map<string, string>();
  for (const file of files) {
    if (!isInside(root, file.path)) problems.push(outside(file.path));
    const other = seen.get(file.path.toLowerCase());
    if (other !== undefined) {
      problems.push(
        new Problem({
          code: 'SYNTH_PATHS_COLLIDE',
          message: `${other} and ${file.path} are one file where names are compared without regard to case.`,
        }),
      );
    }
    seen.set(file.path.toLowerCase(), file.path);
  }
  return problems;
}

function outside(file: string): Problem {
  return new Problem({
    code: 'SYNTH_PATH_OUTSIDE',
    message: `${file} does not stay inside the output folder.`,
    why: 'It has "..", an absolute path or a backslash in it, is the manifest, or leads through a symbolic link to another folder.',
  });
}

/** Whether a relative path is plain, and every folder on its way that is there already really lies in the root. */
function isInside(root: string, relative: string): boolean {
  const segments = relative.split('/');
  if (relative.includes('\\') || relative.includes('\0') || /^[A-Za-z]:/.test(relative)) return false;
  if (segments.some((segment) => segment === '' || segment === '.' || segment === '..')) return false;
  if (relative.toLowerCase() === manifestName) return false;
  for (let length = 1; length < segments.length; length++) {
    const folder = path.join(root, ...segments.slice(0, length));
    const real = realPath(folder);
    if (real !== undefined && real !== folder) return false;
  }
  return true;
}

function foreignFiles(root: string, files: readonly OutputFile[], manifest: Manifest): readonly Problem[] {
  return files.flatMap((file) => {
    const target = path.join(root, file.path);
    if (Object.hasOwn(manifest, file.path) || !exists(target)) return [];
    if (!isDirectory(target) && readText(target) === file.text) return [];
    return new Problem({
      code: 'SYNTH_FOREIGN_FILE',
      message: `${target} is in the way, and it was not made by synth.`,
      hint: 'Move it, or give another output folder.',
    });
  });
}

function readManifest(root: string): Manifest {
  const file = path.join(root, manifestName);
  if (!exists(file)) return {};
  const invalid = (what: string): Problem =>
    new Problem({
      code: 'SYNTH_MANIFEST_INVALID',
      message: `${file} ${what}.`,
      why: 'It says which files of this folder are ours to replace.',
      hint: 'Delete it; files that are in the way will then be named.',
    });
  let parsed: unknown;
  try {
    parsed = JSON.parse(readText(file));
  } catch (error) {
    throw error instanceof Problem ? error : invalid(`is not JSON: ${messageOf(error)}`);
  }
  const files = (parsed as { readonly files?: unknown } | null)?.files;
  if (typeof files !== 'object' || files === null) throw invalid('has no list of files');
  for (const [relative, digest] of Object.entries(files)) {
    if (typeof digest !== 'string' || !isInside(root, relative)) throw invalid(`lists ${relative}, which it may not`);
  }
  return files as Manifest;
}

function writeManifest(root: string, files: Manifest): void {
  const sorted = Object.fromEntries(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)));
  const text = `${JSON.stringify({ schema: manifestSchema, version: 1, files: sorted }, undefined, 2)}\n`;
  const file = path.join(root, manifestName);
  if (!exists(file) || readText(file) !== text) writeTextAtomically(file, text);
}
