import type { KubernetesObject } from '../../src/model/kubernetes-object.ts';
import { cilium, deployment, namespace, pod, policy } from './kube-shapes.ts';
import type { PodPacket } from './naive-policies.ts';
import type { Random } from './random-zones.ts';

/** Small clusters and packets from a seed. Labels, ports and blocks are few, so that rules meet often. */

const pick = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
const chance = (random: Random, share: number): boolean => random() < share;
const some = <T>(random: Random, least: number, most: number, make: (index: number) => T): readonly T[] =>
  Array.from({ length: least + Math.floor(random() * (most - least + 1)) }, (_, index) => make(index));

const spaces = ['red', 'green', 'blue'];
const keys = ['a', 'b'];
const values = ['x', 'y', 'z'];
const blocks = ['0.0.0.0/0', '203.0.113.0/24', '203.0.113.128/25', '198.51.100.0/28', '10.0.0.0/8', '::/0'];
export const addresses = ['203.0.113.127', '203.0.113.128', '198.51.100.15', '198.51.100.16', '10.9.9.9', '192.0.2.1'];
const portNames = ['web', 'dns'];

export interface RandomCluster {
  readonly plugin: 'cilium' | 'unknown';
  readonly objects: readonly KubernetesObject[];
  readonly ends: readonly string[];
}

function labels(random: Random): { readonly [key: string]: string } {
  return Object.fromEntries(keys.filter(() => chance(random, 0.7)).map((key) => [key, pick(random, values)]));
}

function selector(random: Random, ofNamespace = false): object {
  const roll = random();
  if (roll < 0.25) return {};
  if (ofNamespace && roll < 0.5)
    return { matchLabels: { 'kubernetes.io/metadata.name': pick(random, [...spaces, 'grey']) } };
  if (roll < 0.65) return { matchLabels: { [pick(random, keys)]: pick(random, values) } };
  const operator = pick(random, ['In', 'NotIn', 'Exists', 'DoesNotExist']);
  const valued = operator === 'In' || operator === 'NotIn';
  const expression = {
    key: pick(random, keys),
    operator,
    ...(valued ? { values: some(random, 1, 2, () => pick(random, values)) } : {}),
  };
  return {
    ...(chance(random, 0.3) ? { matchLabels: { [pick(random, keys)]: pick(random, values) } } : {}),
    matchExpressions: [expression],
  };
}

function peer(random: Random): object {
  const roll = random();
  if (roll < 0.3) return { podSelector: selector(random) };
  if (roll < 0.5) return { namespaceSelector: selector(random, true) };
  if (roll < 0.75) return { namespaceSelector: selector(random, true), podSelector: selector(random) };
  const cidr = pick(random, blocks);
  const except = { '0.0.0.0/0': ['203.0.113.0/24'], '203.0.113.0/24': ['203.0.113.128/25'] }[cidr];
  return { ipBlock: { cidr, ...(except !== undefined && chance(random, 0.5) ? { except } : {}) } };
}

function port(random: Random): object {
  const protocol = pick(random, [undefined, 'TCP', 'UDP', 'SCTP', 'TCP']);
  const roll = random();
  return {
    ...(protocol === undefined ? {} : { protocol }),
    ...(roll < 0.15
      ? {}
      : roll < 0.55
        ? { port: pick(random, portNames) }
        : roll < 0.8
          ? { port: pick(random, [53, 80, 443]) }
          : { port: 80, endPort: pick(random, [80, 90, 443]) }),
  };
}

function rule(random: Random, side: 'from' | 'to'): object {
  const roll = random();
  return {
    ...(roll < 0.15 ? {} : roll < 0.2 ? { [side]: [] } : { [side]: some(random, 1, 3, () => peer(random)) }),
    ...(chance(random, 0.25) ? {} : { ports: some(random, chance(random, 0.1) ? 0 : 1, 2, () => port(random)) }),
  };
}

function randomPolicy(random: Random, index: number): KubernetesObject {
  const types = pick(random, [undefined, ['Ingress'], ['Egress'], ['Ingress', 'Egress']]);
  return policy(`${pick(random, [...spaces, 'grey'])}/p${index}`, {
    ...(chance(random, 0.9) ? { podSelector: selector(random) } : {}),
    ...(types === undefined ? {} : { policyTypes: types }),
    ...(chance(random, 0.85) ? { ingress: some(random, 0, 2, () => rule(random, 'from')) } : {}),
    ...(chance(random, 0.7) ? { egress: some(random, 0, 2, () => rule(random, 'to')) } : {}),
  });
}

export function randomCluster(random: Random): RandomCluster {
  const plugin = chance(random, 0.5) ? 'cilium' : 'unknown';
  const names: string[] = [];
  const workloads = some(random, 6, 12, (index) => {
    // `grey` has no object: only its name is known of its labels.
    const path = `${pick(random, [...spaces, 'grey'])}/w${index}`;
    names.push(path);
    const ports = [
      ...(chance(random, 0.7) ? [`web=${pick(random, [80, 443, 85])}`] : []),
      ...(chance(random, 0.6) ? [`dns=${pick(random, ['53/UDP', '53', '443/SCTP'])}`] : []),
    ];
    const host = chance(random, 0.12);
    return chance(random, 0.5)
      ? deployment(path, labels(random), ports, host ? { hostNetwork: true } : {})
      : pod(path, labels(random), ports, host ? { hostNetwork: true } : {});
  });
  return {
    plugin,
    objects: [
      ...spaces.map((name) => namespace(name, labels(random))),
      ...(plugin === 'cilium' ? [cilium] : []),
      ...workloads,
      ...some(random, 2, 10, (index) => randomPolicy(random, index)),
    ],
    ends: [...names, ...addresses],
  };
}

export function randomPodPacket(random: Random, { ends }: RandomCluster): PodPacket {
  const src = pick(random, ends);
  // Between two addresses a cluster says nothing.
  const pods = ends.filter((one) => one.includes('/'));
  const dst = src.includes('/') ? pick(random, ends) : pick(random, pods);
  const protocol = pick(random, ['TCP', 'TCP', 'TCP', 'UDP', 'SCTP', 'ICMP'] as const);
  return { src, dst, protocol, port: protocol === 'ICMP' ? 0 : pick(random, [53, 80, 81, 85, 90, 91, 443, 444]) };
}
