import * as path from 'node:path';
import { messageOf, Problem } from '../../kernel/errors.ts';
import { readText } from '../../kernel/files.ts';
import type { ArmResource } from '../../model/resource.ts';
import type { State } from '../../model/state.ts';
import { readStateObjects } from './read-objects.ts';

/**
 * A state as `state export` writes it, or as anybody collects it: `resources.json`, an array of resources as ARM returns them, and
 * Kubernetes manifests beside it.
 */
export function readStateFolder(folder: string, origin: string): State {
  const file = path.join(folder, 'resources.json');
  const resources = parse(readText(file), file);
  const { objects, notes } = readStateObjects(folder, resources);
  return { resources, objects, origin, assumptions: notes };
}

function parse(text: string, file: string): readonly ArmResource[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Problem({
      code: 'STATE_MALFORMED',
      kind: 'usage',
      message: `${file} is not JSON: ${messageOf(error)}.`,
      place: placeOf(text, messageOf(error), file),
      cause: error,
    });
  }
  const wrong = (what: string): Problem =>
    new Problem({
      code: 'STATE_MALFORMED',
      kind: 'usage',
      message: `${file}: ${what}.`,
      hint: 'It must be an array of resources, each with id, name and type, as ARM returns them.',
    });
  if (!Array.isArray(value)) throw wrong('it does not hold an array');
  value.forEach((item, i) => {
    const { id, name, type } = (item ?? {}) as Record<string, unknown>;
    if (typeof id !== 'string' || typeof name !== 'string' || typeof type !== 'string') {
      throw wrong(`item ${i} has no id, name or type`);
    }
  });
  return value as readonly ArmResource[];
}

/** V8 says where JSON breaks as `position 123`; people count lines. */
function placeOf(text: string, message: string, file: string) {
  const position = /position (\d+)/.exec(message)?.[1];
  if (position === undefined) return { file, line: 1, column: 1 };
  const before = text.slice(0, Number(position)).split('\n');
  return { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
