import * as path from 'node:path';
import type { Context } from './context.ts';
import { outputFormats } from './render/outcome.ts';

/** Flags that several verbs share, each declared once (design: cli.md, "Verbs"). */
export const outputFlag = {
  kind: 'enum',
  values: outputFormats,
  optional: true,
  brief: 'How to print the result; a table on a terminal, JSON into a pipe',
} as const;

export const specFlag = {
  kind: 'parsed',
  parse: String,
  optional: true,
  brief: 'The landing zone file; the nearest landing-zone.yaml upward',
  placeholder: 'FILE',
} as const;

export const dataFlag = {
  kind: 'parsed',
  parse: String,
  optional: true,
  brief: 'Data folder of local Azure; .aks-regulated/local',
  placeholder: 'DIR',
} as const;

export const outFlag = {
  kind: 'parsed',
  parse: String,
  optional: true,
  brief: 'Where files are written; out',
  placeholder: 'DIR',
} as const;

export const stateFlag = {
  kind: 'parsed',
  parse: String,
  optional: true,
  brief: 'local, or a folder of templates or of an exported state; local',
  placeholder: 'WHERE',
} as const;

export const asOfFlag = {
  kind: 'parsed',
  parse: parseDate,
  optional: true,
  brief: 'The day that it is taken to be: what is supported, and which versions and features local Azure has',
  placeholder: 'DATE',
} as const;

/** A calendar day, `2026-11-24`, at midnight UTC. */
export function parseDate(text: string): Date {
  const date = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  if (date === undefined || Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== text) {
    throw new RangeError(`"${text}" is not a day of the form 2026-11-24`);
  }
  return date;
}

/** A whole number between two bounds, both included. */
export function parseWhole(first: number, last: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= first && value <= last))
      throw new RangeError(`"${text}" is not a whole number from ${first} to ${last}`);
    return value;
  };
}

export const parsePort = parseWhole(1, 65535);

export function absolute(context: Context, file: string): string {
  return path.resolve(context.folder, file);
}

/** The data folder of local Azure. */
export function dataFolder(context: Context, flag: string | undefined): string {
  return absolute(context, flag ?? path.join('.aks-regulated', 'local'));
}

/** A path as it is told to people: relative to where they stand when it is below. */
export function shown(context: Context, file: string): string {
  const relative = path.relative(context.folder, file);
  return relative === '' ? '.' : relative.startsWith('..') || path.isAbsolute(relative) ? file : relative;
}
