import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Problem } from '../kernel/errors.ts';
import { parseSpec } from './load.ts';
import { problemsOf, specOf, summary } from './test-spec.ts';

const bomb = [
  'a: &a [lol, lol, lol, lol, lol, lol, lol, lol, lol]',
  'b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]',
  'c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]',
  'd: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c]',
  'e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d]',
  'f: &f [*e, *e, *e, *e, *e, *e, *e, *e, *e]',
].join('\n');

/** Line and column were counted by hand in each text. */
const refused: readonly (readonly [name: string, text: string, problem: string])[] = [
  ['an empty file', '', 'SPEC_EMPTY 1:1'],
  ['comments alone', '# nothing\n\n', 'SPEC_EMPTY 1:1'],
  ['an empty document', '---\n', 'SPEC_EMPTY 1:1'],
  ['null', '~\n', 'SPEC_EMPTY 1:1'],
  ['a list at the top', '\n- organization: x\n', 'SPEC_NOT_A_MAP 2:1'],
  ['a text at the top', 'hello\n', 'SPEC_NOT_A_MAP 1:1'],
  ['a number at the top', '42\n', 'SPEC_NOT_A_MAP 1:1'],
  ['a tab at the start of the file', '\torganization: x\n', 'SPEC_YAML_TAB 1:1'],
  ['a tab as indentation', 'organization:\n\tname: contoso\n', 'SPEC_YAML_TAB 2:1'],
  ['a tab after spaces', 'organization:\n  name: contoso\n  \tapplication: "0005"\n', 'SPEC_YAML_TAB 3:3'],
  ['a tab after CRLF', 'organization:\r\n\tname: contoso\r\n', 'SPEC_YAML_TAB 2:1'],
  ['a missing quote', 'organization:\n  name: "contoso\n', 'SPEC_YAML_SYNTAX 3:1'],
  ['a second colon', 'organization: name: contoso\n', 'SPEC_YAML_SYNTAX 1:15'],
  ['a bracket that is not closed', 'tags: {a: b\n', 'SPEC_YAML_SYNTAX 2:1'],
  ['two documents', 'organization: {name: a}\n---\norganization: {name: b}\n', 'SPEC_YAML_DOCUMENTS 2:1'],
  ['a key given twice', 'tags:\n  a: x\n  b: y\n  a: z\n', 'SPEC_DUPLICATE_KEY 4:3'],
  ['a section given twice', 'tags: {}\nretention: {}\ntags: {}\n', 'SPEC_DUPLICATE_KEY 3:1'],
  ['a tag of another language', 'tags: !!js/function "x"\n', 'SPEC_YAML_TAG 1:21'],
  ['a tag of one’s own', 'tags:\n  a: !secret x\n', 'SPEC_YAML_TAG 2:14'],
  ['a set', 'tags: !!set {a, b}\n', 'SPEC_YAML_TAG 1:13'],
  ['binary data', 'tags:\n  a: !!binary aGVsbG8=\n', 'SPEC_YAML_TAG 2:15'],
  ['a number as a key', 'tags:\n  2026: x\n', 'SPEC_YAML_KEY 2:3'],
  ['a list as a key', 'tags:\n  ? [a]\n  : x\n', 'SPEC_YAML_KEY 2:5'],
  ['the prototype', 'tags:\n  __proto__: x\n', 'SPEC_YAML_KEY 2:3'],
  ['an alias without anchor', 'tags:\n  a: *nowhere\n', 'SPEC_YAML_ALIAS 2:6'],
  ['a bomb of aliases', bomb, 'SPEC_TOO_MANY_ALIASES 3:8'],
  ['an alias of itself', 'tags: &t\n  a: *t\n', 'SPEC_TOO_DEEP 2:6'],
  ['deep nesting', `tags: ${'['.repeat(30)}${']'.repeat(30)}\n`, 'SPEC_TOO_DEEP 1:27'],
  ['a null byte', 'organization:\n  name: con\u0000toso\n', 'SPEC_NOT_TEXT 2:12'],
  ['an escape sequence', 'tags:\n  a: \u001b[31m\n', 'SPEC_NOT_TEXT 2:6'],
  ['bytes that are no UTF-8', Buffer.from([0x61, 0x3a, 0x20, 0xff, 0xfe]).toString('utf8'), 'SPEC_NOT_TEXT 1:4'],
  ['UTF-16', Buffer.from('\uFEFFtags: {}', 'utf16le').toString('utf8'), 'SPEC_NOT_TEXT 1:1'],
  ['more than 1 MiB', `# ${'x'.repeat(1024 * 1024)}`, 'SPEC_TOO_LARGE 1:1'],
  ['more than 1 MiB of two-byte letters', `# ${'é'.repeat(600_000)}`, 'SPEC_TOO_LARGE 1:1'],
  ['more values than a landing zone has', `tags: [${'a,'.repeat(20_001)}]`, 'SPEC_TOO_MANY_VALUES 1:40004'],
];

describe('readYaml refuses', () => {
  test.each(refused)('%s', (_, text, problem) => {
    expect(summary(text, false)).toEqual([problem]);
    expect(problemsOf(text, false)[0]?.kind).toBe('usage');
  });

  test('a hundred thousand brackets, without falling over', () => {
    expect(problemsOf('['.repeat(100_000), false)[0]?.code).toBe('SPEC_TOO_DEEP');
    expect(problemsOf('{a: '.repeat(100_000), false)[0]?.code).toBe('SPEC_TOO_DEEP');
  });

  test('a key given twice, with the place of the first', () => {
    expect(problemsOf('tags:\n  a: x\n  b: y\n  a: z\n', false)[0]?.related).toEqual([
      { file: 'landing-zone.yaml', line: 2, column: 3, path: 'tags.a' },
    ]);
  });

  test('what it cannot parse without repeating it', () => {
    const [problem] = problemsOf('azure: x: hunter2: y\nfoo "hunter2" {', false);
    expect(JSON.stringify([problem?.message, problem?.hint, problem?.why])).not.toContain('hunter2');
  });
});

describe('readYaml accepts', () => {
  test('CRLF, a byte order mark, comments and JSON', () => {
    expect(specOf('\uFEFF# a comment\r\ntags:\r\n  a: x # y\r\n').tags).toEqual({ a: 'x' });
    expect(specOf('tags: {"a": "x"}').tags).toEqual({ a: 'x' });
  });

  test('a byte order mark without moving the columns', () => {
    expect(summary('\uFEFFtagz: {}\n')).toEqual(['SPEC_UNKNOWN_KEY 1:1']);
  });

  test('anchors and aliases', () => {
    expect(specOf('contacts:\n  security: &all [a@contoso.com]\n  operations: *all\n').contacts).toEqual({
      security: ['a@contoso.com'],
      operations: ['a@contoso.com'],
    });
  });

  test('the places of an alias and of what it stands for', () => {
    const { places } = specOf('contacts:\n  security: &all [a@contoso.com]\n  operations: *all\n');
    expect(places.get('contacts.operations')).toMatchObject({ line: 3, column: 15 });
    expect(places.get('contacts.operations[0]')).toMatchObject({ line: 2, column: 19 });
  });

  test('yes, no and on as texts: YAML 1.2', () => {
    expect(specOf('tags: {a: yes, b: no, c: on}').tags).toEqual({ a: 'yes', b: 'no', c: 'on' });
  });
});

test('whatever the text, the answer is a spec or a Problem', () => {
  const line = fc.constantFrom(
    'a:',
    '  - ',
    '\t',
    '&a',
    '*a',
    '!!x',
    '{',
    '}',
    '[',
    ']',
    '"',
    "'",
    '|',
    '>',
    '---',
    '#',
    '%',
    ': ',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(fc.oneof(line, fc.string({ maxLength: 5 }))).map((all) => all.join('\n')),
      ),
      (text) => {
        try {
          parseSpec(text, 'f');
        } catch (error) {
          expect(error).toBeInstanceOf(Problem);
        }
      },
    ),
    { numRuns: 500 },
  );
});
