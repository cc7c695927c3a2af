import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findCycle, type Graph, runGraph, topologicalOrder } from './graph.ts';

const graph = (edges: Record<string, readonly string[]>): Graph =>
  new Map(Object.entries(edges).map(([node, needs]) => [node, new Set(needs)]));

describe('order', () => {
  test('each node comes after what it needs', () => {
    expect(topologicalOrder(graph({ c: ['b', 'a'], b: ['a'], a: [], d: ['c'] }))).toEqual(['a', 'b', 'c', 'd']);
  });

  test('a cycle is named along its way', () => {
    expect(findCycle(graph({ x: [], a: ['b'], b: ['c'], c: ['a'] }))).toEqual(['a', 'b', 'c', 'a']);
    expect(() => topologicalOrder(graph({ a: ['a'] }))).toThrow('cycle: a -> a');
  });

  test('a chain of 50,000 does not overflow the stack', () => {
    const long = graph(Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [`n${i}`, [`n${i + 1}`]])));
    expect(topologicalOrder(long)[0]).toBe('n49999');
    expect(findCycle(long)).toBeUndefined();
  });

  test('random acyclic graphs: every edge points back', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.nat(30), { maxLength: 5 }), { maxLength: 30 }), (lists) => {
        const edges = new Map(lists.map((needs, i) => [`${i}`, new Set(needs.filter((n) => n < i).map(String))]));
        const at = new Map(topologicalOrder(edges).map((node, i) => [node, i]));
        expect(at.size).toBe(edges.size);
        for (const [node, needs] of edges)
          for (const need of needs) expect(at.get(need)).toBeLessThan(at.get(node) ?? -1);
      }),
    );
  });
});

describe('run', () => {
  const diamond = graph({ top: [], left: ['top'], right: ['top'], bottom: ['left', 'right'], aside: [] });

  test('goes as wide as the graph allows: left ends only once right has started, and the other way round', async () => {
    const started = new Map<string, () => void>();
    const starts = new Map(
      ['left', 'right'].map((node) => [node, new Promise<void>((resolve) => started.set(node, resolve))]),
    );
    const other: Record<string, string> = { left: 'right', right: 'left' };
    const result = await runGraph(diamond, async (node) => {
      started.get(node)?.();
      await starts.get(other[node] ?? '');
    });
    expect(result.done).toHaveLength(5);
    expect(result.done.at(-1)).toBe('bottom');
    expect(result.skipped).toEqual([]);
  });

  test('a failure stops what needs it, and nothing else', async () => {
    const result = await runGraph(diamond, async (node) => {
      if (node === 'left') throw new Error('no');
    });
    expect([...result.failed.keys()]).toEqual(['left']);
    expect(result.skipped).toEqual(['bottom']);
    expect([...result.done].sort()).toEqual(['aside', 'right', 'top']);
  });

  test('never wider than it is told', async () => {
    let running = 0;
    let widest = 0;
    await runGraph(
      graph(Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`${i}`, []]))),
      async () => {
        widest = Math.max(widest, ++running);
        await new Promise((resolve) => setTimeout(resolve, 1));
        running--;
      },
      3,
    );
    expect(widest).toBe(3);
  });
});
