import type { KubernetesObject } from '../src/model/kubernetes-object.ts';

/** Mulberry32: the same seed, the same cluster. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * A cluster as large ones are: an application a namespace with about 25 workloads, each workload with labels of its own, a default deny and a DNS rule in
 * most namespaces, policies for single workloads with peers in and out of the namespace, a few blocks of addresses and named ports.
 */
export function generatedCluster(workloads: number, policies: number, seed = 7): readonly KubernetesObject[] {
  const random = randomFrom(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const namespaces = Array.from({ length: Math.max(2, Math.round(workloads / 25)) }, (_, i) => `app-${i}`);
  const tiers = ['front', 'back', 'data', 'batch'];
  const objects: KubernetesObject[] = namespaces.map((name, i) => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels: { team: `team-${i % 12}`, scope: i % 5 === 0 ? 'in' : 'out' } },
  }));
  const where: string[] = [];
  for (let i = 0; i < workloads; i++) {
    const namespace = namespaces[i % namespaces.length] as string;
    const labels = { app: `svc-${i}`, tier: pick(tiers), version: `v${i % 3}` };
    where.push(namespace);
    objects.push({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { namespace, name: `svc-${i}` },
      spec: {
        template: {
          metadata: { labels },
          spec: {
            containers: [
              {
                name: 'main',
                ports: [
                  { name: 'http', containerPort: 8080 + (i % 4) },
                  { name: 'metrics', containerPort: 9100 },
                ],
              },
            ],
          },
        },
      },
    });
  }
  const tcp = (port: number | string) => ({ protocol: 'TCP', port });
  const workloadOf = (namespace: string): string => {
    const own = where.flatMap((one, i) => (one === namespace ? [`svc-${i}`] : []));
    return pick(own);
  };
  const peer = (namespace: string): object => {
    const roll = random();
    if (roll < 0.45) return { podSelector: { matchLabels: { app: workloadOf(namespace) } } };
    if (roll < 0.6) return { podSelector: { matchLabels: { tier: pick(tiers) } } };
    if (roll < 0.75) return { namespaceSelector: { matchLabels: { team: `team-${Math.floor(random() * 12)}` } } };
    if (roll < 0.9)
      return {
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': pick(namespaces) } },
        podSelector: { matchLabels: { tier: pick(tiers) } },
      };
    return { ipBlock: { cidr: `10.${Math.floor(random() * 64)}.0.0/16` } };
  };
  for (let i = 0; i < policies; i++) {
    const namespace = namespaces[i % namespaces.length] as string;
    const metadata = { namespace, name: `policy-${i}` };
    const add = (spec: object): void => {
      objects.push({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata, spec });
    };
    if (i < namespaces.length) {
      const dns = { to: [{ namespaceSelector: {} }], ports: [{ protocol: 'UDP', port: 53 }] };
      add({ podSelector: {}, policyTypes: ['Ingress', 'Egress'], ingress: [], egress: [dns] });
      continue;
    }
    const selector = random() < 0.7 ? { app: workloadOf(namespace) } : { tier: pick(tiers) };
    const rule = (side: 'from' | 'to'): object => ({
      [side]: Array.from({ length: 1 + Math.floor(random() * 3) }, () => peer(namespace)),
      ports: random() < 0.2 ? [tcp('http')] : [tcp(pick([8080, 8081, 8443, 5432, 9100]))],
    });
    add({
      podSelector: { matchLabels: selector },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [rule('from'), rule('from')],
      egress: [rule('to')],
    });
  }
  return objects;
}
