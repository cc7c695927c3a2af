import type { Hop } from '../../model/witness.ts';
import type { EndpointClass } from '../cluster/classes.ts';
import type { Cluster, Judged } from '../cluster/cluster.ts';
import type { Judgement, Piece } from '../cluster/judgement.ts';
import { allTraffic, noTraffic, type Traffic } from '../cluster/traffic.ts';
import { type PacketSet, packets } from '../packets.ts';

/** Traffic that a chain of judgements lets through or stops, with the rules that decided. */
export interface Passage {
  readonly traffic: Traffic;
  readonly allowed: boolean;
  readonly hops: readonly Hop[];
  readonly dependsOn: readonly string[];
}

/** A workload of a class in words; of several, the first. */
export function classText(cluster: Cluster, one: EndpointClass): string {
  const workload = cluster.model.workloads[one.members[0] ?? -1];
  return workload === undefined ? 'outside the cluster' : `${workload.namespace}/${workload.name}`;
}

function hopOf(piece: Piece, subject: string, direction: 'Ingress' | 'Egress'): Hop {
  return {
    layer: piece.layer,
    resource: piece.resource === '' ? `pod:${subject}` : piece.resource,
    rule: piece.rule,
    effect: piece.allowed ? 'allow' : 'deny',
    detail: `${direction}${piece.dependsOn === undefined ? '' : `, depending on ${piece.dependsOn}`}.`,
  };
}

/** One step: a judgement, and whose it is. */
export interface Step {
  readonly judgement: Judgement | undefined;
  readonly subject: string;
  readonly direction: 'Ingress' | 'Egress';
}

/** Sends traffic through judgements one after the other: each must allow it (statement 2). Open traffic goes both ways. */
export function passages(cluster: Cluster, steps: readonly Step[], begin: Traffic = allTraffic): readonly Passage[] {
  let ways: readonly Passage[] = [{ traffic: begin, allowed: true, hops: [], dependsOn: [] }];
  const stopped: Passage[] = [];
  for (const { judgement, subject, direction } of steps) {
    if (judgement === undefined) continue;
    ways = ways.flatMap((way) =>
      judgement.pieces.flatMap((piece) => {
        const traffic = cluster.traffic.and(way.traffic, piece.traffic);
        if (traffic === noTraffic) return [];
        const next: Passage = {
          traffic,
          allowed: piece.allowed,
          hops: [...way.hops, hopOf(piece, subject, direction)],
          dependsOn:
            piece.dependsOn === undefined
              ? way.dependsOn
              : [...way.dependsOn, `${piece.resource} ${piece.rule}: ${piece.dependsOn}`],
        };
        if (next.allowed) return [next];
        stopped.push(next);
        return [];
      }),
    );
  }
  return [...ways, ...stopped];
}

/** Traffic between two sets of coordinates as packets. */
export function trafficPackets(
  cluster: Cluster,
  traffic: Traffic,
  source: readonly number[],
  destination: readonly number[],
): PacketSet {
  return cluster.traffic.boxes(traffic).flatMap((parts) => packets({ ...parts, source, destination }));
}

/** What is said of leaving a class. */
export function leavingSteps(cluster: Cluster, from: EndpointClass, judged: Judged): readonly Step[] {
  if (from.kind === 'addresses') return [];
  const subject = classText(cluster, from);
  return [judged.egress, judged.meshEgress].map((judgement) => ({ judgement, subject, direction: 'Egress' }));
}

/** What is said of arriving at a class. */
export function arrivingSteps(cluster: Cluster, to: EndpointClass, judged: Judged): readonly Step[] {
  if (to.kind === 'addresses') return [];
  const subject = classText(cluster, to);
  return [judged.ingress, judged.meshIngress].map((judgement) => ({ judgement, subject, direction: 'Ingress' }));
}
