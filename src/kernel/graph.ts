/** A directed graph: for each node, the nodes that must come before it. Nodes appear in insertion order. */
export type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/** One cycle of the graph as the nodes along it (first = last), or undefined. */
export function findCycle(graph: Graph): readonly string[] | undefined {
  const state = new Map<string, 'open' | 'done'>();
  for (const start of graph.keys()) {
    if (state.has(start)) continue;
    const path: string[] = [start];
    const pending: Iterator<string>[] = [(graph.get(start) ?? new Set<string>()).values()];
    state.set(start, 'open');
    while (pending.length > 0) {
      const next = (pending.at(-1) as Iterator<string>).next();
      if (next.done) {
        pending.pop();
        state.set(path.pop() as string, 'done');
      } else if (state.get(next.value) === 'open') {
        return [...path.slice(path.indexOf(next.value)), next.value];
      } else if (!state.has(next.value) && graph.has(next.value)) {
        state.set(next.value, 'open');
        path.push(next.value);
        pending.push((graph.get(next.value) as ReadonlySet<string>).values());
      }
    }
  }
  return undefined;
}

/** The nodes so that each comes after what it depends on; among the free ones, insertion order. Throws RangeError on a cycle. */
export function topologicalOrder(graph: Graph): readonly string[] {
  const cycle = findCycle(graph);
  if (cycle !== undefined) throw new RangeError(`cycle: ${cycle.join(' -> ')}`);
  const order: string[] = [];
  const seen = new Set<string>();
  const visit = (root: string): void => {
    const stack: { readonly node: string; readonly rest: Iterator<string> }[] = [];
    const push = (node: string): void => {
      seen.add(node);
      stack.push({ node, rest: (graph.get(node) ?? new Set<string>()).values() });
    };
    push(root);
    while (stack.length > 0) {
      const top = stack.at(-1) as { readonly node: string; readonly rest: Iterator<string> };
      const next = top.rest.next();
      if (next.done) order.push((stack.pop() as typeof top).node);
      else if (!seen.has(next.value) && graph.has(next.value)) push(next.value);
    }
  };
  for (const node of graph.keys()) if (!seen.has(node)) visit(node);
  return order;
}

export interface RunGraphResult {
  readonly done: readonly string[];
  readonly failed: ReadonlyMap<string, unknown>;
  /** Never started, because something that they depend on failed. */
  readonly skipped: readonly string[];
}

/**
 * Runs `work` once for each node, as parallel as the graph allows, at most `width` at once.
 * A failed node stops what depends on it and nothing else. Throws RangeError on a cycle.
 */
export async function runGraph(
  graph: Graph,
  work: (node: string) => Promise<void>,
  width = Number.POSITIVE_INFINITY,
): Promise<RunGraphResult> {
  const order = topologicalOrder(graph);
  const done = new Set<string>();
  const failed = new Map<string, unknown>();
  const skipped = new Set<string>();
  const waiting = new Set(order);
  const running = new Map<string, Promise<void>>();
  while (waiting.size > 0 || running.size > 0) {
    for (const node of waiting) {
      const needs = [...(graph.get(node) ?? [])].filter((need) => graph.has(need));
      if (needs.some((need) => failed.has(need) || skipped.has(need))) {
        waiting.delete(node);
        skipped.add(node);
      } else if (running.size < width && needs.every((need) => done.has(need))) {
        waiting.delete(node);
        running.set(
          node,
          work(node)
            .then(
              () => void done.add(node),
              (error: unknown) => void failed.set(node, error),
            )
            .finally(() => running.delete(node)),
        );
      }
    }
    if (running.size > 0) await Promise.race(running.values());
  }
  return { done: [...done], failed, skipped: [...skipped] };
}
