import { isMap, isScalar, isSeq, LineCounter, type Node, type ParsedNode, parseDocument, type YAMLMap } from 'yaml';
import { type DeploymentScope, type GivenParameters, parseScope, readJson, readParameterFile } from '../arm/index.ts';
import { messageOf, Problem, throwIfAny } from '../kernel/errors.ts';
import { nearest } from '../kernel/nearest.ts';
import type { Place } from '../kernel/place.ts';
import type { DeploymentEntry } from '../model/deployments.ts';
import { roleNames } from '../model/role.ts';
import { stageNames } from '../model/stage.ts';

/** A folder of deployments, as far as it has been read: ours or anybody's. */
export interface DeploymentFolder {
  /** How to call the list of deployments in messages, e.g. `out/deployments.yaml`. */
  readonly file: string;
  /** The text of that file. */
  readonly text: string;
  /** The text of a file of the folder by its path relative to the list, or undefined when there is none. */
  read(path: string): string | undefined;
}

/** A deployment with everything that is needed to run it. */
export interface ReadDeployment {
  readonly entry: DeploymentEntry;
  readonly scope: Extract<DeploymentScope, { readonly subscriptionId: string }>;
  /** The text of the template, not yet looked at. */
  readonly template: string;
  /** As a deployment request takes them, whether they came from a file or stood inline. */
  readonly parameters: GivenParameters;
  /** Where the entry stands. */
  readonly place: Place;
}

const required = ['template', 'scope', 'name'] as const;
const known = [...required, 'parameters', 'location', 'stage', 'role', 'runsFrom'] as const;
const places = ['anywhere', 'inside'] as const;
const namePattern = /^[-\w.()]{1,64}$/;
const shape = 'It is a list, in order, of {template, parameters, scope, name}.';

/** One pass over one list: where it is, and what is wrong with it so far. */
interface Reading {
  readonly folder: DeploymentFolder;
  readonly lines: LineCounter;
  readonly problems: Problem[];
}
type EntryMap = YAMLMap<ParsedNode, ParsedNode | null>;

/**
 * Reads and checks a list of deployments with the files that it names. Throws all `Problem`s at once, each with its line:
 * `DEPLOYMENTS_MALFORMED`, `DEPLOYMENTS_UNKNOWN_KEY`, `DEPLOYMENTS_SCOPE`, `DEPLOYMENTS_FILE_MISSING`,
 * `DEPLOYMENTS_PARAMETERS_MALFORMED`, and those of parameter files (`ARM_JSON_…`, `ARM_PARAMETERS_MALFORMED`).
 */
export function readDeploymentFolder(folder: DeploymentFolder): readonly ReadDeployment[] {
  const lines = new LineCounter();
  const document = parseDocument(folder.text, { lineCounter: lines, prettyErrors: false });
  const reading: Reading = { folder, lines, problems: [] };
  for (const error of document.errors) {
    report(reading, 'DEPLOYMENTS_MALFORMED', error.message.replace(/\.?$/, '.'), placeAt(reading, error.pos[0]));
  }
  throwIfAny(reading.problems);
  const root = document.contents;
  if (!isSeq(root)) {
    report(reading, 'DEPLOYMENTS_MALFORMED', 'There is no list of deployments.', placeOf(reading, root, ''), shape);
    throwIfAny(reading.problems);
    return [];
  }
  const entries = root.items.map((item, index) => readEntry(reading, item as ParsedNode, index));
  throwIfAny(reading.problems);
  return entries.filter((entry) => entry !== undefined);
}

function readEntry(reading: Reading, item: ParsedNode, index: number): ReadDeployment | undefined {
  const path = `[${index}]`;
  const place = placeOf(reading, item, path);
  if (!isMap(item)) {
    report(reading, 'DEPLOYMENTS_MALFORMED', `Deployment ${index + 1} is not a map.`, place, shape);
    return undefined;
  }
  const map = item as EntryMap;
  checkKeys(reading, map, path);
  for (const key of required) {
    if (!map.has(key)) report(reading, 'DEPLOYMENTS_MALFORMED', `The deployment has no ${key}.`, place, shape);
  }
  const template = readWord(reading, map, path, 'template');
  const scopeText = readWord(reading, map, path, 'scope');
  const name = readWord(reading, map, path, 'name');
  const location = readWord(reading, map, path, 'location');
  const stage = readWord(reading, map, path, 'stage', stageNames);
  const role = readWord(reading, map, path, 'role', roleNames);
  const runsFrom = readWord(reading, map, path, 'runsFrom', places);
  if (name !== undefined && !namePattern.test(name)) {
    report(
      reading,
      'DEPLOYMENTS_MALFORMED',
      `"${name}" cannot be the name of a deployment.`,
      placeOf(reading, map.get('name', true), `${path}.name`),
      'Azure takes 1 to 64 letters, digits, "-", "_", ".", "(" and ")".',
    );
  }
  const scope = scopeText === undefined ? undefined : readScope(reading, scopeText, map, path);
  const text = template === undefined ? undefined : readFile(reading, template, 'template', map, path);
  const parameters = readParameters(reading, map, path);
  if (template === undefined || scopeText === undefined || name === undefined) return undefined;
  if (text === undefined || scope === undefined || parameters === undefined) return undefined;
  return {
    entry: {
      template,
      ...(parameters.given === undefined ? {} : { parameters: parameters.given }),
      scope: scopeText,
      name,
      ...(location === undefined ? {} : { location }),
      ...(stage === undefined ? {} : { stage }),
      ...(role === undefined ? {} : { role }),
      ...(runsFrom === undefined ? {} : { runsFrom }),
    },
    scope,
    template: text,
    parameters: parameters.values,
    place,
  };
}

function checkKeys(reading: Reading, map: EntryMap, path: string): void {
  for (const { key } of map.items) {
    const text = isScalar(key) ? String(key.value) : String(key);
    if ((known as readonly string[]).includes(text)) continue;
    const near = nearest(text, known);
    const hint = near === undefined ? `Known are ${known.join(', ')}.` : `Did you mean ${near}?`;
    report(reading, 'DEPLOYMENTS_UNKNOWN_KEY', `A deployment has no "${text}".`, placeOf(reading, key, path), hint);
  }
}

/** A member that is a text, one of `words` where they are given; undefined when it is absent or wrong. */
function readWord<Word extends string>(
  reading: Reading,
  map: EntryMap,
  path: string,
  key: string,
  words?: readonly Word[],
): Word | undefined {
  const item = map.get(key, true);
  if (item === undefined || item === null) return undefined;
  const value: unknown = isScalar(item) ? item.value : undefined;
  const place = placeOf(reading, item, `${path}.${key}`);
  if (typeof value !== 'string' || value === '') {
    report(reading, 'DEPLOYMENTS_MALFORMED', `${key} has to be a text.`, place);
  } else if (words !== undefined && !(words as readonly string[]).includes(value)) {
    const near = nearest(value, words);
    const hint = near === undefined ? `It is one of ${words.join(', ')}.` : `Did you mean ${near}?`;
    report(reading, 'DEPLOYMENTS_MALFORMED', `There is no ${key} "${value}".`, place, hint);
  } else return value as Word;
  return undefined;
}

function readScope(reading: Reading, text: string, map: EntryMap, path: string): ReadDeployment['scope'] | undefined {
  const scope = parseScope(text);
  if (scope?.kind === 'subscription' || scope?.kind === 'resourceGroup') return scope;
  report(
    reading,
    'DEPLOYMENTS_SCOPE',
    `"${text}" is not the id of a subscription or resource group.`,
    placeOf(reading, map.get('scope', true), `${path}.scope`),
    'Write /subscriptions/ID or /subscriptions/ID/resourceGroups/NAME.',
  );
  return undefined;
}

function readFile(
  reading: Reading,
  file: string,
  key: 'template' | 'parameters',
  map: EntryMap,
  path: string,
): string | undefined {
  const text = reading.folder.read(file);
  if (text === undefined) {
    report(
      reading,
      'DEPLOYMENTS_FILE_MISSING',
      `There is no ${key === 'template' ? 'template' : 'parameter file'} ${file}.`,
      placeOf(reading, map.get(key, true), `${path}.${key}`),
      `Paths are relative to ${reading.folder.file}.`,
    );
  }
  return text;
}

interface Parameters {
  readonly given?: string | Readonly<Record<string, unknown>>;
  readonly values: GivenParameters;
}

function readParameters(reading: Reading, map: EntryMap, path: string): Parameters | undefined {
  const item: unknown = map.get('parameters', true);
  if (item === undefined || item === null || (isScalar(item) && item.value === null)) return { values: {} };
  try {
    if (isScalar(item) && typeof item.value === 'string') {
      const text = readFile(reading, item.value, 'parameters', map, path);
      return text === undefined
        ? undefined
        : { given: item.value, values: readParameterFile(readJson(text, item.value)) };
    }
    if (isMap(item)) {
      const given = JSON.parse(JSON.stringify(item)) as Readonly<Record<string, unknown>>;
      return { given, values: Object.fromEntries(Object.entries(given).map(([name, value]) => [name, { value }])) };
    }
  } catch (error) {
    if (error instanceof Problem) reading.problems.push(error);
    else reportParameters(reading, item, path, `The parameters cannot be read: ${messageOf(error)}.`);
    return undefined;
  }
  const wanted = 'parameters has to be the path of a parameter file, or a map of values.';
  reportParameters(reading, item, path, wanted);
  return undefined;
}

function reportParameters(reading: Reading, item: unknown, path: string, message: string): void {
  report(reading, 'DEPLOYMENTS_PARAMETERS_MALFORMED', message, placeOf(reading, item, `${path}.parameters`));
}

function report(reading: Reading, code: string, message: string, place: Place, hint?: string): void {
  reading.problems.push(new Problem({ code, message, place, kind: 'usage', ...(hint === undefined ? {} : { hint }) }));
}

function placeOf(reading: Reading, item: unknown, path: string): Place {
  const place = placeAt(reading, (item as Node | null | undefined)?.range?.[0] ?? 0);
  return path === '' ? place : { ...place, path };
}

function placeAt(reading: Reading, offset: number): Place {
  const { line, col } = reading.lines.linePos(offset);
  return { file: reading.folder.file, line: Math.max(line, 1), column: Math.max(col, 1) };
}
