import { describe, expect, test } from 'vitest';
import type { ArmError } from './arm-error.ts';
import type { DeploymentScope } from './contract.ts';
import { readJson } from './json-reader.ts';
import { expandOffline } from './offline.ts';
import { failed, messages, outline } from './test-refusal.ts';

/* As refusals.test.ts, for variables, resources and outputs. */
const one = (more: Record<string, unknown>) => ({ type: 'A.B/c', apiVersion: '2023-01-01', name: 'x', ...more });

describe('variables', () => {
  test.each([
    [{ a: "[variables('b')]", b: "[variables('a')]" }, "The template variable 'a' is not valid: it refers to itself"],
    [{ a: "[variables('none')]" }, "The template variable 'none' is not found"],
    [{ a: "[reference('x')]" }, "The template function 'reference' is not expected at this location"],
    [
      { copy: [{ name: 'a', count: -1, input: 1 }] },
      "The 'copy' count '-1' is not valid. The value should be between '0' and '800'",
    ],
    [{ copy: [{ name: 'a', count: 801, input: 1 }] }, "The 'copy' count '801' is not valid"],
    [{ copy: [{ name: 'a', count: 'x', input: 1 }] }, "expected a value of type 'Integer'. Actual 'String'"],
    [{ copy: [{ count: 1, input: 1 }] }, "The 'copy' of variables has to have a 'name' of type 'String'"],
    [{ a: { copy: [{ count: 1, input: 1 }] } }, "The 'copy' property must have a 'name' of type 'String'"],
    [{ a: { '[1]': 1 } }, "The property name '[1]' has to be of type 'String'. Actual 'Integer'"],
    [{ a: '[1' }, undefined],
    [{ a: '[' }, undefined],
    [{ a: '[]' }, "expected token 'Identifier' and actual ']'"],
    [{ a: "['x'.y]" }, "The language expression property 'y' can't be evaluated"],
    [
      { a: '[createArray(1)[true()]]' },
      "array index 'true' is not valid: it has to be of type 'Integer'. Actual 'Boolean'",
    ],
    [{ a: '[createArray(1)[-1]]' }, "array index '-1' is out of bounds"],
    [
      { a: "[createObject('x', 1)[0]]" },
      "property '0' can't be evaluated: a property name has to be of type 'String'. Actual 'Integer'",
    ],
    [{ a: "[createObject('x', 1)['y']]" }, "property 'y' doesn't exist, available properties are 'x'"],
  ])('%j', (variables, expected) => {
    const found = messages({ ...outline, variables });
    if (expected === undefined) expect(found).toEqual([]);
    else expect(found.join('\n')).toContain(expected);
  });
});

describe('resources', () => {
  const refused = (more: Record<string, unknown>, scope?: DeploymentScope): string =>
    messages({ ...outline, resources: [one(more)] }, {}, scope).join('\n');
  const notValid = "The template resource 'x' at line '1' and column 'N' is not valid: ";

  test.each([
    [{ type: undefined }, "The required property 'type' is missing"],
    [{ name: null }, "The required property 'name' is missing"],
    [{ apiVersion: undefined }, "The required property 'apiVersion' is missing"],
    [{ apiVersion: '' }, "The property 'apiVersion' is empty"],
    [{ apiVersion: 'x y' }, "The apiVersion 'x y' is not valid"],
    [{ apiVersion: 2023 }, "The property 'apiVersion' has to be of type 'String'. Actual 'Integer'"],
    [{ type: 'A.B' }, "The resource type 'A.B' is not valid"],
    [{ type: 'A.B//c' }, "The resource type 'A.B//c' is not valid"],
    [
      { type: 'A.B/c/d' },
      "The template resource 'x' for type 'A.B/c/d' has incorrect segment lengths. A nested resource type must have identical number of segments as its resource name. A root resource type must have segment length one greater than its resource name",
    ],
    [{ name: 'x/y' }, "The template resource 'x/y' for type 'A.B/c' has incorrect segment lengths"],
    [{ condition: 'maybe' }, "The 'condition' has to be of type 'Boolean'. Actual 'String'"],
    [{ condition: 1 }, "The 'condition' has to be of type 'Boolean'. Actual 'Integer'"],
    [{ scope: 'A.B/c' }, "The scope 'A.B/c' is not valid: it has to be a resource id, or 'Namespace/type/name'"],
    [{ scope: '/nonsense' }, "The scope '/nonsense' is not valid"],
    [{ dependsOn: 'x' }, "The 'dependsOn' has to be an 'Array'. Actual 'String'"],
    [{ dependsOn: [1] }, "An entry of 'dependsOn' has to be a 'String' that names a resource. Actual 'Integer'"],
    [{ dependsOn: [''] }, "An entry of 'dependsOn' has to be a 'String' that names a resource. Actual 'String'"],
    [
      { dependsOn: ['y'] },
      "The resource 'y' is not defined in the template. Please see https://aka.ms/arm-syntax for usage details",
    ],
    [
      { dependsOn: ["[resourceId('A.B/c', 'y')]"] },
      "The resource 'A.B/c/y' is not defined in the template. Please see https://aka.ms/arm-syntax for usage details",
    ],
    [{ resources: 1 }, "The 'resources' of a resource have to be an 'Array'. Actual 'Integer'"],
    [{ resources: [1] }, "A template resource has to be an 'Object'. Actual 'Integer'"],
    [{ copy: { count: 1 } }, "The 'copy' of a resource has to have a 'name'"],
    [{ copy: { name: 'l', count: 1, mode: 'fast' } }, "The copy 'mode' 'fast' is not one of 'Parallel, Serial'"],
    [
      { copy: { name: 'l', count: 2, mode: 'serial', batchSize: 3 } },
      "The copy 'batchSize' '3' is not valid. The value should be between '1' and the count '2'",
    ],
    [{ copy: { name: 'l', count: 2, mode: 'serial', batchSize: 0 } }, "The copy 'batchSize' '0' is not valid"],
    [{ copy: { name: 'l' } }, "expected a value of type 'Integer'. Actual 'Null'"],
    [{ extension: 'k8s' }, "'extension' is not supported here: resources of extensions are not modelled"],
    [{ import: 'k8s' }, "'import' is not supported here: resources of extensions are not modelled"],
  ])('%j', (more, expected) => {
    expect(refused(more)).toContain(expected);
  });

  test('the sentence around names the resource and its place', () => {
    expect(refused({ type: 'A.B' })).toBe(
      failed(
        `${notValid}The resource type 'A.B' is not valid. Please see https://aka.ms/arm-syntax-resources for usage details.`,
      ),
    );
  });

  test.each([
    [{ condition: 'True' }],
    [{ condition: 'false' }],
    [{ type: '/A.B/c/' }],
    [{ name: '/x/' }],
    [{ scope: '' }],
    [{ dependsOn: null }],
    [{ resources: null }],
    [{ copy: { name: 'l', count: 0, mode: 'SERIAL' } }],
  ])('%j is nothing wrong', (more) => {
    const known = refused(more);
    if ('scope' in more) expect(known).toContain('is not valid');
    else expect(known).toBe('');
  });

  test.each([
    [{ mode: 'Partial', template: outline }, "The deployment mode 'Partial' is not one of 'Incremental, Complete'"],
    [{ mode: 'complete', template: outline }, "The mode of a nested deployment has to be 'Incremental'"],
    [{ mode: 'Incremental' }, "A nested deployment has to have a 'template' or a 'templateLink'"],
    [{ templateLink: 'x' }, "The 'templateLink' of a deployment has to be an 'Object'. Actual 'String'"],
    [{ templateLink: {} }, "A 'templateLink' has to have one of 'uri', 'id' and 'relativePath'"],
    [{ templateLink: { uri: 'a', id: 'b' } }, "A 'templateLink' has to have one of 'uri', 'id' and 'relativePath'"],
    [{ templateLink: { uri: 1 } }, "The 'uri' of a 'templateLink' has to be of type 'String'. Actual 'Integer'"],
    [
      { templateLink: { id: '/x' } },
      "Unable to download deployment content from '/x'. Put the template inline, or give its content.",
    ],
    [
      {
        template: outline,
        expressionEvaluationOptions: { scope: 'inner' },
        parameters: {},
        parametersLink: { uri: 'p' },
      },
      "A deployment has either 'parameters' or a 'parametersLink', not both",
    ],
    [
      { template: outline, expressionEvaluationOptions: { scope: 'inner' }, parametersLink: { uri: 'p' } },
      "Unable to download deployment content from 'p'",
    ],
  ])('a nested deployment with %j', (properties, expected) => {
    expect(refused({ type: 'Microsoft.Resources/deployments', properties })).toContain(expected);
  });

  test.each([
    [{ scope: 'nowhere' }, "The scope 'nowhere' of a nested deployment is not valid"],
    [{ name: 'x'.repeat(65) }, "exceeds the maximum of '64' characters"],
  ])('a deployment with %j', (more, expected) => {
    expect(refused({ type: 'Microsoft.Resources/deployments', properties: { template: outline }, ...more })).toContain(
      expected,
    );
  });

  test('a deployment to a group has to know its subscription', () => {
    expect(
      refused(
        { type: 'Microsoft.Resources/deployments', resourceGroup: 'g', properties: { template: outline } },
        { kind: 'tenant' },
      ),
    ).toContain("A 'resourceGroup' has to have a 'subscriptionId' beside it here");
  });

  test('two with one name are not unique for those that depend on it', () => {
    const resources = [one({ type: 'A.B/c' }), one({ type: 'A.B/d' }), one({ type: 'A.B/e', dependsOn: ['x'] })];
    expect(messages({ ...outline, resources }).join()).toContain(
      "The dependency 'x' is not unique: more than one resource of the template has this name. Please use the fully qualified resource id",
    );
    const refers = [
      one({ type: 'A.B/c' }),
      one({ type: 'A.B/d' }),
      one({ type: 'A.B/e', properties: { v: "[reference('x')]" } }),
    ];
    expect(messages({ ...outline, resources: refers }).join()).toContain(
      "The template reference 'x' is not valid: more than one resource of the template has this name",
    );
  });
});

describe('outputs', () => {
  test.each([
    ['x', "is not valid: expected 'Object'. Actual 'String'"],
    [
      { type: 'text', value: 1 },
      "its type 'text' is not one of 'String, SecureString, Int, Bool, Object, SecureObject, Array'",
    ],
    [{ type: 'string' }, "the required property 'value' is missing"],
    [{ type: 'string', condition: 1, value: 'x' }, "the 'condition' has to be of type 'Boolean'. Actual 'Integer'"],
    [{ type: 'string', value: '[nope()]' }, "The template function 'nope' is not valid"],
    [
      { type: 'int', value: 'x' },
      "The template output 'o' is not valid: Template output JToken type is not valid. Expected 'Integer'. Actual 'String'",
    ],
    [{ type: 'array', copy: { count: -1, input: 1 } }, "The 'copy' count '-1' is not valid"],
  ])('%j', (output, expected) => {
    try {
      expandOffline({ template: readJson(JSON.stringify({ ...outline, outputs: { o: output } }), 't.json') });
    } catch (error) {
      const { body } = error as ArmError;
      expect([body, ...(body.details ?? [])].map((one) => one.message).join('\n')).toContain(expected);
      return;
    }
    expect.unreachable();
  });

  test('one with a false condition is left out', () => {
    const outputs = {
      a: { type: 'string', condition: false, value: 'x' },
      b: { type: 'string', condition: "[equals('a', 'a')]", value: 'y' },
    };
    expect(expandOffline({ template: { ...outline, outputs } }).outputs).toEqual({ b: { type: 'String', value: 'y' } });
  });
});

test('every error has its place', () => {
  const template = { ...outline, variables: { a: '[nope()]', b: '[fail(1)]' } };
  try {
    expandOffline({ template: readJson(JSON.stringify(template, undefined, 1), 't.json') });
  } catch (error) {
    const { body } = error as ArmError;
    expect(body.details?.map((one) => one.additionalInfo?.[0])).toEqual([
      { type: 'TemplateViolation', info: { lineNumber: 6, linePosition: 8, path: 'variables.a' } },
      { type: 'TemplateViolation', info: { lineNumber: 7, linePosition: 8, path: 'variables.b' } },
    ]);
    return;
  }
  expect.unreachable();
});
