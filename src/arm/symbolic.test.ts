import { describe, expect, test } from 'vitest';
import { Problem } from '../kernel/errors.ts';
import { ArmError } from './arm-error.ts';
import type { RuntimeProvider } from './contract.ts';
import { expandTemplate } from './expand.ts';
import { readJson } from './json-reader.ts';
import { expandOffline, offlineContext } from './offline.ts';
import { readParameterFile } from './parameter-file.ts';

const ip = { type: 'A.B/ip', apiVersion: '2023-01-01', name: 'ip' };
const template = (value: unknown, more: Record<string, unknown> = {}) => ({
  $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
  contentVersion: '1.0.0.0',
  parameters: { p: { type: 'string', defaultValue: 'x' }, list: { type: 'array', defaultValue: [1, 2] } },
  resources: [ip, { type: 'A.B/c', apiVersion: '2023-01-01', name: 'y', properties: { v: value } }],
  ...more,
});
const cloud: RuntimeProvider = {
  resource: (id) => ({
    id,
    properties: {
      a: 'A',
      t: true,
      n: null,
      l: [
        { k: 'one', v: 1 },
        { k: 'two', v: 2 },
      ],
    },
  }),
  action: (_, action) => ({ action }),
};

/**
 * What hangs on a cloud stays the expression that it is, with everything known put in; once there is a cloud, it has the value that
 * it would have had at once. The second is the referee of the first.
 */
describe('what only a cloud knows', () => {
  const r = "reference('ip')";
  test.each([
    [`${r}.a`, `${r}.a`, 'A'],
    [`${r}['a']`, `${r}['a']`, 'A'],
    [`${r}[toLower('A')]`, `${r}['a']`, 'A'],
    [`createArray('p', 'q')[if(${r}.t, 1, 0)]`, `createArray('p', 'q')[if(${r}.t, 1, 0)]`, 'q'],
    [`concat(parameters('p'), ${r}.a)`, `concat('x', ${r}.a)`, 'xA'],
    [`if(true(), 'k', ${r}.a)`, undefined, 'k'],
    [`if(${r}.t, parameters('p'), 'no')`, `if(${r}.t, 'x', 'no')`, 'x'],
    [`if(${r}.t, 'yes', fail('never'))`, `if(${r}.t, 'yes', fail('never'))`, 'yes'],
    [`and(true(), ${r}.t)`, `and(true(), ${r}.t)`, true],
    [`and(false(), ${r}.t)`, undefined, false],
    [`and(${r}.t, equals('a', 'a'))`, `and(${r}.t, true())`, true],
    [`or(true(), ${r}.t)`, undefined, true],
    [`or(false(), ${r}.t)`, `or(false(), ${r}.t)`, true],
    [`coalesce('k', ${r}.n)`, undefined, 'k'],
    [`coalesce(null(), ${r}.n, 'd')`, `coalesce(null(), ${r}.n, 'd')`, 'd'],
    [`coalesce(${r}.a, fail('never'))`, `coalesce(${r}.a, fail('never'))`, 'A'],
    [
      `map(parameters('list'), lambda('i', add(lambdaVariables('i'), length(${r}.l))))`,
      `map(createArray(1, 2), lambda('i', add(lambdaVariables('i'), length(${r}.l))))`,
      [3, 4],
    ],
    [
      `filter(${r}.l, lambda('i', equals(lambdaVariables('i').v, 2)))`,
      `filter(${r}.l, lambda('i', equals(lambdaVariables('i').v, 2)))`,
      [{ k: 'two', v: 2 }],
    ],
    [
      `toObject(${r}.l, lambda('i', lambdaVariables('i').k), lambda('i', lambdaVariables('i').v))`,
      `toObject(${r}.l, lambda('i', lambdaVariables('i').k), lambda('i', lambdaVariables('i').v))`,
      { one: 1, two: 2 },
    ],
    [
      `reduce(parameters('list'), length(${r}.l), lambda('a', 'b', add(lambdaVariables('a'), lambdaVariables('b'))))`,
      `reduce(createArray(1, 2), length(${r}.l), lambda('a', 'b', add(lambdaVariables('a'), lambdaVariables('b'))))`,
      5,
    ],
    [`first(createArray(${r}.a, 'b'))`, `${r}.a`, 'A'],
    [`length(createArray(${r}.a, 'b'))`, undefined, 2],
    [`string(createArray(${r}.a, 1))`, `string(createArray(${r}.a, 1))`, '["A",1]'],
    [`contains(createArray(${r}.a), 'A')`, `contains(createArray(${r}.a), 'A')`, true],
    [`createObject('k', ${r}.a).k`, `${r}.a`, 'A'],
    [`concat(createArray(1), createArray(${r}.a))[0]`, undefined, 1],
    [`listKeys('ip', '2023-01-01').action`, "listKeys('ip', '2023-01-01').action", 'listKeys'],
    [
      `string(createArray(float('1.5'), true(), null(), createObject('a''b', ${r}.a), 9007199254740993))`,
      `string(createArray(json('1.5'), true(), null(), createObject('a''b', ${r}.a), 9007199254740993))`,
      '[1.5,true,null,{"a\'b":"A"},9007199254740993]',
    ],
  ])('%s', (expression, symbolic, value) => {
    const document = readJson(JSON.stringify(template(`[${expression}]`)), 't.json');
    const offline = expandOffline({ template: document });
    const shown = (offline.resources[1]?.body.properties as { readonly v?: unknown } | undefined)?.v;
    if (symbolic === undefined) {
      expect(shown).toEqual(value);
      expect(offline.unresolved).toEqual([]);
    } else {
      expect(shown).toBe(`[${symbolic}]`);
      expect(offline.unresolved).toEqual([{ in: offline.resources[1]?.id, expression: `[${symbolic}]` }]);
    }
    const expansion = expandTemplate({ template: document, context: offlineContext() });
    expect(expansion.resources[1]?.evaluate(cloud)).toEqual({ properties: { v: value } });
  });

  test('texts that look like expressions are written so that they are read back as texts', () => {
    const body = expandOffline({ template: template("[concat('[', 'x]')]") }).resources[1]?.body;
    expect(body).toEqual({ properties: { v: '[[x]' } });
  });

  test('an integer that a number does not hold is refused, not rounded', () => {
    expect(() => expandOffline({ template: template('[add(9007199254740992, 1)]') })).toThrow(
      "The integer '9007199254740993' is beyond 2^53 and cannot be passed on exactly; convert it with 'string()'",
    );
  });
});

/** learn.microsoft.com, "User-defined functions in ARM templates": limits. */
describe('functions of a template', () => {
  const functions = [
    {
      namespace: 'contoso',
      members: {
        twice: {
          parameters: [{ name: 'a', type: 'string' }],
          output: { type: 'string', value: "[concat(parameters('A'), parameters('a'))]" },
        },
        reads: { parameters: [], output: { type: 'string', value: "[variables('v')]" } },
        asks: { parameters: [], output: { type: 'object', value: "[reference('ip')]" } },
        other: { parameters: [], output: { type: 'string', value: "[parameters('p')]" } },
        nested: {
          parameters: [{ name: 'a', type: 'string' }],
          output: { type: 'string', value: "[contoso.twice(parameters('a'))]" },
        },
      },
    },
  ];
  const of = (expression: string) =>
    expandOffline({ template: template(`[${expression}]`, { functions, variables: { v: 1 } }) }).resources[1]?.body;

  test('they see their arguments', () => {
    expect(of("contoso.twice('ab')")).toEqual({ properties: { v: 'abab' } });
    expect(of("contoso.twice(reference('ip').a)")).toEqual({ properties: { v: "[contoso.twice(reference('ip').a)]" } });
  });

  test.each([
    [
      'contoso.reads()',
      "The template function 'variables' is not expected at this location: a user function sees its own parameters only",
    ],
    ['contoso.asks()', "The template function 'reference' is not expected at this location"],
    ['contoso.other()', "The template parameter 'p' is not found"],
    ["contoso.nested('ab')", "The template function 'contoso.twice' is not expected at this location"],
    ["contoso.none('x')", "The template function 'contoso.none' is not valid"],
    ['contoso.twice()', 'function requires 1 argument(s) while 0 were provided'],
  ])('%s is refused', (expression, message) => {
    expect(() => of(expression)).toThrow(message);
  });
});

describe('run-time functions', () => {
  test.each([
    ["reference('ip', '2023-01-01', 'Half')", "the third argument has to be 'Full'"],
    [
      "reference('none')",
      "The template reference 'none' is not valid: could not find template resource or resource copy with this name",
    ],
    [
      "references('ip')",
      "The template reference 'ip' is not valid: it is not the symbolic name of a resource collection",
    ],
    [
      "reference('/subscriptions/s/providers/A.B/c/d')",
      'the API version has to be given for a resource that is not in the template',
    ],
    ['reference(1)', 'expects its first parameter to be a string'],
    ["listKeys('ip')", 'function requires 2 to 3 argument(s) while 1 were provided'],
  ])('%s is refused', (expression, message) => {
    expect(() => expandOffline({ template: template(`[${expression}]`) })).toThrow(message);
  });

  test('what a cloud does not have is ResourceNotFound', () => {
    const expansion = expandTemplate({ template: template("[reference('ip')]"), context: offlineContext() });
    const empty: RuntimeProvider = { ...cloud, resource: () => undefined };
    expect(() => expansion.resources[1]?.evaluate(empty)).toThrow(ArmError);
  });
});

/** learn.microsoft.com, "Create parameter file". */
describe('parameter files', () => {
  const read = (text: string) => readParameterFile(readJson(text, 'p.json'));
  test('a whole file, or its map', () => {
    const map = {
      a: { value: 1 },
      b: { reference: { keyVault: { id: '/v' }, secretName: 's' } },
      c: { expression: '[x]' },
    };
    expect(read(JSON.stringify(map))).toEqual(map);
    expect(read(JSON.stringify({ parameters: map }))).toEqual(map);
    expect(
      read(
        JSON.stringify({
          $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
          contentVersion: '1',
          parameters: map,
        }),
      ),
    ).toEqual(map);
    expect(readParameterFile(map)).toEqual(map);
    expect(read('{"parameters": {"value": 1}}')).toEqual({ parameters: { value: 1 } });
    expect(read('{"a": {"value": null}}')).toEqual({ a: { value: null } });
  });

  test.each([
    ['[]', 'Parameters have to be an object, not Array.'],
    ['{"$schema": "s", "parameters": 1}', '"parameters" has to be an object, not Integer.'],
    ['{"a": 1}', 'The parameter "a" has to be an object with "value" or "reference".'],
    ['{"a": {}}', 'The parameter "a" has neither "value" nor "reference".'],
  ])('%s is refused', (text, message) => {
    try {
      read(text);
    } catch (error) {
      expect(error).toBeInstanceOf(Problem);
      expect(error).toMatchObject({ code: 'ARM_PARAMETERS_MALFORMED', message, place: { file: 'p.json', line: 1 } });
      return;
    }
    expect.unreachable();
  });
});
