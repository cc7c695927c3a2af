import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import type { KubernetesObject } from '../../src/model/kubernetes-object.ts';
import type { NetworkModel, PolicySide } from '../../src/reachability/index.ts';
import { vnet } from './arm-shapes.ts';
import { managedCluster } from './cluster-zone.ts';
import { ourJudge } from './compare-policies.ts';
import type { PodPacket } from './naive-policies.ts';

/** Written by test/conformance/cyclonus, from the module's own generator and matcher. */
const file = path.resolve(path.dirname(fileURLToPath(import.meta.url)), 'data/cyclonus.generated.jsonl');

interface Pod {
  readonly namespace: string;
  readonly name: string;
  readonly labels: Record<string, string>;
  readonly ip: string;
}
interface Step {
  readonly namespaces?: Record<string, Record<string, string>>;
  readonly pods?: readonly Pod[];
  readonly policies: readonly { readonly namespace: string; readonly name: string; readonly spec: object }[] | null;
  readonly tables: readonly { readonly ports: readonly string[]; readonly rows: readonly string[] }[];
}
interface Case {
  readonly description: string;
  readonly steps: readonly Step[];
}

const [first, ...cases] = readFileSync(file, 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Case);

/** Cyclonus' containers: one for each port and protocol, its port named after both. */
const containers = [80, 81].flatMap((port) =>
  ['TCP', 'UDP', 'SCTP'].map((protocol) => ({
    name: `cont-${port}-${protocol.toLowerCase()}`,
    image: 'example',
    ports: [{ containerPort: port, protocol, name: `serve-${port}-${protocol.toLowerCase()}` }],
  })),
);

function objectsOf(step: Step): readonly KubernetesObject[] {
  const base = first?.steps[0] as Step;
  const namespaces = Object.entries(step.namespaces ?? base.namespaces ?? {});
  return [
    ...namespaces.map(([name, labels]) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } })),
    ...(step.pods ?? base.pods ?? []).map(({ namespace, name, labels, ip }) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { namespace, name, labels },
      spec: { containers },
      status: { phase: 'Running', podIP: ip, podIPs: [{ ip }] },
    })),
    ...(step.policies ?? []).map(({ namespace, name, spec }) => ({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { namespace, name },
      spec,
    })),
  ];
}

/** Kubernetes leaves open whether a block matches pods and whether a plugin knows endPort (statements 11, 16), and so do we; Cyclonus says yes to both. */
function asCyclonusReads(model: NetworkModel): NetworkModel {
  const { cluster } = model;
  if (cluster === undefined) return model;
  const closed = (side: PolicySide | undefined): PolicySide | undefined =>
    side && {
      ...side,
      rules: side.rules.map((rule) => ({
        ...rule,
        ports: rule.ports?.map((port) => {
          if (port.kind !== 'numbers') return port;
          const { surely: _surely, ...whole } = port;
          return whole;
        }),
        peers: rule.peers?.map((peer) => (peer.kind === 'block' ? { ...peer, inside: 'yes' as const } : peer)),
      })),
    };
  const policies = cluster.policies.map(({ ingress, egress, ...rest }) => {
    const sides = { ingress: closed(ingress), egress: closed(egress) };
    return { ...rest, ...Object.fromEntries(Object.entries(sides).filter(([, side]) => side !== undefined)) };
  });
  return { ...model, cluster: { ...cluster, policies } };
}

it('the 230 cases of Cyclonus: every packet of every table', () => {
  const resources = [
    managedCluster({ networkPlugin: 'azure', networkPolicy: 'calico' }, []),
    vnet('vnet', ['192.168.0.0/16'], [{ name: 'pods', prefix: '192.168.0.0/16' }]),
  ];
  const open = new Set<string>();
  const differences: string[] = [];
  const agreed = new Set<Case>();
  let packets = 0;
  for (const one of cases) {
    const before = differences.length;
    for (const [n, step] of one.steps.entries()) {
      const cluster = { objects: [...objectsOf(step)] as never, ends: [], plugin: 'unknown' as const };
      const judge = ourJudge(cluster, resources, asCyclonusReads);
      const asIs = ourJudge(cluster, resources);
      const leftOpen = /ipBlock|endPort/.test(JSON.stringify(step.policies));
      const pods = (step.pods ?? first?.steps[0]?.pods ?? []).map((pod) => `${pod.namespace}/${pod.name}`);
      for (const { ports, rows } of step.tables) {
        for (const key of ports) {
          const [protocol, port] = key.split('/') as [PodPacket['protocol'], string];
          for (const [i, src] of pods.entries()) {
            for (const [j, dst] of pods.entries()) {
              const expected = rows[i]?.[j];
              if (i === j || expected === ' ' || expected === undefined) continue;
              packets += 1;
              const packet = { src, dst, protocol, port: Number(port) };
              const ours = judge(packet);
              // Without that reading the answer is the same, or open where there is a block or a range.
              const unread = asIs(packet);
              if (unread === 'depends' && leftOpen) open.add(one.description);
              else if (unread !== ours)
                differences.push(`${one.description}: ${unread} as it is, ${ours} as Cyclonus reads it`);
              if (ours !== (expected === '.' ? 'allowed' : 'denied'))
                differences.push(`${one.description}, step ${n + 1}: ${src} to ${dst} ${key}: ${expected} but ${ours}`);
            }
          }
        }
      }
    }
    if (differences.length === before) agreed.add(one);
  }
  console.log(
    `Cyclonus: ${agreed.size} of ${cases.length} cases agree, ${packets} packets, ${differences.length} differences; ${open.size} cases have a block or a range that we leave open as Kubernetes does`,
  );
  expect(differences.slice(0, 10)).toEqual([]);
  expect(cases.length).toBe(230);
  expect(agreed.size).toBe(230);
});
