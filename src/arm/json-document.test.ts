import { describe, expect, test } from 'vitest';
import { documentAt, documentOf, formatPath, isJsonDocument, lineStarts, positionOf } from './json-document.ts';
import { readJson } from './json-reader.ts';

describe('lines', () => {
  test.each([
    ['', [0]],
    ['a', [0]],
    ['a\nb', [0, 2]],
    ['a\r\nb', [0, 3]],
    ['a\rb', [0, 2]],
    ['\r\r\n\n', [0, 1, 3, 4]],
    ['\n\ra', [0, 1, 2]],
    ['a\n', [0, 2]],
  ])('%j begins them at %j', (text, starts) => {
    expect(lineStarts(text)).toEqual(starts);
  });

  test('an offset is in the line that begins at it or before it', () => {
    const starts = lineStarts('ab\ncd\n\ne');
    const at = (offset: number) => Object.values(positionOf(starts, offset));
    expect([0, 1, 2, 3, 5, 6, 7].map(at)).toEqual([
      [1, 1],
      [1, 2],
      [1, 3],
      [2, 1],
      [2, 3],
      [3, 1],
      [4, 1],
    ]);
  });
});

describe('places', () => {
  const document = readJson('{\n  "a": [1,\n    {"b c": null}]\n}', 'f.json');

  test('of what is there', () => {
    expect(document.place([])).toEqual({ file: 'f.json', line: 1, column: 1 });
    expect(document.place(['a', 1, 'b c'])).toEqual({ file: 'f.json', line: 3, column: 13, path: "a[1]['b c']" });
  });

  test('of the nearest thing around what is not', () => {
    for (const path of [
      ['a', 0, 'x'],
      ['a', 0, 'x', 'y'],
    ])
      expect(document.place(path)).toMatchObject({ line: 2, column: 9 });
    expect(document.place(['a', 1, 'b c', 'x'])).toMatchObject({ line: 3 });
    expect(document.place(['z'])).toMatchObject({ line: 1, column: 1, path: 'z' });
  });

  test('of a part are those of the whole', () => {
    const part = documentAt(document, ['a', 1]);
    expect(part?.value).toEqual({ 'b c': null });
    expect(part?.file).toBe('f.json');
    expect(part?.place(['b c'])).toEqual(document.place(['a', 1, 'b c']));
  });

  test.each([[['z']], [['a', 0, 'x']], [['a', 1, 'b c', 'x']], [['a', 9]], [['toString']]])(
    'nothing is at %j',
    (path) => {
      expect(documentAt(document, path)).toBeUndefined();
    },
  );
});

test('plain values are documents without places', () => {
  const document = documentOf({ a: 1 });
  expect(document.value).toEqual({ a: 1 });
  expect(document.file).toBe('');
  expect(document.place(['a'])).toBeUndefined();
  expect(documentOf(document)).toBe(document);
  for (const value of [null, 'place', 1, undefined, { place: 'here' }, {}]) expect(isJsonDocument(value)).toBe(false);
});

test('paths are written as JavaScript writes them', () => {
  expect(formatPath([])).toBe('');
  expect(formatPath(['a', 'b-c', '$d', 0, 'e f', 1])).toBe("a.b-c.$d[0]['e f'][1]");
  expect(formatPath([0])).toBe('[0]');
  expect(formatPath(['a.b'])).toBe("['a.b']");
});
