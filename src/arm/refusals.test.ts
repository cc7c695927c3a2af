import { describe, expect, test } from 'vitest';
import type { GivenParameters } from './given-parameters.ts';
import { failed, messages, outline } from './test-refusal.ts';

/*
 * What is wrong with a template, in the words in which it is told. The sentences are ARM's where an error reference, an issue or a
 * forum has them (see section 2.6 of the language reference), and ours in the same form where it has not.
 */
const two = (parts: Record<string, unknown>) => ({ ...outline, languageVersion: '2.0', resources: {}, ...parts });
const unparsed = (inner: string): string => `Deployment template parse failed: '${inner}'.`;

describe('the outline', () => {
  test.each([
    [[], unparsed("Error reading the template: expected 'Object'. Actual 'Array'.")],
    ['x', unparsed("Error reading the template: expected 'Object'. Actual 'String'.")],
    [{}, unparsed("Required property '$schema' not found in JSON. Path '', line 1, position 1.")],
    [
      { $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#' },
      unparsed("Required property 'contentVersion' not found in JSON. Path '', line 1, position 1."),
    ],
    [
      {
        $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
        contentVersion: '1',
      },
      unparsed("Required property 'resources' not found in JSON. Path '', line 1, position 1."),
    ],
    [
      { ...outline, parameters: [] },
      unparsed("The template section 'parameters' is not valid: expected 'Object'. Actual 'Array'."),
    ],
    [
      { ...outline, variables: 1 },
      unparsed("The template section 'variables' is not valid: expected 'Object'. Actual 'Integer'."),
    ],
    [
      { ...outline, outputs: 'x' },
      unparsed("The template section 'outputs' is not valid: expected 'Object'. Actual 'String'."),
    ],
    [
      { ...outline, functions: {} },
      unparsed("The template section 'functions' is not valid: expected 'Array'. Actual 'Object'."),
    ],
    [
      { ...outline, functions: [{ namespace: 'a' }] },
      unparsed("A namespace of template functions has to have 'namespace' and 'members'."),
    ],
    [
      { ...outline, functions: ['x'] },
      unparsed("A namespace of template functions has to have 'namespace' and 'members'."),
    ],
    [
      { ...outline, resources: {} },
      unparsed(
        "The template section 'resources' is not valid: expected 'Array' ('Object' needs languageVersion '2.0'). Actual 'Object'.",
      ),
    ],
    [
      { ...outline, resources: {}, languageVersion: '1.0' },
      unparsed(
        "The template section 'resources' is not valid: expected 'Array' ('Object' needs languageVersion '2.0'). Actual 'Object'.",
      ),
    ],
    [
      { ...outline, resources: 'x' },
      unparsed("The template section 'resources' is not valid: expected 'Array'. Actual 'String'."),
    ],
    [{ ...outline, variables: { copy: [1] } }, unparsed("The 'copy' of variables has to be an array of objects.")],
    [
      { ...outline, contentVersion: 1 },
      failed("The template member 'contentVersion' is not valid: expected 'String'. Actual 'Integer'."),
    ],
    // The service's sentence: microsoft/vscode-azurearmtools, tests of invalid schemas.
    [
      { ...outline, $schema: 'https://schema.management.azure.com/schemas/2015-01-02/deploymentTemplate.json#' },
      failed(
        "Template schema 'https://schema.management.azure.com/schemas/2015-01-02/deploymentTemplate.json#' is not supported. Supported versions are '2014-04-01-preview,2015-01-01,2018-05-01,2019-04-01,2019-08-01'. Please see https://aka.ms/arm-template for usage details.",
      ),
    ],
    [
      { ...outline, nonsense: 1 },
      failed("Could not find member 'nonsense' on object of type 'Template'. Path 'nonsense', line 1, position 147"),
    ],
    [
      { ...outline, imports: { a: {} } },
      failed("The template section 'imports' is not supported here: resources of extensions are not modelled."),
    ],
  ])('%j', (template, expected) => {
    expect(messages(template)).toEqual([expected]);
  });

  test.each([
    { parameters: null },
    { variables: null },
    { outputs: null },
    { functions: null },
    { extensions: {} },
    { imports: null },
  ])('%j is nothing wrong', (part) => {
    expect(messages({ ...outline, ...part })).toEqual([]);
  });
});

describe('parameters', () => {
  const given = (definition: unknown, value?: unknown): readonly string[] =>
    messages({ ...outline, parameters: { p: definition } }, value === undefined ? {} : { p: { value } });
  const at = "at line '1' and column 'N'";
  const wrongType = (expected: string, actual: string): string =>
    failed(
      `Template parameter JToken type is not valid. Expected '${expected}'. Actual '${actual}'. Please see https://aka.ms/arm-create-parameter-file for usage details.`,
    );

  test.each([
    ['string', 1, 'String, Uri', 'Integer'],
    ['securestring', true, 'String, Uri', 'Boolean'],
    ['int', 'x', 'Integer', 'String'],
    ['int', 1.5, 'Integer', 'Float'],
    ['bool', 'true', 'Boolean', 'String'],
    ['object', [], 'Object', 'Array'],
    ['secureObject', 1, 'Object', 'Integer'],
    ['array', {}, 'Array', 'Object'],
  ])('%s is not %j', (type, value, expected, actual) => {
    expect(given({ type }, value)).toEqual([wrongType(expected, actual)]);
    expect(given({ type, defaultValue: value })).toEqual([wrongType(expected, actual)]);
  });

  test.each([
    [{ type: 'string', minLength: 3 }, 'ab', "Length of the value should be greater than or equal to '3'"],
    [{ type: 'string', maxLength: 1 }, 'ab', "Length of the value should be less than or equal to '1'"],
    [{ type: 'array', minLength: 1 }, [], "Length of the value should be greater than or equal to '1'"],
    [{ type: 'array', maxLength: 1 }, [1, 2], "Length of the value should be less than or equal to '1'"],
    [{ type: 'int', minValue: 3 }, 2, "The value should be greater than or equal to '3'"],
    [{ type: 'int', maxValue: 3 }, 4, "The value should be less than or equal to '3'"],
    [
      { type: 'string', allowedValues: ['a', 'b'] },
      'c',
      "The parameter value is not part of the allowed value(s): 'a,b'",
    ],
    [{ type: 'int', allowedValues: [1, 2] }, 3, "The parameter value is not part of the allowed value(s): '1,2'"],
    [
      { type: 'array', allowedValues: ['a'] },
      ['a', 'b'],
      "The parameter value is not part of the allowed value(s): 'a'",
    ],
  ])('%j refuses %j', (definition, value, expected) => {
    expect(given(definition, value)).toEqual([
      failed(`The provided value for the template parameter 'p' ${at} is not valid. ${expected}.`),
    ]);
    expect(given({ ...definition, defaultValue: value })).toEqual([
      failed(`The default value for the template parameter 'p' ${at} is not valid. ${expected}.`),
    ]);
  });

  test.each([
    [{ type: 'string', minLength: 2, maxLength: 2 }, 'ab'],
    [{ type: 'int', minValue: 3, maxValue: 3 }, 3],
    [{ type: 'array', minLength: 1, maxLength: 1 }, [1]],
    [{ type: 'array', allowedValues: ['a', 'b'] }, ['b', 'a']],
    [{ type: 'array', allowedValues: [['a']] }, ['a']],
    [{ type: 'STRING' }, 'x'],
    [{ type: 'SecureString' }, 'x'],
  ])('%j takes %j', (definition, value) => {
    expect(given(definition, value)).toEqual([]);
  });

  test.each([
    ['x', failed(`The template parameter 'p' ${at} is not valid: expected 'Object'. Actual 'String'.`)],
    [
      { type: 'text' },
      failed(
        `The template parameter 'p' ${at} is not valid: its type 'text' is not one of 'String, SecureString, Int, Bool, Object, SecureObject, Array'. Please see https://aka.ms/arm-syntax-parameters for usage details.`,
      ),
    ],
    [
      { type: 'string' },
      failed(
        `The value for the template parameter 'p' ${at} is not provided. Please see https://aka.ms/arm-create-parameter-file for usage details.`,
      ),
    ],
    [
      { type: 'string', defaultValue: "[parameters('p')]" },
      failed(
        "The template parameter 'p' is not valid: it refers to itself. Please see https://aka.ms/arm-syntax-parameters for usage details.",
      ),
    ],
    [
      { type: 'string', defaultValue: "[parameters('q')]" },
      failed(
        "The template parameter 'q' is not found. Please see https://aka.ms/arm-syntax-parameters for usage details.",
      ),
    ],
  ])('%j', (definition, expected) => {
    expect(given(definition)).toEqual([expected]);
  });

  test('what is given has to be known, and to be given as an object', () => {
    expect(
      messages(
        { ...outline, parameters: { a: { type: 'int' } } },
        { b: { value: 1 }, c: { value: 2 }, a: { value: 1 } },
      ),
    ).toEqual([
      failed(
        "The template parameters 'b, c' in the parameters file are not valid; they are not present in the original template and can therefore not be provided at deployment time. The only supported parameters for this template are 'a'. Please see https://aka.ms/arm-pass-parameter-values for usage details.",
      ),
    ]);
    expect(
      messages({ ...outline, parameters: { a: { type: 'int' } } }, { a: 1 } as unknown as GivenParameters)[0],
    ).toContain("expected an object with 'value' or 'reference'. Actual 'Integer'.");
    expect(
      messages({ ...outline, parameters: { a: { type: 'string' } } }, { a: { reference: { secretName: 's' } } }),
    ).toEqual([failed("A parameter 'reference' has to have 'keyVault.id' and 'secretName'.")]);
  });
});

/** learn.microsoft.com, "Definitions in ARM templates" and "Understand the structure": languageVersion 2.0. */
describe('types of languageVersion 2.0', () => {
  const given = (definition: unknown, value: unknown, definitions: unknown = {}): readonly string[] =>
    messages(two({ definitions, parameters: { p: definition } }), { p: { value } }).map((message) =>
      message.replace(/^.*? is not valid/, '').replace(/\.?'\.$/, ''),
    );
  const shape = { type: 'object', properties: { a: { type: 'int' }, b: { type: 'string', nullable: true } } };

  test.each([
    [shape, { a: 1 }, []],
    [shape, { a: 1, b: null }, []],
    [shape, { A: 1 }, []],
    [shape, { a: 1, other: true }, []],
    [
      shape,
      { a: null },
      [". Expected 'Integer'. Actual 'Null'. Please see https://aka.ms/arm-create-parameter-file for usage details"],
    ],
    [
      { type: 'object', properties: { a: { $ref: '#/definitions/none' } } },
      {},
      [". The required property 'a' is missing"],
    ],
    [{ type: 'object', properties: { a: 1 } }, {}, []],
    [shape, {}, [". The required property 'a' is missing"]],
    [{ ...shape, sealed: true }, { a: 1, c: 2 }, [" (at 'c'). The property 'c' is not allowed"]],
    [{ ...shape, additionalProperties: false }, { a: 1, c: 2 }, [" (at 'c'). The property 'c' is not allowed"]],
    [{ ...shape, additionalProperties: { type: 'int' } }, { a: 1, c: 2 }, []],
    [
      { ...shape, additionalProperties: { type: 'int', minValue: 3 } },
      { a: 1, c: 2 },
      [" (at 'c'). The value should be greater than or equal to '3'"],
    ],
    [{ type: 'object', additionalProperties: false }, { c: 2 }, [" (at 'c'). The property 'c' is not allowed"]],
    [
      { type: 'array', items: { type: 'int', maxValue: 1 } },
      [1, 2],
      [" (at '1'). The value should be less than or equal to '1'"],
    ],
    [{ type: 'array', prefixItems: [{ type: 'int' }] }, [], [". The array should have at least '1' items"]],
    [
      { type: 'array', prefixItems: [{ type: 'int' }], items: false },
      [1, 2],
      [". The array should have at most '1' items"],
    ],
    [{ type: 'array', prefixItems: [{ type: 'int' }], items: false }, [1], []],
    [
      { type: 'array', prefixItems: [{ type: 'int' }], items: { type: 'string', minLength: 2 } },
      [1, 'x'],
      [" (at '1'). Length of the value should be greater than or equal to '2'"],
    ],
    [
      { type: 'object', properties: { o: shape } },
      { o: { b: 'x' } },
      [" (at 'o'). The required property 'a' is missing"],
    ],
    [
      { type: 'object', properties: { o: { type: 'array', items: { type: 'int', minValue: 9 } } } },
      { o: [9, 1] },
      [" (at 'o.1'). The value should be greater than or equal to '9'"],
    ],
  ])('%j with %j', (definition, value, expected) => {
    expect(given(definition, value)).toEqual(expected);
  });

  const kinds = {
    type: 'object',
    discriminator: {
      propertyName: 'kind',
      mapping: { a: { type: 'object', properties: { n: { type: 'int' } } }, b: { $ref: '#/definitions/B' } },
    },
  };
  const definitions = {
    B: { type: 'object', properties: { s: { type: 'string', minLength: 2 } } },
    'x/y': { type: 'int', maxValue: 1 },
  };

  test.each([
    [kinds, { kind: 'a', n: 1 }, []],
    [kinds, { kind: 'a' }, [". The required property 'n' is missing"]],
    [kinds, { kind: 'b', s: 'xy' }, []],
    [kinds, { kind: 'b', s: 'x' }, [" (at 's'). Length of the value should be greater than or equal to '2'"]],
    [kinds, { kind: 'c' }, [". The value of the discriminator 'kind' has to be one of 'a,b'"]],
    [kinds, { kind: 1 }, [". The value of the discriminator 'kind' has to be one of 'a,b'"]],
    [kinds, {}, [". The value of the discriminator 'kind' has to be one of 'a,b'"]],
    [kinds, { kind: 'constructor' }, [". The value of the discriminator 'kind' has to be one of 'a,b'"]],
    [{ type: 'object', discriminator: { mapping: {} } }, {}, ['. The discriminator of the definition is not valid']],
    [{ $ref: '#/definitions/x~1y' }, 2, [". The value should be less than or equal to '1'"]],
    [{ $ref: '#/definitions/x~1y', maxValue: 5 }, 2, []],
    [
      { type: 'array', items: { $ref: '#/definitions/none' } },
      [1],
      [" (at '0'). The reference '#/definitions/none' leads to no definition"],
    ],
  ])('%j with %j', (definition, value, expected) => {
    expect(given(definition, value, definitions)).toEqual(expected);
  });

  test.each([
    { $ref: '#/definitions/none' },
    { $ref: 'elsewhere' },
    { $ref: 'x#/definitions/B' },
    { $ref: 1 },
    { type: 1 },
  ])('%j leads nowhere', (definition) => {
    expect(given(definition, 1)[0]).toContain("is not one of 'String, SecureString");
  });

  test('a definition may be as deep as a value, and no deeper', () => {
    const nest = (depth: number): unknown =>
      depth === 0 ? { type: 'int' } : { type: 'array', items: nest(depth - 1) };
    const value = (depth: number): unknown => (depth === 0 ? 1 : [value(depth - 1)]);
    expect(given(nest(100), value(100))).toEqual([]);
    const loop = { L: { type: 'array', items: { $ref: '#/definitions/L' } } };
    expect(given({ $ref: '#/definitions/L' }, value(127), loop)[0]).toContain("Actual 'Integer'");
    expect(given({ $ref: '#/definitions/L' }, value(140), loop)[0]).toContain('Its type is nested too deeply');
  });

  test('a parameter that may be null need not be given', () => {
    expect(messages(two({ parameters: { p: { type: 'string', nullable: true } } }))).toEqual([]);
    expect(given({ type: 'string', nullable: true }, null)).toEqual([]);
  });
});
