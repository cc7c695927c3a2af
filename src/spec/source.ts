import type { Problem } from '../kernel/errors.ts';
import type { Place } from '../kernel/place.ts';
import { formatPath, type Path } from './path.ts';

/** The user's file as data, and where each part of it stands. */
export interface Source {
  readonly file: string;
  /** Maps are objects without a prototype. */
  readonly value: unknown;
  /** Where a value stands; of a map or list, where its key stands. */
  readonly values: ReadonlyMap<string, Place>;
  /** Where the key of a value stands. */
  readonly keys: ReadonlyMap<string, Place>;
  /** The text of plain scalars that YAML does not take for texts: `0001`, `yes`. */
  readonly plainTexts: ReadonlyMap<string, string>;
  /** What is wrong already, although the file can be read: secrets. */
  readonly problems: readonly Problem[];
}

/** The place of a value or, if it is not in the file, of the nearest thing around it; undefined when even its section is absent. */
export function placeNear(source: Source, path: Path): Place | undefined {
  for (let length = path.length; length > 0; length--) {
    const place = source.values.get(formatPath(path.slice(0, length)));
    if (place !== undefined) return place;
  }
  return undefined;
}

/** The place of a key; of its value where it has none (list items). */
export function placeOfKey(source: Source, path: Path): Place | undefined {
  return source.keys.get(formatPath(path)) ?? placeNear(source, path);
}

export function startOf(file: string): Place {
  return { file, line: 1, column: 1 };
}
