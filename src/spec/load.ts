import * as path from 'node:path';
import { type Problem, throwIfAny } from '../kernel/errors.ts';
import { fileSize, readText } from '../kernel/files.ts';
import { checkSpec } from './check.ts';
import { readYaml, sizeLimit, tooLarge } from './read-yaml.ts';
import type { Spec } from './spec.ts';

export const specFileName = 'landing-zone.yaml';

/** Reads and checks a spec. Throws a `Problem` (`Problems` if there are several) of kind `usage`; `FILE_NOT_FOUND` when there is no file. */
export function loadSpec(file: string): Spec {
  if ((fileSize(file) ?? 0) > sizeLimit) throw tooLarge(file);
  return parseSpec(readText(file), file);
}

/** Checks the text of a spec; `file` is how places name it. All problems are reported at once, in the order of the file. */
export function parseSpec(text: string, file: string): Spec {
  const { spec, problems } = checkSpec(readYaml(text, file));
  throwIfAny([...problems].sort(byPlace));
  return spec;
}

const byPlace = (a: Problem, b: Problem): number =>
  (a.place?.line ?? 0) - (b.place?.line ?? 0) || (a.place?.column ?? 0) - (b.place?.column ?? 0);

/** The nearest `landing-zone.yaml` in a folder or above it. */
export function findSpec(startFolder: string): string | undefined {
  let folder = path.resolve(startFolder);
  for (;;) {
    const file = path.join(folder, specFileName);
    if (fileSize(file) !== undefined) return file;
    const parent = path.dirname(folder);
    if (parent === folder) return undefined;
    folder = parent;
  }
}
