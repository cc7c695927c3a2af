import { describe, expect, test } from 'vitest';
import { ArmError } from '../arm-error.ts';
import { documentedExamples } from './data/test-documented-examples.ts';
import { moreExamples } from './data/test-more-examples.ts';
import { tabulatedOutputs } from './data/test-tabulated-outputs.ts';
import { functionNames } from './table.ts';
import { evaluated, type Given } from './test-evaluate.ts';

const examples = { ...documentedExamples, ...moreExamples };

describe.each(Object.entries(examples))('%s', (_, rows) => {
  test.each(rows.map(([expression, ...rest]) => ({ expression, rest })))('$expression', ({ expression, rest }) => {
    const [expected, given] = rest;
    expect(evaluated(expression, given)).toEqual(expected);
  });
});

describe.each(Object.entries(tabulatedOutputs))('template-functions-%s', (_, outputs) => {
  const known = new Set(
    Object.values(examples)
      .flat()
      .map(([expression]) => expression),
  );
  test('every output that the page prints has a case', () => {
    expect(outputs.filter(([, , expression]) => !known.has(expression))).toEqual([]);
  });
});

type Refused = readonly [expression: string, message: RegExp, given?: Given];

const inTwoZones: Given = { context: { cloud: { zones: () => ['1', '2'] } } };

/** Each of these is refused, with the part of the message that says why. */
const refused: readonly Refused[] = [
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
  ["[pickZones('a', 'b', 'c')]", /'pickZones' is not supported here: only Azure knows/],
  ["[pickZones('a', 'b', 'c', 0)]", /between '1' and '3'/],
  ["[pickZones('a', 'b', 'c', 4)]", /between '1' and '3'/],
  ["[pickZones('a', 'b', 'c', 1, -1)]", /offset '-1' is negative/],
  ["[pickZones('Microsoft.Compute', 'virtualMachines', 'westus2', 2, 2)]", /exceed the '2' zones/, inTwoZones],
  ["[providers('Microsoft.Web')]", /'providers' is not supported here/],
  ["[roleDefinitions('Owner')]", /'roleDefinitions' is not supported here/],
  ["[toLogicalZone('s', 'l', 'z')]", /'toLogicalZone' is not supported here/],
  ["[toPhysicalZones('s', 'l', createArray('9'))]", /'toPhysicalZones' is not supported here/],
  ["[externalInputs('x')]", /external input 'x' is not provided/],
  ...['extensions', 'externalInput', 'like'].flatMap((name): Refused[] => [
    [`[${name}()]`, new RegExp(`'${name}' is not supported here`)],
    [`[${name}('a')]`, new RegExp(`'${name}' is not supported here`)],
    [`[${name}('a', 'b')]`, new RegExp(`'${name}' is not supported here`)],
  ]),
  ["[fail(concat('be', 'cause'))]", /^.*because/],
  ['[fail(1)]', /function 'fail' was called/],
  ["[parseUri('/relative')]", /not an absolute URI/],
  ["[parseUri('https://c:70000/')]", /not an absolute URI/],
  ["[buildUri(createObject('host', 'c'))]", /'scheme' and 'host' are needed/],
  ["[buildUri(createObject('scheme', 'https'))]", /'scheme' and 'host' are needed/],
  ["[buildUri(createObject('scheme', 'https', 'host', 'c', 'port', 65536))]", /between '0' and '65535'/],
  ["[buildUri(createObject('scheme', 1, 'host', 'c'))]", /a string 'scheme'/],
  ['[managementGroup()]', /cannot be used in a deployment of this scope/],
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
  ["[references('x', 'Half')]", /the second argument has to be 'Full' or 'Properties'/],
];

test.each(refused.map(([expression, message, given]) => ({ expression, message, given })))(
  '$expression is refused',
  ({ expression, message, given }) => {
    try {
      evaluated(expression, given);
    } catch (error) {
      expect(error).toBeInstanceOf(ArmError);
      const { body } = error as ArmError;
      expect(body.details?.[0]?.message ?? body.message).toMatch(message);
      return;
    }
    expect.unreachable(`${expression} was not refused`);
  },
);

test('every function has three cases', () => {
  const texts = [...Object.values(examples).flat(), ...refused.map(([expression]) => expression)].map((row) =>
    JSON.stringify(row).toLowerCase(),
  );
  const short = functionNames().filter((name) => {
    const call = new RegExp(`(?<![a-z])${name.toLowerCase().replace('*', '[a-z]*')}\\(`);
    return texts.filter((text) => call.test(text)).length < 3;
  });
  expect(short).toEqual([]);
});

/** Section 2.1 of the language reference: the union of the documentation's table, ExpressionMetadata and Bicep's namespaces. */
const namesOfTheReference = `array concat contains createArray empty first flatten indexOf intersection last lastIndexOf length max min range
  skip take union distinct tryGet tryIndexFromEnd indexFromEnd parseCidr cidrSubnet cidrHost coalesce equals greater greaterOrEquals less
  lessOrEquals dateTimeAdd dateTimeFromEpoch dateTimeToEpoch utcNow deployment environment parameters variables deployer lambda
  lambdaVariables filter map mapValues reduce sort groupBy toObject and bool false if not or true add copyIndex div float int mod mul sub
  createObject items json null objectKeys shallowMerge extensionResourceId list* pickZones providers reference references resourceId
  subscriptionResourceId managementGroupResourceId tenantResourceId roleDefinitions toLogicalZone toLogicalZones toPhysicalZone
  toPhysicalZones managementGroup resourceGroup subscription tenant base64 base64ToJson base64ToString buildUri parseUri dataUri
  dataUriToString endsWith format guid join like newGuid padLeft replace split startsWith string substring toLower toUpper trim
  uniqueString uri uriComponent uriComponentToString fail extensions externalInput externalInputs`;

test('no function of the reference is missing', () => {
  expect(new Set(functionNames())).toEqual(new Set(namesOfTheReference.split(/\s+/)));
});
