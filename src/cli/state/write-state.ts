import * as path from 'node:path';
import { writeTextAtomically } from '../../kernel/files.ts';
import { sha256 } from '../../kernel/hash.ts';
import type { State } from '../../model/state.ts';

/** Writes a state as a folder that `--state` takes. Returns the paths written and the digest of `resources.json`. */
export function writeState(
  folder: string,
  state: State,
): { readonly files: readonly string[]; readonly digest: string } {
  const file = path.join(folder, 'resources.json');
  const resources = [...state.resources].sort((a, b) => (a.id.toLowerCase() < b.id.toLowerCase() ? -1 : 1));
  const text = `${JSON.stringify(resources, undefined, 2)}\n`;
  writeTextAtomically(file, text);
  return { files: [file], digest: sha256(text) };
}
