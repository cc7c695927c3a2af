import { expect, test } from 'vitest';
import { secureValues } from './secure-values.ts';

/** The types: learn.microsoft.com "Data types in ARM templates" (secureString and secureObject, case does not count). */
const parameters = {
  a: { value: 'secret-a' },
  b: { value: { x: 'secret-b', y: [1, 'secret-c'] } },
  c: { value: 'open' },
};

test.each([
  [
    'plain JSON',
    '{"parameters": {"a": {"type": "securestring"}, "b": {"type": "secureObject"}, "c": {"type": "string"}}}',
  ],
  [
    'with comments, other members first, single quotes and other case',
    "{parameters: {'A': { /* why */ metadata: 'x', // more\n 'type': 'SecureString' }, \"B\": {\"minLength\": 1, \"type\": \"SECUREOBJECT\"}, c: {type: 'string'}}}",
  ],
])('%s', (_what, template) => {
  expect(secureValues({ template, parameters })).toEqual(['secret-a', 'secret-b', 'secret-c']);
});

test.each([
  ['braces before the type', '{"parameters": {"a": {"metadata": {"description": "d"}, "type": "secureString"}}}'],
  [
    'braces and quotes in a text',
    '{"parameters": {"a": {"metadata": {"description": "} \\"{ it\'s"}, "type": "secureString"}}}',
  ],
  ['a list before the type', '{"parameters": {"a": {"allowedValues": ["x", {"y": []}], "type": "secureString"}}}'],
  [
    'a comment that looks like more',
    '{"parameters": {"a": { /* } "b": { */ "type": "secureString" }, "c": {} // }\n}}',
  ],
  [
    'a definition',
    '{"definitions": {"pw": {"type": "secureString"}}, "parameters": {"a": {"$ref": "#/definitions/pw"}}}',
  ],
  ['what is no JSON any more', '{"parameters": {"a": {"type": "secureString"}, , "resources": [ {{'],
])('%s', (_what, template) => {
  expect(secureValues({ template, parameters })).toEqual(['secret-a']);
});

test('nothing secure, nothing found', () => {
  expect(secureValues({ template: '{"parameters": {"a": {"type": "string"}}}', parameters })).toEqual([]);
});
