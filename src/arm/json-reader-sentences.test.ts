import { describe, expect, test } from 'vitest';
import { Problem } from '../kernel/errors.ts';
import { readJson } from './json-reader.ts';

/** What a user is told: the sentence says what is there, what has to be, and where the thing began that it belongs to. */
function problem(text: string): Problem {
  try {
    readJson(text, 'f.json');
  } catch (error) {
    expect(error).toBeInstanceOf(Problem);
    return error as Problem;
  }
  return expect.unreachable(`${text} was read`);
}

const long = 'k'.repeat(61);

describe('sentences', () => {
  test.each([
    ['', 'There is no JSON value in the text.'],
    [' // nothing', 'There is no JSON value in the text.'],
    ['{} x', 'There is "x" after the end of the JSON value.'],
    ['{"a" 1}', 'There is "1" where ":" has to follow "a".'],
    ['{"a"', 'There is the end of the text where ":" has to follow "a".'],
    [`{"${long}" 1}`, `There is "1" where ":" has to follow "${'k'.repeat(60)}…".`],
    [`{"${'k'.repeat(60)}" 1}`, `There is "1" where ":" has to follow "${'k'.repeat(60)}".`],
    ['[\n {"a": 1 2}]', 'There is "2" where "," or "}" has to follow in the "{" of line 2, column 2.'],
    ['[1 😀]', 'There is "😀" where "," or "]" has to follow in the "[" of line 1, column 1.'],
    ['{,}', 'There is "," where a key has to stand in the "{" of line 1, column 1.'],
    ['{"a": "x', 'The string is not closed.'],
    ['"\\u12g4"', '"\\u" has to be followed by four hex digits.'],
    ['"\\u"', '"\\u" has to be followed by four hex digits.'],
    ['"\\q"', '"\\q" is not an escape of JSON.'],
    ['"\\', '"\\" is not an escape of JSON.'],
    ['-', 'This is not a number of JSON.'],
    ['01', 'This is not a number of JSON.'],
    ['1x', 'This is not a number of JSON.'],
    ['1e999', 'The number 1e999 cannot be held exactly.'],
    ['9007199254740993', 'The number 9007199254740993 cannot be held exactly.'],
    [`1${'0'.repeat(70)}`, `The number 1${'0'.repeat(59)}… cannot be held exactly.`],
    ['[', 'There is the end of the text where a value has to stand.'],
    ['nothing', 'There is "n" where a value has to stand.'],
    ['/* x', 'The comment is not closed.'],
    ['/*/', 'The comment is not closed.'],
    ['/x', 'There is "/" where a value has to stand.'],
    ['['.repeat(257), 'Objects and arrays are nested more than 256 deep.'],
    ['{"a": 1, "a": 2}', 'The key "a" stands twice in one object.'],
    [`{"${long}": 1, "${long}": 2}`, `The key "${'k'.repeat(60)}…" stands twice in one object.`],
  ])('%.40j', (text, message) => {
    expect(problem(text).message).toBe(message);
  });

  test('a key that stands twice is cured by removing one', () => {
    expect(problem('{"a": 1, "a": 2}').hint).toBe('Remove one of the two.');
  });
});

describe('what is read', () => {
  test.each([
    ['"\\b\\f\\n\\r\\t\\/\\\\\\"\\\'"', '\b\f\n\r\t/\\"\''],
    ['"\\u00e9\\uD83D\\uDE00"', 'é😀'],
    ['\ufeff1', 1],
    ['\u00a0\ufeff\t\v\f\r\n 1', 1],
    ['// x\r1', 1],
    ['// x\n1', 1],
    ['1 // at the end', 1],
    ['/**/1/* * / */', 1],
    ['/*/*/1', 1],
    ['[/* a */1/* b */,/* c */]', [1]],
    ['9007199254740992', 9007199254740992],
    ['-9007199254740994', -9007199254740994],
    ['1e3', 1000],
    ['-0.5E-1', -0.05],
    ["{'a': 'b', c_d$-e: null}", { a: 'b', 'c_d$-e': null }],
    ['['.repeat(256) + ']'.repeat(256), expect.any(Array)],
  ])('%.40j', (text, value) => {
    expect(readJson(text, 'f').value).toEqual(value);
  });

  test('64-bit integers, where they are asked for', () => {
    const read = (text: string) => readJson(text, 'f', { bigIntegers: true }).value;
    expect(read('9223372036854775807')).toBe(9223372036854775807n);
    expect(read('-9223372036854775808')).toBe(-9223372036854775808n);
    expect(read('42')).toBe(42);
    expect(() => read('9223372036854775809')).toThrow('cannot be held exactly');
    expect(() => readJson('9223372036854775807', 'f')).toThrow('cannot be held exactly');
  });
});
