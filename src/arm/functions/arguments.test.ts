import { describe, expect, test } from 'vitest';
import { ArmError } from '../arm-error.ts';
import { evaluated } from './test-evaluate.ts';

/*
 * What the pages "… functions for ARM templates" state under Parameters: how many there are, and of which types. For each place, a
 * value of every other type is refused, with the sentence that names the function, the place and the type that came.
 */
type Type = 'Array' | 'Boolean' | 'Integer' | 'Object' | 'String';

/** One value of each type, as an expression. */
const samples: Readonly<Record<Type, string>> = {
  Array: "createArray('x')",
  Boolean: 'true()',
  Integer: '5',
  Object: "createObject('a', 1)",
  String: "'x'",
};

interface Signature {
  /** Good arguments, as expressions. */
  readonly good: readonly string[];
  /** What each place takes. */
  readonly takes: readonly (readonly Type[])[];
  readonly minimum: number;
  readonly maximum: number;
}

const many = Number.POSITIVE_INFINITY;
const text: readonly Type[] = ['String'];
const integer: readonly Type[] = ['Integer'];
const array: readonly Type[] = ['Array'];
const object: readonly Type[] = ['Object'];
const boolean: readonly Type[] = ['Boolean'];
const scalar: readonly Type[] = ['String', 'Integer', 'Boolean'];

function signature(
  good: readonly string[],
  takes: readonly (readonly Type[])[],
  minimum = takes.length,
  maximum = minimum,
) {
  return { good, takes, minimum, maximum };
}

const strings = (count: number, value = "'abc'"): readonly string[] => Array.from({ length: count }, () => value);
const one = signature(strings(1), [text]);
const two = signature(strings(2), [text, text]);
const numbers = signature(['7', '2'], [integer, integer]);

const signatures: Readonly<Record<string, Signature>> = {
  add: numbers,
  sub: numbers,
  mul: numbers,
  div: numbers,
  mod: numbers,
  base64: one,
  base64ToString: signature(["'YQ=='"], [text]),
  base64ToJson: signature(["'MQ=='"], [text]),
  bool: signature(["'true'"], [scalar]),
  cidrHost: signature(["'10.0.0.0/24'", '1'], [text, integer]),
  cidrSubnet: signature(["'10.0.0.0/24'", '25', '0'], [text, integer, integer]),
  parseCidr: signature(["'10.0.0.0/24'"], [text]),
  contains: signature(["'abc'", "'b'"], [['String', 'Array', 'Object'], scalar]),
  dataUri: one,
  dataUriToString: signature(["'data:,a'"], [text]),
  dateTimeAdd: signature(["'2020-01-01'", "'P1D'", "'u'"], [text, text, text], 2, 3),
  dateTimeFromEpoch: signature(['0'], [integer]),
  dateTimeToEpoch: signature(["'2020-01-01'"], [text]),
  distinct: signature(['createArray()'], [array]),
  empty: signature(["''"], [['String', 'Array', 'Object']]),
  endsWith: two,
  startsWith: two,
  first: signature(["'a'"], [['String', 'Array']]),
  last: signature(["'a'"], [['String', 'Array']]),
  flatten: signature(['createArray()'], [array]),
  float: signature(['1'], [['String', 'Integer']]),
  int: signature(['1'], [['String', 'Integer']]),
  indexFromEnd: signature(['createArray(1)', '1'], [array, integer]),
  tryIndexFromEnd: signature(['createArray(1)', '1'], [array, integer]),
  indexOf: signature(["'abc'", "'b'"], [['String', 'Array'], text]),
  lastIndexOf: signature(["'abc'", "'b'"], [['String', 'Array'], text]),
  items: signature(['createObject()'], [object]),
  join: signature(['createArray()', "','"], [array, text]),
  json: signature(["'1'"], [text]),
  length: signature(["'a'"], [['String', 'Array', 'Object']]),
  not: signature(['true()'], [boolean]),
  objectKeys: signature(['createObject()'], [object]),
  padLeft: signature(["'a'", '3', "'b'"], [['String', 'Integer'], integer, text], 2, 3),
  range: signature(['1', '2'], [integer, integer]),
  replace: signature(strings(3), [text, text, text]),
  shallowMerge: signature(['createArray()'], [array]),
  skip: signature(["'abc'", '1'], [['String', 'Array'], integer]),
  take: signature(["'abc'", '1'], [['String', 'Array'], integer]),
  split: signature(["'a,b'", "','"], [text, ['String', 'Array']]),
  substring: signature(["'abc'", '1', '1'], [text, integer, integer], 2, 3),
  toLower: one,
  toUpper: one,
  trim: one,
  uri: signature(["'http://a/b'", "'c'"], [text, text]),
  uriComponent: one,
  uriComponentToString: one,
  parseUri: signature(["'http://a/b'"], [text]),
  buildUri: signature(["createObject('scheme', 'http', 'host', 'a')"], [object]),
  guid: signature(strings(1), [scalar], 1, many),
  uniqueString: signature(strings(1), [scalar], 1, many),
  concat: signature(strings(2), [[...scalar, 'Array'], scalar], 1, many),
  and: signature(['true()', 'true()'], [boolean, boolean], 1, many),
  or: signature(['false()', 'false()'], [boolean, boolean], 1, many),
  if: signature(
    ['true()', '1', '2'],
    [boolean, ['Array', 'Boolean', 'Integer', 'Object', 'String'], ['Array', 'Boolean', 'Integer', 'Object', 'String']],
  ),
  format: signature(["'x'", "'a'"], [text, ['Array', 'Boolean', 'Integer', 'Object', 'String']], 1, many),
  greater: signature(['1', '2'], [integer, integer]),
  greaterOrEquals: signature(['1', '2'], [integer, integer]),
  less: signature(["'a'", "'b'"], [text, text]),
  lessOrEquals: signature(["'a'", "'b'"], [text, text]),
  equals: signature(
    ["'a'", "'b'"],
    [
      ['Array', 'Boolean', 'Integer', 'Object', 'String'],
      ['Array', 'Boolean', 'Integer', 'Object', 'String'],
    ],
  ),
  resourceId: signature(["'A.B/c'", "'x'"], [text, text], 2, many),
  subscriptionResourceId: signature(["'A.B/c'", "'x'"], [text, text], 2, many),
  tenantResourceId: signature(["'A.B/c'", "'x'"], [text, text], 2, many),
  extensionResourceId: signature(["'/subscriptions/s'", "'A.B/c'", "'x'"], [text, text, text], 3, many),
};

/** Sentences that do not name the place, because the page treats both sides alike. */
const bothOfOneKind = new Set(['greater', 'greaterOrEquals', 'less', 'lessOrEquals']);

function refusalOf(expression: string): string | undefined {
  try {
    evaluated(expression);
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(ArmError);
    const { body } = error as ArmError;
    return body.details?.[0]?.message ?? body.message;
  }
}

describe.each(Object.entries(signatures))('%s', (name, { good, takes, minimum, maximum }) => {
  const call = (args: readonly string[]): string => `[string(${name}(${args.join(', ')}))]`;

  test('takes what it takes', () => {
    expect(refusalOf(call(good))).toBeUndefined();
    expect(refusalOf(call(good.slice(0, minimum)))).toBeUndefined();
  });

  test.each(
    takes.flatMap((types, at) =>
      (Object.keys(samples) as Type[]).filter((type) => !types.includes(type)).map((type) => ({ at, type })),
    ),
  )('refuses $type at $at', ({ at, type }) => {
    const message = refusalOf(call(good.map((arg, i) => (i === at ? samples[type] : arg))));
    const place = bothOfOneKind.has(name) ? '(first|second)' : ['first', 'second', 'third'][at];
    const actual = bothOfOneKind.has(name) ? '\\w+' : type;
    expect(message).toMatch(
      new RegExp(
        `The template language function '${name}' expects its ${place} parameter to be an? [^.]+\\. The provided value is of type '${actual}'\\. Please see https://aka\\.ms/arm-functions for usage details`,
      ),
    );
  });

  test('refuses more and fewer', () => {
    const wanted =
      maximum === many ? `at least ${minimum}` : minimum === maximum ? `${minimum}` : `${minimum} to ${maximum}`;
    const sentence = (given: number): string =>
      `Unable to evaluate template language function '${name}': function requires ${wanted} argument(s) while ${given} were provided. Please see https://aka.ms/arm-functions for usage details`;
    expect(refusalOf(call(good.slice(0, minimum - 1)))).toContain(sentence(minimum - 1));
    if (maximum !== many) expect(refusalOf(call([...good, "'x'"]))).toContain(sentence(good.length + 1));
  });
});
