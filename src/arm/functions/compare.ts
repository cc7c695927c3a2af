import { isInteger, isJsonObject, type JsonObject, keyOf, setMember } from '../json-value.ts';
import type { Meter } from '../meter.ts';

/** Whether two values are the same: strings to the letter, names of members without regard to case or order. */
export function sameValue(a: unknown, b: unknown, meter: Meter): boolean {
  meter.spend(1);
  if (a === b) return true;
  if (isInteger(a) && isInteger(b)) return BigInt(a) === BigInt(b);
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, i) => sameValue(item, b[i], meter));
  if (!isJsonObject(a) || !isJsonObject(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => {
      const other = keyOf(b, key);
      return other !== undefined && sameValue(a[key], b[other], meter);
    })
  );
}

/** Merges `from` into a copy of `into`: objects member by member all the way down, everything else replaced. */
export function mergeDeep(into: JsonObject, from: JsonObject, meter: Meter): JsonObject {
  const result: JsonObject = { ...into };
  for (const [key, value] of Object.entries(from)) {
    meter.spend(1);
    const before = keyOf(result, key);
    const old = before === undefined ? undefined : result[before];
    setMember(result, before ?? key, isJsonObject(old) && isJsonObject(value) ? mergeDeep(old, value, meter) : value);
  }
  return result;
}

const collator = new Intl.Collator('en');

/** The order of strings in .NET's invariant culture: letters before case, lower case first. */
export function compareTexts(a: string, b: string): number {
  return collator.compare(a, b);
}

/** Names in the order in which ARM lists the members of an object. */
export function sortedKeys(object: JsonObject): readonly string[] {
  return Object.keys(object).sort((a, b) => {
    const [x, y] = [a.toLowerCase(), b.toLowerCase()];
    return x < y ? -1 : x > y ? 1 : a < b ? -1 : a > b ? 1 : 0;
  });
}
