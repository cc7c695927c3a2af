import { describe, expect, test } from 'vitest';
import { ArmError } from '../arm-error.ts';
import { documentedExamples } from './data/test-documented-examples.ts';
import { functionNames } from './table.ts';
import { evaluated } from './test-evaluate.ts';

describe.each(Object.entries(documentedExamples))('%s', (_, rows) => {
  test.each(rows.map(([expression, ...rest]) => ({ expression, rest })))('$expression', ({ expression, rest }) => {
    const [expected, given] = rest;
    expect(evaluated(expression, given)).toEqual(expected);
  });
});

/** Each of these is refused, with the part of the message that says why. */
const refused: readonly (readonly [string, RegExp])[] = [
  [
    "[substring('1234567890', 0, 11)]",
    /The index and length parameters must refer to a location within the string. The index parameter: '0', the length parameter: '11', the length of the string parameter: '10'/,
  ],
  ['[div(1, 0)]', /divisor is zero/],
  ['[mod(1, 0)]', /divisor is zero/],
  ['[add(9223372036854775807, 1)]', /64-bit/],
  ['[add(9007199254740992, 1)]', /beyond 2\^53/],
  ['[range(0, 10001)]', /10000/],
  ['[range(2147483647, 1)]', /2147483647/],
  ["[createObject('a')]", /even number/],
  ["[nope('a')]", /template function 'nope' is not valid/],
  ["[contoso.nope('a')]", /template function 'contoso.nope' is not valid/],
  ['[concat()]', /at least 1 argument/],
  ['[length(1)]', /array, an object or a string/],
  ["[add('1', 2)]", /first parameter to be an integer/],
  ["[int('x')]", /cannot be converted/],
  ["[bool('x')]", /cannot be converted/],
  ["[json('{')]", /not valid JSON/],
  ["[fail('because')]", /because/],
  ['[utcNow()]', /not expected at this location/],
  ['[newGuid()]', /not expected at this location/],
  ["[createObject('a', 1).b]", /property 'b' doesn't exist, available properties are 'a'/],
  ['[createArray(1)[1]]', /index '1' is out of bounds/],
  ["[cidrSubnet('10.0.0.0/24', 25, 2)]", /between '0' and '1'/],
  ["[cidrHost('10.0.0.0/24', 254)]", /outside of the network/],
  ["[parseCidr('10.0.0.0')]", /CIDR/],
  ["[dateTimeAdd('x', 'P1D')]", /ISO 8601/],
  ["[dateTimeAdd('2020-01-01', 'P')]", /duration/],
  ["[dateTimeAdd('9999-12-31', 'P1D')]", /years 1 to 9999/],
  ["[resourceId('Microsoft.A/b', 'x', 'y')]", /requires '1' resource name/],
  ["[parameters('p')]", /template parameter 'p' is not found/],
  ["[variables('v')]", /template variable 'v' is not found/],
  ['[copyIndex()]', /resource with copy specified/],
  ["[lambda('x', 1)]", /argument of a function/],
  ["[lambdaVariables('x')]", /lambda variable 'x' is not found/],
  ["[pickZones('a', 'b', 'c')]", /not supported here/],
  ["[format('{1}', 1)]", /argument '1'/],
  ["[format('{', 1)]", /not well-formed/],
  ["[base64ToString('*')]", /not valid base64/],
  ["[uriComponentToString('%')]", /percent-encoded/],
  ["[uri('x', 'y')]", /absolute URI/],
  ["[reference('nothing')]", /could not find template resource or resource copy with this name/],
  ["[reference('/subscriptions/s/resourceGroups/g/providers/A.B/c/d')]", /API version/],
  ["[padLeft('x', 9999999)]", /exceeds the limit/],
  ["[replace('x', '', 'y')]", /empty/],
  ["[greater(1, 'a')]", /both of one kind/],
];

test.each(refused)('%s is refused', (expression, message) => {
  try {
    evaluated(expression);
  } catch (error) {
    expect(error).toBeInstanceOf(ArmError);
    const { body } = error as ArmError;
    expect(body.details?.[0]?.message ?? body.message).toMatch(message);
    return;
  }
  expect.unreachable(`${expression} was not refused`);
});

test('every function has a row', () => {
  const text = JSON.stringify([documentedExamples, refused.map(([expression]) => expression)]).toLowerCase();
  // Those that need a runtime, a scope or Azure itself have their tests elsewhere or are refused by name.
  const elsewhere = [
    'list*',
    'managementGroup',
    'references',
    'buildUri',
    'extensions',
    'externalInput',
    'externalInputs',
    'parseUri',
    'providers',
    'toLogicalZone',
    'toLogicalZones',
    'toPhysicalZone',
    'toPhysicalZones',
  ];
  const missing = functionNames().filter(
    (name) => !elsewhere.includes(name) && !text.includes(`${name.toLowerCase()}(`),
  );
  expect(missing).toEqual([]);
});
