import { atLine, templateParseError } from './arm-failures.ts';
import type { JsonPath } from './json-document.ts';
import { isJsonObject, type JsonObject, jsonType, keyOf, member } from './json-value.ts';
import {
  maximumAsserts,
  maximumIdentifierLength,
  maximumOutputs,
  maximumParameters,
  maximumVariables,
} from './limits.ts';
import { placeIn, type TemplateSource, type Violations } from './violations.ts';

/** A named part of a template with the way to it. */
export interface Named {
  readonly name: string;
  readonly value: unknown;
  readonly path: JsonPath;
}

/** A template taken apart, nothing evaluated. Maps go by name in lower case. */
export interface TemplateModel {
  readonly source: TemplateSource;
  readonly value: JsonObject;
  /** Language version 2.0 or later. */
  readonly modern: boolean;
  /** Resources carry symbolic names. */
  readonly symbolic: boolean;
  readonly parameters: ReadonlyMap<string, Named>;
  readonly variables: ReadonlyMap<string, Named>;
  readonly variableCopies: { readonly loops: readonly JsonObject[]; readonly path: JsonPath } | undefined;
  readonly functions: ReadonlyMap<string, Named>;
  readonly outputs: readonly Named[];
  /** Expressions that have to be true (Bicep's `assert`). */
  readonly asserts: readonly Named[];
  readonly definitions: JsonObject;
  /** With their symbolic names where the template has them. */
  readonly resources: readonly Named[];
}

/** `https://schema.management.azure.com/schemas/VERSION/NAME.json#`: version and name. */
export const schemaForm = /^https?:\/\/schema\.management\.azure\.com\/schemas\/([^/]+)\/([A-Za-z]+)\.json#?$/i;

/** Sections for resources that no resource provider of Azure serves. */
const extensible = ['imports', 'extensions'] as const;

const knownMembers = new Set(
  [
    '$schema',
    'contentVersion',
    'apiProfile',
    'languageVersion',
    'definitions',
    'metadata',
    'parameters',
    'functions',
    'variables',
    'resources',
    'outputs',
    'rules',
    'asserts',
    ...extensible,
  ].map((name) => name.toLowerCase()),
);

/** Checks the outline of a template and takes it apart. Throws `ArmError` when it is no template at all. */
export function readTemplate(source: TemplateSource, value: unknown, violations: Violations): TemplateModel {
  const fail = (message: string, path: JsonPath): never => {
    throw templateParseError(message, placeIn(source, path));
  };
  if (!isJsonObject(value))
    return fail(`Error reading the template: expected 'Object'. Actual '${jsonType(value)}'.`, []);
  for (const name of ['$schema', 'contentVersion', 'resources']) {
    if (member(value, name) === undefined)
      fail(`Required property '${name}' not found in JSON. Path ''${lineOf(source, [])}.`, []);
  }
  for (const key of Object.keys(value)) {
    if (!knownMembers.has(key.toLowerCase()))
      violations.add(
        `Could not find member '${key}' on object of type 'Template'. Path '${key}'${lineOf(source, [key])}`,
        [key],
      );
  }
  checkTexts(value, violations);
  checkSchema(value, violations);
  const section = (name: string): { readonly object: JsonObject; readonly path: JsonPath } => {
    const key = keyOf(value, name);
    const found = key === undefined ? undefined : value[key];
    if (key === undefined || found === null || found === undefined) return { object: {}, path: [name] };
    if (!isJsonObject(found))
      return fail(`The template section '${name}' is not valid: expected 'Object'. Actual '${jsonType(found)}'.`, [
        key,
      ]);
    return { object: found, path: [key] };
  };
  const parameters = named(section('parameters'));
  const { variables, variableCopies } = readVariables(section('variables'), fail);
  const outputs = named(section('outputs'));
  const asserts = named(section('asserts'));
  limit('parameters', parameters.length, maximumParameters, violations);
  limit('variables', variables.length + (variableCopies?.loops.length ?? 0), maximumVariables, violations);
  limit('outputs', outputs.length, maximumOutputs, violations);
  limit('asserts', asserts.length, maximumAsserts, violations);
  refuseExtensible(value, violations);
  const functions = readFunctions(value, fail);
  const loops = (variableCopies?.loops ?? []).map((loop, i) => ({
    name: String(member(loop, 'name')),
    value: loop,
    path: [...(variableCopies?.path ?? []), i],
  }));
  checkNames('parameter', parameters, violations);
  checkNames('variable', [...variables, ...loops], violations);
  checkNames('output', outputs, violations);
  checkNames('function', functions, violations);
  const resources = readResources(value, fail);
  return {
    source,
    value,
    modern: isModern(value),
    symbolic: !Array.isArray(member(value, 'resources')),
    parameters: byName(parameters),
    variables: byName(variables),
    variableCopies,
    functions: byName(functions),
    outputs,
    asserts,
    definitions: section('definitions').object,
    resources,
  };
}

/** Extensions deploy to something else than Azure Resource Manager: refused by name rather than left out. */
function refuseExtensible(value: JsonObject, violations: Violations): void {
  for (const name of extensible) {
    const key = keyOf(value, name);
    const found = key === undefined ? undefined : value[key];
    if (key === undefined || found === undefined || found === null) continue;
    if (isJsonObject(found) && Object.keys(found).length === 0) continue;
    violations.add(`The template section '${key}' is not supported here: resources of extensions are not modelled.`, [
      key,
    ]);
  }
}

type Fail = (message: string, path: JsonPath) => never;

function checkTexts(value: JsonObject, violations: Violations): void {
  for (const name of ['$schema', 'contentVersion', 'languageVersion']) {
    const key = keyOf(value, name);
    if (key !== undefined && typeof value[key] !== 'string')
      violations.add(
        `The template member '${name}' is not valid: expected 'String'. Actual '${jsonType(value[key])}'.`,
        [key],
      );
  }
}

const schemaVersions = ['2014-04-01-preview', '2015-01-01', '2018-05-01', '2019-04-01', '2019-08-01'];

/**
 * The version of the schema must be one that the service knows (microsoft/vscode-azurearmtools, tests of invalid schemas: the service's
 * sentence). Which scope it is for is not looked at there; `lint` warns.
 */
function checkSchema(value: JsonObject, violations: Violations): void {
  const key = keyOf(value, '$schema');
  const schema = key === undefined ? undefined : value[key];
  if (key === undefined || typeof schema !== 'string') return;
  const [, version = ''] = schemaForm.exec(schema) ?? [];
  if (schemaVersions.includes(version)) return;
  violations.add(
    `Template schema '${schema.slice(0, 200)}' is not supported. Supported versions are '${schemaVersions.join(',')}'. Please see https://aka.ms/arm-template for usage details.`,
    [key],
  );
}

function named({ object, path }: { readonly object: JsonObject; readonly path: JsonPath }): Named[] {
  return Object.entries(object).map(([name, value]) => ({ name, value, path: [...path, name] }));
}

/** Names are the same whatever their case, and of a bounded length. */
function checkNames(what: string, list: readonly Named[], violations: Violations): void {
  const seen = new Map<string, string>();
  for (const { name, path } of list) {
    const key = name.toLowerCase();
    const before = seen.get(key);
    seen.set(key, name);
    if (before !== undefined)
      violations.add(
        `The template ${what} '${name.slice(0, 80)}' is not valid: '${before.slice(0, 80)}' is the same name. Names are compared without regard to case.`,
        path,
      );
    if (name.length > maximumIdentifierLength)
      violations.add(
        `The template ${what} '${name.slice(0, 80)}…' is not valid: its name is longer than '${maximumIdentifierLength}' characters.`,
        path,
      );
  }
}

function byName(list: readonly Named[]): ReadonlyMap<string, Named> {
  return new Map(list.map((one) => [one.name.toLowerCase(), one]));
}

function readVariables(
  section: { readonly object: JsonObject; readonly path: JsonPath },
  fail: Fail,
): Pick<TemplateModel, 'variableCopies'> & { readonly variables: Named[] } {
  const all = named(section);
  const copy = all.find((one) => one.name.toLowerCase() === 'copy' && Array.isArray(one.value));
  if (copy === undefined) return { variables: all, variableCopies: undefined };
  const loops = copy.value as readonly unknown[];
  if (!loops.every(isJsonObject)) return fail("The 'copy' of variables has to be an array of objects.", copy.path);
  return { variables: all.filter((one) => one !== copy), variableCopies: { loops, path: copy.path } };
}

function readFunctions(value: JsonObject, fail: Fail): Named[] {
  const key = keyOf(value, 'functions');
  const found = key === undefined ? undefined : value[key];
  if (key === undefined || found === null || found === undefined) return [];
  if (!Array.isArray(found))
    return fail(`The template section 'functions' is not valid: expected 'Array'. Actual '${jsonType(found)}'.`, [key]);
  return found.flatMap((space: unknown, i) => {
    const namespace = isJsonObject(space) ? member(space, 'namespace') : undefined;
    const members = isJsonObject(space) ? member(space, 'members') : undefined;
    if (typeof namespace !== 'string' || !isJsonObject(members))
      return fail("A namespace of template functions has to have 'namespace' and 'members'.", [key, i]);
    const membersKey = keyOf(space as JsonObject, 'members') ?? 'members';
    return Object.entries(members).map(([name, one]) => ({
      name: `${namespace}.${name}`,
      value: one,
      path: [key, i, membersKey, name],
    }));
  });
}

function readResources(value: JsonObject, fail: Fail): Named[] {
  const key = keyOf(value, 'resources') ?? 'resources';
  const resources = value[key];
  if (Array.isArray(resources)) return resources.map((one, i) => ({ name: '', value: one, path: [key, i] }));
  if (!isJsonObject(resources) || !isModern(value))
    return fail(
      `The template section 'resources' is not valid: expected 'Array'${isJsonObject(resources) ? " ('Object' needs languageVersion '2.0')" : ''}. Actual '${jsonType(resources)}'.`,
      [key],
    );
  return Object.entries(resources).map(([name, one]) => ({ name, value: one, path: [key, name] }));
}

function isModern(value: JsonObject): boolean {
  const version = member(value, 'languageVersion');
  return typeof version === 'string' && version.startsWith('2');
}

function limit(what: string, actual: number, most: number, violations: Violations): void {
  if (actual > most)
    violations.add(
      `The number of template ${what} limit exceeded. Limit: '${most}' and actual: '${actual}'. Please see https://aka.ms/arm-template-limits for usage details.`,
      [what],
    );
}

/** `, line 3, position 5`, as the reader's own messages have it. */
function lineOf(source: TemplateSource, path: JsonPath): string {
  return atLine(placeIn(source, path)).replace(/ at line '(\d+)' and column '(\d+)'/, ', line $1, position $2');
}
