import * as path from 'node:path';
import { Problem } from '../kernel/errors.ts';
import { exists, readText } from '../kernel/files.ts';
import { type PlacedIntent, readIntents } from '../verify/index.ts';
import type { Context } from './context.ts';
import { absolute } from './global-flags.ts';

export const intentsFlag = {
  kind: 'parsed',
  parse: String,
  optional: true,
  brief: "The statements to prove; the state folder's intents.yaml, or out/intents.yaml",
  placeholder: 'FILE',
} as const;

/** The statements to prove: of the file given, the state folder's own, or what `synth` or `up` wrote last. */
export function loadIntents(
  context: Context,
  file: string | undefined,
  state: string | undefined,
): readonly PlacedIntent[] {
  const found = intentsFile(context, file, state);
  return readIntents(readText(found), found);
}

function intentsFile(context: Context, file: string | undefined, state: string | undefined): string {
  if (file !== undefined) return absolute(context, file);
  const folders = state === undefined || state === 'local' ? ['out'] : [state];
  for (const folder of folders) {
    const found = path.join(absolute(context, folder), 'intents.yaml');
    if (exists(found)) return found;
  }
  throw new Problem({
    code: 'INTENTS_NOT_FOUND',
    kind: 'usage',
    message: `There is no intents.yaml in ${folders.join(' or ')}.`,
    why: 'Without statements there is nothing to prove.',
    hint: 'Name them with --intents FILE; `aks-regulated synth` writes the landing zone’s own.',
  });
}
