import { isInteger, isJsonObject, type JsonObject, keyOf, member, setMember } from '../json-value.ts';
import { memberOf } from '../member.ts';
import { markOpen } from '../residual.ts';
import { mergeDeep, sameValue } from './compare.ts';
import {
  arrayArg,
  type CallSite,
  countArg,
  define,
  defineContainer,
  defineStructural,
  type FunctionDefinition,
  integerArg,
  invalid,
  many,
  textArg,
  wrongType,
} from './definition.ts';
import { scalarText } from './to-text.ts';

const int32 = 2_147_483_647;
const maximumRange = 10_000;

function concat(args: readonly unknown[], site: CallSite): unknown {
  if (Array.isArray(args[0])) {
    const items = args.flatMap((_, i) => arrayArg(args, i, site));
    site.environment.meter.make(items.length);
    return markOpen(items, items);
  }
  const texts = args.map((_, i) => scalarText(args, i, site));
  site.environment.meter.make(texts.reduce((sum, text) => sum + text.length, 0));
  return texts.join('');
}

function contains([container, item]: readonly unknown[], site: CallSite): boolean {
  const { meter } = site.environment;
  if (Array.isArray(container)) return container.some((one) => sameValue(one, item, meter));
  if (isJsonObject(container)) return typeof item === 'string' && keyOf(container, item) !== undefined;
  if (typeof container === 'string') return container.includes(scalarText([container, item], 1, site));
  throw wrongType(site, 0, 'an array, an object or a string', container);
}

function length([value]: readonly unknown[], site: CallSite): number {
  if (typeof value === 'string' || Array.isArray(value)) return value.length;
  if (isJsonObject(value)) return Object.keys(value).length;
  throw wrongType(site, 0, 'an array, an object or a string', value);
}

function empty([value]: readonly unknown[], site: CallSite): boolean {
  return value === null || length([value], site) === 0;
}

function edge(args: readonly unknown[], site: CallSite, at: 0 | -1): unknown {
  const value = args[0];
  if (typeof value === 'string') return value.at(at) ?? '';
  return arrayArg(args, 0, site).at(at) ?? null;
}

/** A piece of an array or string; counts beyond the ends mean the ends. */
function piece(
  args: readonly unknown[],
  site: CallSite,
  cut: (count: number) => readonly [number, number | undefined],
) {
  const [start, end] = cut(Math.max(0, countArg(args, 1, site)));
  const value = args[0];
  if (typeof value === 'string') return value.slice(start, end);
  if (!Array.isArray(value)) throw wrongType(site, 0, 'an array or a string', value);
  const items = value.slice(start, end);
  return markOpen(items, items);
}

function union(args: readonly unknown[], site: CallSite): unknown {
  const { meter } = site.environment;
  if (Array.isArray(args[0]))
    return distinctItems(
      args.flatMap((_, i) => arrayArg(args, i, site)),
      site,
    );
  return args.reduce<JsonObject>((sum, arg, i) => {
    if (!isJsonObject(arg)) throw wrongType(site, i, 'an array or an object, all of one kind', arg);
    meter.spend(Object.keys(sum).length);
    return mergeDeep(sum, arg, meter);
  }, {});
}

function intersection(args: readonly unknown[], site: CallSite): unknown {
  const { meter } = site.environment;
  const [first, ...rest] = args;
  if (Array.isArray(first)) {
    const others = rest.map((_, i) => arrayArg(args, i + 1, site));
    return distinctItems(first, site).filter((item) =>
      others.every((other) => other.some((one) => sameValue(one, item, meter))),
    );
  }
  if (!isJsonObject(first)) throw wrongType(site, 0, 'an array or an object', first);
  const others = rest.map((other, i) => {
    if (!isJsonObject(other)) throw wrongType(site, i + 1, 'an array or an object, all of one kind', other);
    return other;
  });
  const result: JsonObject = {};
  for (const [key, value] of Object.entries(first)) {
    const everywhere = others.every(
      (other) => keyOf(other, key) !== undefined && sameValue(member(other, key), value, meter),
    );
    if (everywhere) setMember(result, key, value);
  }
  return result;
}

function distinctItems(items: readonly unknown[], site: CallSite): unknown[] {
  const { meter } = site.environment;
  const seen = new Set<unknown>();
  const result: unknown[] = [];
  for (const item of items) {
    const simple = typeof item !== 'object' || item === null;
    if (simple ? seen.has(item) : result.some((one) => sameValue(one, item, meter))) continue;
    meter.spend(1);
    seen.add(item);
    result.push(item);
  }
  return result;
}

function range(args: readonly unknown[], site: CallSite): number[] {
  const start = countArg(args, 0, site);
  const count = countArg(args, 1, site);
  if (count < 0 || count > maximumRange)
    throw invalid(site, `the count '${count}' has to be between '0' and '${maximumRange}'.`);
  if (start + count > int32) throw invalid(site, `the sum of start index and count should not exceed '${int32}'.`);
  site.environment.meter.make(count);
  return Array.from({ length: count }, (_, i) => start + i);
}

/** `max` and `min`: of integers, or of one array of them. */
function extreme(args: readonly unknown[], site: CallSite, better: (a: bigint, b: bigint) => boolean): unknown {
  const items = args.length === 1 && Array.isArray(args[0]) ? args[0] : args;
  if (items.length === 0) throw invalid(site, 'the array is empty.');
  let best = items[0];
  for (let i = 0; i < items.length; i++)
    if (better(integerArg(items, i, site), integerArg([best], 0, site))) best = items[i];
  return best;
}

function indexOf(args: readonly unknown[], site: CallSite, last: boolean): number {
  const container = args[0];
  const { meter } = site.environment;
  if (Array.isArray(container)) {
    const test = (one: unknown): boolean => sameValue(one, args[1], meter);
    return last ? container.findLastIndex(test) : container.findIndex(test);
  }
  const text = textArg(args, 0, site).toLowerCase();
  const wanted = textArg(args, 1, site).toLowerCase();
  return last ? text.lastIndexOf(wanted) : text.indexOf(wanted);
}

function fromEnd(args: readonly unknown[], site: CallSite): { readonly found: boolean; readonly value: unknown } {
  const items = arrayArg(args, 0, site);
  const back = countArg(args, 1, site);
  const at = items.length - back;
  return back >= 1 && at >= 0 ? { found: true, value: items[at] } : { found: false, value: null };
}

function tryGet([value, ...steps]: readonly unknown[], site: CallSite): unknown {
  let current = value;
  for (const [i, step] of steps.entries()) {
    if (current === null || current === undefined) return null;
    if (Array.isArray(current)) current = isInteger(step) ? (current[Number(step)] ?? null) : null;
    else if (isJsonObject(current)) {
      if (typeof step !== 'string') throw wrongType(site, i + 1, 'a string', step);
      current = keyOf(current, step) === undefined ? null : memberOf(current, step, 0);
    } else return null;
  }
  return current;
}

export const arrayFunctions: readonly FunctionDefinition[] = [
  defineContainer(
    'array',
    1,
    1,
    () => true,
    ([value]) => (Array.isArray(value) ? value : markOpen([value], [value])),
  ),
  defineStructural('concat', 1, many, concat),
  define('contains', 2, 2, contains),
  defineContainer(
    'createArray',
    0,
    many,
    () => false,
    (args) => markOpen([...args], args),
  ),
  define('distinct', 1, 1, (args, site) => distinctItems(arrayArg(args, 0, site), site)),
  defineStructural('empty', 1, 1, empty),
  defineStructural('first', 1, 1, (args, site) => edge(args, site, 0)),
  define('flatten', 1, 1, (args, site) => {
    const rows = arrayArg(args, 0, site);
    const items = rows.flatMap((_, i) => arrayArg(rows, i, site));
    site.environment.meter.make(items.length);
    return items;
  }),
  define('indexFromEnd', 2, 2, (args, site) => {
    const { found, value } = fromEnd(args, site);
    if (!found) throw invalid(site, `the index '${String(args[1])}' from the end is out of bounds.`);
    return value;
  }),
  define('indexOf', 2, 2, (args, site) => indexOf(args, site, false)),
  define('intersection', 2, many, intersection),
  defineStructural('last', 1, 1, (args, site) => edge(args, site, -1)),
  define('lastIndexOf', 2, 2, (args, site) => indexOf(args, site, true)),
  defineStructural('length', 1, 1, length),
  define('max', 1, many, (args, site) => extreme(args, site, (a, b) => a > b)),
  define('min', 1, many, (args, site) => extreme(args, site, (a, b) => a < b)),
  define('range', 2, 2, range),
  defineStructural('skip', 2, 2, (args, site) => piece(args, site, (count) => [count, undefined])),
  defineStructural('take', 2, 2, (args, site) => piece(args, site, (count) => [0, count])),
  defineStructural('tryGet', 2, many, tryGet),
  define('tryIndexFromEnd', 2, 2, (args, site) => fromEnd(args, site).value),
  define('union', 2, many, union),
];
