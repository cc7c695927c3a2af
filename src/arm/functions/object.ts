import { Problem } from '../../kernel/errors.ts';
import { readJson } from '../json-reader.ts';
import { isJsonObject, type JsonObject, setMember } from '../json-value.ts';
import { markOpen } from '../residual.ts';
import { sortedKeys } from './compare.ts';
import {
  arrayArg,
  type CallSite,
  define,
  defineContainer,
  type FunctionDefinition,
  invalid,
  many,
  objectArg,
  textArg,
  wrongType,
} from './definition.ts';

function createObject(args: readonly unknown[], site: CallSite): JsonObject {
  if (args.length % 2 !== 0)
    throw invalid(site, 'an even number of arguments is needed: each key has to have a value.');
  const result: JsonObject = {};
  for (let i = 0; i < args.length; i += 2) setMember(result, textArg(args, i, site), args[i + 1]);
  return markOpen(result, args);
}

/** Reads a JSON text in an expression; integers keep all 64 bits. */
export function parseJson(text: string, site: CallSite): unknown {
  try {
    return readJson(text, '', { bigIntegers: true }).value;
  } catch (error) {
    if (error instanceof Problem) throw invalid(site, `the text is not valid JSON: ${error.message}`);
    throw error;
  }
}

function shallowMerge(args: readonly unknown[], site: CallSite): JsonObject {
  const result: JsonObject = {};
  for (const [i, part] of arrayArg(args, 0, site).entries()) {
    if (!isJsonObject(part)) throw wrongType(site, i, 'an array of objects', part);
    for (const [key, value] of Object.entries(part)) setMember(result, key, value);
    site.environment.meter.spend(Object.keys(part).length);
  }
  return result;
}

export const objectFunctions: readonly FunctionDefinition[] = [
  defineContainer('createObject', 0, many, (position) => position % 2 === 0, createObject),
  define('items', 1, 1, (args, site) => {
    const object = objectArg(args, 0, site);
    return sortedKeys(object).map((key) => ({ key, value: object[key] }));
  }),
  define('json', 1, 1, (args, site) => parseJson(textArg(args, 0, site), site)),
  define('null', 0, 0, () => null),
  define('objectKeys', 1, 1, (args, site) => sortedKeys(objectArg(args, 0, site))),
  define('shallowMerge', 1, 1, shallowMerge),
];
