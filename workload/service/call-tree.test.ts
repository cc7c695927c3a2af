import { describe, expect, test } from 'vitest';
import { BadAnswer, readCallTree } from './call-tree.ts';

const call = {
  date: '2026-01-02T03:04:05.000Z',
  uri: 'http://b.o/URLCaller/depth/0',
  success: true,
  statusCode: 200,
  requestTimeInMs: 3,
};
const empty = { externalDependencies: [], selfCalled: [] };
const text = (value: unknown): string => JSON.stringify(value);

describe('an answer of a peer', () => {
  test('is rebuilt from its known fields', () => {
    const answer = {
      externalDependencies: [{ ...call, extra: 1, failure: 'made-up' }],
      selfCalled: [{ ...call, dependencyResult: empty }],
      more: true,
    };
    expect(readCallTree(text(answer), 1)).toEqual({
      externalDependencies: [call],
      selfCalled: [{ ...call, dependencyResult: empty }],
    });
  });

  test('cannot reach a prototype', () => {
    const nasty = `{"externalDependencies":[],"selfCalled":[],"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}`;
    const tree = readCallTree(nasty, 1);
    expect(Object.keys(tree)).toEqual(['externalDependencies', 'selfCalled']);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  test.each([
    ['no JSON', '<html>'],
    ['a list', '[]'],
    ['null', 'null'],
    ['inherited lists do not count', '{"__proto__":{"externalDependencies":[],"selfCalled":[]}}'],
    ['a list that is none', text({ ...empty, selfCalled: 'x' })],
    ['too many calls', text({ ...empty, externalDependencies: Array(33).fill(call) })],
    ['success that is no truth value', text({ ...empty, selfCalled: [{ ...call, success: 'yes' }] })],
    ['a status out of range', text({ ...empty, selfCalled: [{ ...call, statusCode: -1 }] })],
    ['a time that is no number', text({ ...empty, selfCalled: [{ ...call, requestTimeInMs: null }] })],
    ['a date that is none', text({ ...empty, selfCalled: [{ ...call, date: 'soon' }] })],
    ['an address without end', text({ ...empty, selfCalled: [{ ...call, uri: 'x'.repeat(3_000) }] })],
  ])('%s is refused', (_name, answer) => {
    expect(() => readCallTree(answer, 1)).toThrow(BadAnswer);
  });

  test('deeper than was asked for is refused', () => {
    const deep = (levels: number): unknown =>
      levels === 0 ? empty : { ...empty, selfCalled: [{ ...call, dependencyResult: deep(levels - 1) }] };
    expect(readCallTree(text(deep(3)), 3)).toBeDefined();
    expect(() => readCallTree(text(deep(3)), 2)).toThrow('deeper than was asked for');
    // A tree of this depth must be refused by the reader and not by the stack.
    expect(() => readCallTree(text(deep(500)), 4)).toThrow(BadAnswer);
  });
});
