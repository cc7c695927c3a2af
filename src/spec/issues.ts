import type * as z from 'zod';
import { Problem } from '../kernel/errors.ts';
import { nearest } from '../kernel/nearest.ts';
import type { Place } from '../kernel/place.ts';
import type { Complaint } from './complaint.ts';
import { formatPath, type Path } from './path.ts';
import { descriptionAt, keysAt } from './schema-walk.ts';
import { secretKey } from './secrets.ts';
import { placeNear, placeOfKey, type Source, startOf } from './source.ts';

type Issue = z.core.$ZodIssue;

/** A complaint with its places; a value that stands in the file comes before one that is a default. */
export function problemOf(complaint: Complaint, source: Source, at: Path, related: readonly Path[] = []): Problem {
  const isWritten = (path: Path): boolean => source.values.has(formatPath(path));
  const paths = [at, ...related];
  const main = isWritten(at) ? at : (related.find(isWritten) ?? at);
  const place = complaint.atKey ? placeOfKey(source, main) : placeNear(source, main);
  return new Problem({
    code: complaint.code,
    message: complaint.message,
    kind: 'usage',
    place: place ?? startOf(source.file),
    related: paths
      .filter((path) => path !== main)
      .map((path) => placeNear(source, path))
      .filter((one): one is Place => one !== undefined),
    ...(complaint.why === undefined ? {} : { why: complaint.why }),
    ...(complaint.hint === undefined ? {} : { hint: complaint.hint }),
  });
}

/**
 * What zod found, in the user's words: one problem an issue, an unknown key each. A key that is missing only because it is
 * misspelt beside is reported once, as unknown.
 */
export function problemsOfIssues(issues: readonly Issue[], source: Source, within: Path): readonly Problem[] {
  const misspelt = new Set<string>();
  for (const issue of issues) {
    if (issue.code !== 'unrecognized_keys') continue;
    const parent = [...within, ...(issue.path as Path)];
    for (const key of issue.keys) misspelt.add(formatPath([...parent, meantKey(key, parent) ?? key]));
  }
  return issues.flatMap((issue) => {
    const path = [...within, ...(issue.path as Path)];
    if (issue.code === 'unrecognized_keys') return unknownKeys(issue.keys, path, source);
    const complaint = complaintOf(issue, source, path);
    return complaint.code === 'SPEC_MISSING' && misspelt.has(formatPath(path))
      ? []
      : [problemOf(complaint, source, path)];
  });
}

/** A problem for each key that the schema does not know at `path`; what looks like a secret has its own, sharper problem already. */
export function unknownKeys(keys: readonly string[], path: Path, source: Source): readonly Problem[] {
  return keys
    .filter((key) => secretKey(key, false) === undefined)
    .map((key) => problemOf(unknownKey(key, path), source, [...path, key]));
}

/** The key that was probably meant. */
export const meantKey = (key: string, path: Path): string | undefined => nearest(key, keysAt(path));

function unknownKey(key: string, path: Path): Complaint {
  const known = keysAt(path);
  const meant = meantKey(key, path);
  const where = path.length === 0 ? 'at the top' : `in ${formatPath(path)}`;
  return {
    code: 'SPEC_UNKNOWN_KEY',
    atKey: true,
    message: `There is no key ${JSON.stringify(key)} ${where}.`,
    hint:
      key === '<<'
        ? 'Merge keys are not part of YAML 1.2: write the values out.'
        : meant === undefined
          ? `The keys are ${known.join(', ')}.`
          : `Did you mean ${meant}?`,
  };
}

function complaintOf(issue: Issue, source: Source, path: Path): Complaint {
  const name = formatPath(path);
  if (issue.code === 'custom') return (issue.params as { readonly complaint: Complaint }).complaint;
  const value = valueAt(source.value, path);
  if (value === undefined) {
    return {
      code: 'SPEC_MISSING',
      message: `${name} is missing.`,
      hint: `Add it. ${descriptionAt(path) ?? ''}`.trim(),
    };
  }
  if (value === null) {
    return {
      code: 'SPEC_NO_VALUE',
      message: `${name} has no value.`,
      hint: 'Give it one, or remove the line to get the default.',
    };
  }
  if (issue.code === 'invalid_type') {
    const plain = source.plainTexts.get(name);
    return {
      code: 'SPEC_WRONG_TYPE',
      message: `${name} must be ${typeNames[issue.expected] ?? issue.expected}, but here is ${kindOf(value)}.`,
      ...(issue.expected === 'string' && plain !== undefined
        ? { hint: `Put it in quotes: "${plain}".` }
        : { hint: descriptionAt(path) ?? 'Remove it to get the default.' }),
    };
  }
  if (issue.code === 'invalid_value') {
    const known = issue.values.map(String);
    const meant = nearest(String(value), known);
    return {
      code: 'SPEC_UNKNOWN_VALUE',
      message: `${name} cannot be ${typeof value === 'object' ? kindOf(value) : JSON.stringify(value)}.`,
      hint: `${meant === undefined ? '' : `Did you mean ${meant}? `}It is one of ${known.join(', ')}.`,
    };
  }
  return { code: 'SPEC_INVALID', message: `${name}: ${issue.message}.` };
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'text',
  object: 'a group of keys',
  record: 'a group of keys',
  array: 'a list',
  boolean: 'true or false',
  int: 'a whole number',
  number: 'a number',
};

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a group of keys';
  if (typeof value === 'string') return 'text';
  if (typeof value === 'boolean') return `the truth value ${value}`;
  return `the number ${String(value)}`;
}

function valueAt(value: unknown, path: Path): unknown {
  let here = value;
  for (const step of path) {
    if (typeof here !== 'object' || here === null) return undefined;
    here = (here as Record<string | number, unknown>)[step];
  }
  return here;
}
