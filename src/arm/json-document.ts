import type { Place } from '../kernel/place.ts';

export type JsonPath = readonly (string | number)[];

/** A JSON text as a value that still knows where each part stands. */
export interface JsonDocument {
  readonly value: unknown;
  readonly file: string;
  /** Where the value at `path` begins; the nearest thing around it that exists when there is nothing; undefined for a path into nothing. */
  place(path: JsonPath): Place | undefined;
}

/** Offsets of the members of each object and array of a text. */
export type Offsets = WeakMap<object, ReadonlyMap<string | number, number>>;

/** Makes a document of a value and the offsets of its parts. */
export function jsonDocument(text: string, file: string, value: unknown, root: number, offsets: Offsets): JsonDocument {
  let starts: readonly number[] | undefined;
  const place = (path: JsonPath): Place => {
    let offset = root;
    let current: unknown = value;
    for (const step of path) {
      if (typeof current !== 'object' || current === null) break;
      const next = offsets.get(current)?.get(step);
      if (next === undefined) break;
      offset = next;
      current = (current as { readonly [key: string]: unknown })[step];
    }
    starts ??= lineStarts(text);
    return { file, ...positionOf(starts, offset), ...(path.length === 0 ? {} : { path: formatPath(path) }) };
  };
  return { value, file, place };
}

/** A value that was never text: it has no places. */
export function documentOf(value: unknown): JsonDocument {
  return isJsonDocument(value) ? value : { value, file: '', place: () => undefined };
}

/** Whether something is a document: no value of JSON has a function in it. */
export function isJsonDocument(value: unknown): value is JsonDocument {
  return typeof value === 'object' && value !== null && 'place' in value && typeof value.place === 'function';
}

/** The part of a document below a path as a document of its own, with the places of the whole. Undefined when there is nothing. */
export function documentAt(document: JsonDocument, path: JsonPath): JsonDocument | undefined {
  let value = document.value;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as { readonly [key: string]: unknown })[step];
  }
  return { value, file: document.file, place: (below) => document.place([...path, ...below]) };
}

/** `resources[0].properties['a b']`. */
export function formatPath(path: JsonPath): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else if (/^[\w$-]+$/.test(step)) text += text === '' ? step : `.${step}`;
    else text += `['${step}']`;
  }
  return text;
}

/** Offsets at which lines begin; CR LF, LF and CR each end one. */
export function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 10 || (code === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1);
  }
  return starts;
}

/** Line and column of an offset, both from 1. */
export function positionOf(
  starts: readonly number[],
  offset: number,
): { readonly line: number; readonly column: number } {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] as number) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (starts[low] as number) + 1 };
}
