import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ExpressionFailure } from './arm-failures.ts';
import type { Expression } from './expression.ts';
import { parseExpression } from './parse-expression.ts';
import { printExpression } from './print-expression.ts';
import { escapeTemplateText, isExpression, templateText } from './template-text.ts';

/** The tree without positions. */
function shape(expression: Expression): unknown {
  switch (expression.kind) {
    case 'string':
    case 'integer':
    case 'constant':
      return expression.value;
    case 'call':
      return [
        expression.namespace === undefined ? expression.name : `${expression.namespace}.${expression.name}`,
        ...expression.args.map(shape),
      ];
    case 'property':
      return { of: shape(expression.target), name: expression.name };
    case 'index':
      return { of: shape(expression.target), at: shape(expression.index) };
  }
}

/** The grammar: learn.microsoft.com, "Syntax and expressions in ARM templates". */
describe('trees', () => {
  test.each([
    ["[concat('a', 'b')]", ['concat', 'a', 'b']],
    ["[ concat (\n'a' ,\t2 ) ]", ['concat', 'a', 2]],
    ["['it''s']", "it's"],
    ['[-5]', -5],
    ['[9223372036854775807]', 9223372036854775807n],
    ["[parameters('a').b.c]", { of: { of: ['parameters', 'a'], name: 'b' }, name: 'c' }],
    ["[variables('a')['b'][0]]", { of: { of: ['variables', 'a'], at: 'b' }, at: 0 }],
    ['[contoso.uniqueName(f(g()))]', ['contoso.uniqueName', ['f', ['g']]]],
    ['[__bicep.f()]', ['__bicep.f']],
    ['[resourceGroup().tags[f().x]]', { of: { of: ['resourceGroup'], name: 'tags' }, at: { of: ['f'], name: 'x' } }],
  ])('%s', (text, tree) => {
    expect(shape(parseExpression(text))).toEqual(tree);
  });

  test('every part says where it stands', () => {
    const text = "[concat('a', f().b)]";
    const call = parseExpression(text);
    expect(text.slice(call.start, call.end)).toBe("concat('a', f().b)");
    const parts = call.kind === 'call' ? call.args.map((arg) => text.slice(arg.start, arg.end)) : [];
    expect(parts).toEqual(["'a'", 'f().b']);
  });
});

describe('refused with the position', () => {
  test.each([
    ['[]', 1],
    ['[concat(]', 8],
    ["[concat('a]", 8],
    ["[concat('a' 'b')]", 12],
    ['[concat]', 7],
    ['[1.5]', 3],
    ['[f()x]', 4],
    ['[f().]', 5],
    ['[f()[]]', 5],
    ['[9223372036854775808]', 1],
    ['[f("a")]', 3],
    ['[f()]]', 5],
    [`[${'f('.repeat(5000)}`, 257],
    [`[f(${'x'.repeat(300)}())]`, 3],
  ])('%.40s', (text, offset) => {
    try {
      parseExpression(text);
    } catch (error) {
      expect(error).toBeInstanceOf(ExpressionFailure);
      expect((error as ExpressionFailure).offset).toBe(offset);
      return;
    }
    expect.unreachable();
  });

  test('more than 24,576 characters', () => {
    expect(() => parseExpression(`[concat('${'x'.repeat(24_576)}')]`)).toThrow(/24576/);
  });
});

test.each([
  ['[x]', { kind: 'expression', text: '[x]' }],
  ['[[x]', { kind: 'literal', text: '[x]' }],
  ['[x', { kind: 'literal', text: '[x' }],
  ['[[x', { kind: 'literal', text: '[[x' }],
  ['x]', { kind: 'literal', text: 'x]' }],
  ['', { kind: 'literal', text: '' }],
])('%j as template text', (text, expected) => {
  expect(templateText(text)).toEqual(expected);
  expect(isExpression(text)).toBe(expected.kind === 'expression');
});

test('any text survives being escaped and read', () => {
  fc.assert(
    fc.property(fc.string(), fc.constantFrom('', '[', '[['), fc.constantFrom('', ']'), (middle, start, end) => {
      const text = `${start}${middle}${end}`;
      expect(templateText(escapeTemplateText(text))).toEqual({ kind: 'literal', text });
    }),
    { seed: 11, numRuns: 2_000 },
  );
});

const at = { start: 0, end: 0 };
const name = fc.stringMatching(/^[A-Za-z_$][A-Za-z0-9_$]{0,8}$/);
const expressions = fc.letrec<{ expression: Expression }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 5 },
    fc.record({ kind: fc.constant('string' as const), value: fc.string(), start: fc.constant(0), end: fc.constant(0) }),
    fc.maxSafeInteger().map((value): Expression => ({ kind: 'integer', value, ...at })),
    fc.tuple(fc.option(name, { nil: undefined }), name, fc.array(tie('expression'), { maxLength: 3 })).map(
      ([namespace, called, args]): Expression => ({
        kind: 'call',
        ...(namespace === undefined ? {} : { namespace }),
        name: called,
        args,
        ...at,
      }),
    ),
    fc
      .tuple(tie('expression'), name)
      .map(([target, member]): Expression => ({ kind: 'property', target, name: member, ...at })),
    fc
      .tuple(tie('expression'), tie('expression'))
      .map(([target, index]): Expression => ({ kind: 'index', target, index, ...at })),
  ),
})).expression;

test('what is printed parses to the same tree, and prints the same again', () => {
  fc.assert(
    fc.property(expressions, (expression) => {
      const text = printExpression(expression);
      const parsed = parseExpression(text);
      expect(shape(parsed)).toEqual(shape(expression));
      expect(printExpression(parsed)).toBe(text);
    }),
    { seed: 3, numRuns: 2_000 },
  );
});
