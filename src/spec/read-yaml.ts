import { type Document, LineCounter, parseDocument, type YAMLError } from 'yaml';
import { type Problem, throwIfAny } from '../kernel/errors.ts';
import type { Place } from '../kernel/place.ts';
import { collectValues } from './collect-values.ts';
import { type Source, startOf } from './source.ts';
import { tooDeep, usageProblem } from './usage-problem.ts';

/** A landing zone of thirty clusters with every subnet written out has about 40 KiB. */
export const sizeLimit = 1024 * 1024;
/** One slip makes a parser stumble many times over: more than these are noise. */
const syntaxProblemLimit = 5;

/** Reads YAML 1.2 (core schema, one document) into plain data with positions. Throws `Problem`s of code `SPEC_YAML_…`, `SPEC_NOT_TEXT` and the like. */
export function readYaml(original: string, file: string): Source {
  const text = original.startsWith('\uFEFF') ? original.slice(1) : original;
  refuseWhatIsNoText(text, file);
  const lines = new LineCounter();
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col) };
  };
  const document = parsed(text, lines, file);
  throwIfAny(firstOfEachLine(document.errors.map((error) => syntaxProblem(error, placeAt, text))));
  return collectValues(document, file, placeAt);
}

export function tooLarge(file: string): Problem {
  return usageProblem('SPEC_TOO_LARGE', 'The file is larger than 1 MiB.', startOf(file), {
    hint: 'Is it the right file? A landing zone takes a few kilobytes.',
  });
}

function refuseWhatIsNoText(text: string, file: string): void {
  if (text.length > sizeLimit || new TextEncoder().encode(text).length > sizeLimit) {
    throw tooLarge(file);
  }
  // Undecodable bytes arrive as U+FFFD; control characters but tab and line ends are in no text.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  const odd = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\uFFFD]/.exec(text);
  if (odd !== null) {
    const before = text.slice(0, odd.index).split('\n');
    throw usageProblem(
      'SPEC_NOT_TEXT',
      'The file is not UTF-8 text.',
      { file, line: before.length, column: (before.at(-1) ?? '').length + 1 },
      { hint: 'Save it as UTF-8; PowerShell 5 and some editors write UTF-16.' },
    );
  }
}

function parsed(text: string, lineCounter: LineCounter, file: string): Document.Parsed {
  try {
    return parseDocument(text, {
      lineCounter,
      version: '1.2',
      schema: 'core',
      merge: false,
      resolveKnownTags: false,
      uniqueKeys: false,
      prettyErrors: false,
      // Below this level it says nothing of a second document.
      logLevel: 'error',
    });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw tooDeep(startOf(file));
  }
}

function firstOfEachLine(problems: readonly Problem[]): readonly Problem[] {
  const lines = new Set<number | undefined>();
  return problems.filter(({ place }) => !lines.has(place?.line) && lines.add(place?.line)).slice(0, syntaxProblemLimit);
}

function syntaxProblem(error: YAMLError, placeAt: (offset: number) => Place, text: string): Problem {
  const place = placeAt(error.pos[0]);
  if (error.message.includes('call stack')) return tooDeep(place);
  const line = text.lastIndexOf('\n', error.pos[1] - 1) + 1;
  const tab = /^ *\t/.exec(text.slice(line, error.pos[1]));
  if (error.code === 'TAB_AS_INDENT' || tab !== null) {
    return usageProblem(
      'SPEC_YAML_TAB',
      'The line is indented with a tab.',
      tab === null ? place : placeAt(line + tab[0].length - 1),
      {
        why: 'YAML allows spaces only.',
        hint: 'Indent with two spaces a level.',
      },
    );
  }
  if (error.code === 'MULTIPLE_DOCS') {
    return usageProblem('SPEC_YAML_DOCUMENTS', 'The file holds more than one document.', place, {
      why: 'Only one landing zone can be meant.',
      hint: 'Remove the line `---` and what belongs to the other document.',
    });
  }
  // Some messages repeat the text that they stumble over, which may be long or a secret.
  const message = error.message
    .replace(/: ".*$/s, '')
    .replaceAll(/\s+/g, ' ')
    .replace(/[.:]?\s*$/, '');
  return usageProblem('SPEC_YAML_SYNTAX', `This is not valid YAML: ${message}.`, place, {
    hint: 'Look at this line and the one above it: indentation, a missing colon, bracket or quote.',
  });
}
