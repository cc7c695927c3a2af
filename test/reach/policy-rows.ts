import { expect, it } from 'vitest';
import type { KubernetesObject } from '../../src/model/kubernetes-object.ts';
import type { Verdict } from '../../src/model/witness.ts';
import { askReach } from '../../src/verify/index.ts';
import { clusterState, town } from './kube-shapes.ts';

/**
 * A row of a table of answers: the numbered statements of network-semantics.md from which the expected answer is worked out by hand, the objects
 * beside the town, the question, the verdict, and words of the hop that decides (for a denied packet the last one). `source`: where a statement that
 * the list does not have, or gives from memory, was looked up.
 */
export interface PolicyRow {
  readonly statements: readonly number[];
  readonly source?: string;
  readonly what: string;
  readonly objects: readonly KubernetesObject[];
  readonly ask: readonly [
    from: string,
    to: string,
    port?: number | string | undefined,
    protocol?: 'tcp' | 'udp' | 'icmp',
  ];
  readonly verdict: Verdict;
  readonly by: string;
}

export function askRow(row: PolicyRow) {
  const [from, to, port, protocol] = row.ask;
  return askReach(clusterState([...town, ...row.objects]), {
    from,
    to,
    ...(port === undefined ? {} : { port }),
    ...(protocol === undefined ? {} : { protocol }),
  });
}

/** One test a row. */
export function askEach(rows: readonly PolicyRow[]): void {
  it.each(rows.map((row) => [`${row.statements.join(', ')}: ${row.what}`, row] as const))('%s', (_title, row) => {
    const answer = askRow(row);
    const trail = answer.hops.map((hop) => `${hop.layer} ${hop.resource} ${hop.rule}`);
    expect(`${answer.verdict} by ${trail.join(' > ')}`).toContain(`${row.verdict} by`);
    if (row.verdict === 'denied') expect(trail.at(-1)).toContain(row.by);
    else expect(trail.join(' > ')).toContain(row.by);
  });
}
