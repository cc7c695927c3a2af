import { isInteger, isJsonObject, jsonType } from '../json-value.ts';
import type { Meter } from '../meter.ts';
import type { CallSite } from './definition.ts';
import { wrongType } from './definition.ts';

/** What `string()` gives: strings as they are, booleans capitalised as .NET does, containers as JSON without blanks. */
export function toText(value: unknown, meter: Meter): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? toJson(value, meter) : String(value);
}

/** As `toText` for strings, numbers and booleans; anything else is refused: `concat`, `guid`, `uniqueString` take no containers. */
export function scalarText(args: readonly unknown[], at: number, site: CallSite): string {
  const value = args[at];
  if (typeof value === 'string') return value;
  if (isInteger(value) || typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  throw wrongType(site, at, 'a string, an integer or a boolean', value);
}

/** JSON without blanks; charged as it grows, because shared parts may stand in it many times. */
export function toJson(value: unknown, meter: Meter): string {
  let size = 0;
  const add = (text: string): string => {
    size += text.length;
    meter.fits(size);
    return text;
  };
  const write = (item: unknown): string => {
    meter.spend(1);
    if (Array.isArray(item)) return `${add('[')}${item.map(write).join(',')}${add(']')}`;
    if (isJsonObject(item)) {
      const members = Object.entries(item).map(([key, child]) => `${add(JSON.stringify(key))}:${write(child)}`);
      return `${add('{')}${members.join(',')}${add('}')}`;
    }
    if (typeof item === 'bigint') return add(String(item));
    const text = JSON.stringify(item);
    if (text === undefined) throw new TypeError(`${jsonType(item)} is not JSON`);
    return add(text);
  };
  return write(value);
}
