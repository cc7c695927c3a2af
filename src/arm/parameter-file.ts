import { Problem } from '../kernel/errors.ts';
import type { GivenParameter, GivenParameters } from './given-parameters.ts';
import { isJsonDocument, type JsonDocument } from './json-document.ts';
import { isJsonObject, type JsonObject, jsonType, keyOf, member, setMember } from './json-value.ts';

/**
 * Reads parameters: a deploymentParameters.json document (`{$schema, contentVersion, parameters}`), or a plain map of
 * `{name: {value | reference}}`. Throws a `Problem` with the place (`ARM_PARAMETERS_MALFORMED`).
 */
export function readParameterFile(document: JsonDocument | unknown): GivenParameters {
  const source = isJsonDocument(document) ? document : undefined;
  const root: unknown = source === undefined ? document : source.value;
  const fail = (message: string, path: readonly string[]): never => {
    const place = source?.place(path);
    throw new Problem({
      code: 'ARM_PARAMETERS_MALFORMED',
      message,
      place,
      kind: 'usage',
      hint: 'A parameter file is {"parameters": {"name": {"value": …}}}.',
    });
  };
  if (!isJsonObject(root)) return fail(`Parameters have to be an object, not ${jsonType(root)}.`, []);
  const wrapped = isWrapped(root);
  const key = keyOf(root, 'parameters');
  const map = wrapped && key !== undefined ? root[key] : root;
  const path = wrapped && key !== undefined ? [key] : [];
  if (!isJsonObject(map)) return fail(`"parameters" has to be an object, not ${jsonType(map)}.`, path);
  const result: JsonObject = {};
  for (const [name, given] of Object.entries(map)) {
    if (!isJsonObject(given))
      return fail(`The parameter "${name}" has to be an object with "value" or "reference".`, [...path, name]);
    const value = member(given, 'value');
    const reference = member(given, 'reference');
    const expression = member(given, 'expression');
    if (value === undefined && reference === undefined && expression === undefined)
      return fail(`The parameter "${name}" has neither "value" nor "reference".`, [...path, name]);
    const parameter: GivenParameter =
      reference !== undefined ? { reference } : expression !== undefined ? { expression } : { value };
    setMember(result, name, parameter);
  }
  return result as GivenParameters;
}

/** Whether an object is a whole file. A map with one parameter called "parameters" is not. */
function isWrapped(root: JsonObject): boolean {
  if (keyOf(root, '$schema') !== undefined || keyOf(root, 'contentVersion') !== undefined) return true;
  const inner = member(root, 'parameters');
  return isJsonObject(inner) && member(inner, 'value') === undefined && member(inner, 'reference') === undefined;
}
