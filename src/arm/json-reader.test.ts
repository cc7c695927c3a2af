import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Problem } from '../kernel/errors.ts';
import { documentAt } from './json-document.ts';
import { readJson } from './json-reader.ts';

describe('what Azure Resource Manager reads besides JSON', () => {
  test.each([
    ['{"a": 1, // why\n "b": 2}', { a: 1, b: 2 }],
    ['/* head */ {"a": /* in */ 1}', { a: 1 }],
    ['{"a": [1, 2,],}', { a: [1, 2] }],
    ['{"a": "one\ntwo"}', { a: 'one\ntwo' }],
    ['{"a": "one\r\n\ttwo"}', { a: 'one\r\n\ttwo' }],
    ['{properties: {template: {}}}', { properties: { template: {} } }],
    ["{'a': 'it\\'s'}", { a: "it's" }],
    ['\ufeff{"a": 1}', { a: 1 }],
    ['{"a": "\\u00e4\\n\\/"}', { a: 'ä\n/' }],
    ['{"a": -1.5e3, "b": 0, "c": 9007199254740991}', { a: -1500, b: 0, c: 9007199254740991 }],
    ['{"a": "// no comment", "b": "/* none */"}', { a: '// no comment', b: '/* none */' }],
    ['[true, false, null, "", {}, []]', [true, false, null, '', {}, []]],
    ['"text"', 'text'],
  ])('%j', (text, value) => {
    expect(readJson(text, 'f').value).toEqual(value);
  });

  test('what az sends: its own key unquoted, the file verbatim', () => {
    const text =
      '{"properties": {"mode": "Incremental", template:{\n  // hub\n  "resources": []\n}, "parameters": {}}}';
    expect(readJson(text, 'request').value).toEqual({
      properties: { mode: 'Incremental', template: { resources: [] }, parameters: {} },
    });
  });
});

test('any JSON text reads as JSON.parse reads it', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 6 }), (text) => {
      expect(readJson(text, 'f').value).toEqual(JSON.parse(text));
    }),
    { seed: 7, numRuns: 500 },
  );
});

describe('places', () => {
  const text = '{\n  "a": {\n    "b c": [1,\n      {"d": true}]\n  },\r\n  "e": "x"\n}';
  const document = readJson(text, 'file.json');
  test.each([
    [[], 1, 1, undefined],
    [['a'], 2, 8, 'a'],
    [['a', 'b c'], 3, 12, "a['b c']"],
    [['a', 'b c', 0], 3, 13, "a['b c'][0]"],
    [['a', 'b c', 1, 'd'], 4, 13, "a['b c'][1].d"],
    [['e'], 6, 8, 'e'],
  ] as const)('%j', (path, line, column, shown) => {
    expect(document.place(path)).toEqual({
      file: 'file.json',
      line,
      column,
      ...(shown === undefined ? {} : { path: shown }),
    });
  });

  test('a path into nothing gives the nearest thing around it', () => {
    expect(document.place(['a', 'x', 'y'])).toMatchObject({ line: 2, column: 8 });
  });

  test('a part keeps the places of the whole', () => {
    const part = documentAt(document, ['a', 'b c']);
    expect(part?.value).toEqual([1, { d: true }]);
    expect(part?.place([1])).toMatchObject({ line: 4, column: 7, path: "a['b c'][1]" });
    expect(documentAt(document, ['a', 'x'])).toBeUndefined();
  });
});

test('__proto__ is a key like any other', () => {
  const value = readJson('{"__proto__": {"polluted": true}, "constructor": 1}', 'f').value as Record<string, unknown>;
  expect(Object.keys(value)).toEqual(['__proto__', 'constructor']);
  expect((value as { polluted?: unknown }).polluted).toBeUndefined();
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
});

describe('refused with line and column', () => {
  test.each([
    ['', 'ARM_JSON_SYNTAX', 1, 1],
    ['{"a": 1', 'ARM_JSON_SYNTAX', 1, 8],
    ['{"a" 1}', 'ARM_JSON_SYNTAX', 1, 6],
    ['{\n  "a": nope\n}', 'ARM_JSON_SYNTAX', 2, 8],
    ['{"a": 1} x', 'ARM_JSON_SYNTAX', 1, 10],
    ['{"a": "x', 'ARM_JSON_SYNTAX', 1, 7],
    ['{"a": "\\q"}', 'ARM_JSON_SYNTAX', 1, 8],
    ['{"a": "\\u12"}', 'ARM_JSON_SYNTAX', 1, 8],
    ['{"a": /* x', 'ARM_JSON_SYNTAX', 1, 7],
    ['[1 2]', 'ARM_JSON_SYNTAX', 1, 4],
    ['{,}', 'ARM_JSON_SYNTAX', 1, 2],
    ['{"a": 012}', 'ARM_JSON_NUMBER', 1, 7],
    ['{"a": 1.}', 'ARM_JSON_NUMBER', 1, 7],
    ['{"a": 9007199254740993}', 'ARM_JSON_NUMBER', 1, 7],
    ['{"a": 1e999}', 'ARM_JSON_NUMBER', 1, 7],
    ['{"a": 1,\n "a": 2}', 'ARM_JSON_DUPLICATE_KEY', 2, 2],
    ['['.repeat(100_000), 'ARM_JSON_DEPTH', 1, 257],
    ['{"a":'.repeat(100_000), 'ARM_JSON_DEPTH', 1, 1281],
  ])('%.30j', (text, code, line, column) => {
    try {
      readJson(text, 'f.json');
    } catch (error) {
      expect(error).toBeInstanceOf(Problem);
      expect(error).toMatchObject({ code, place: { file: 'f.json', line, column } });
      return;
    }
    expect.unreachable();
  });

  test('a key that stands twice names both places', () => {
    expect(() => readJson('{"a": 1, "a": 2}', 'f')).toThrowError(
      expect.objectContaining({ related: [{ file: 'f', line: 1, column: 2 }] }),
    );
  });
});
