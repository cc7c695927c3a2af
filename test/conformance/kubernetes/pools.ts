import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { KubernetesObject } from './api-client.ts';
import type { Written } from './landing-zone.ts';

/** A node pool as the template asks Azure for it (Microsoft.ContainerService/managedClusters, agentPoolProfiles). */
export interface Pool {
  readonly name: string;
  readonly mode: 'System' | 'User';
  readonly vmSize: string;
  readonly count: number;
  readonly maxCount: number;
  readonly maxPods: number;
  readonly nodeLabels: Readonly<Record<string, string>>;
  readonly nodeTaints: readonly string[];
  readonly availabilityZones: readonly string[];
}

interface Template {
  readonly resources: readonly { readonly type: string; readonly properties?: Readonly<Record<string, unknown>> }[];
}

/** The pools of the first cluster, read from the templates that were written. */
export function poolsOf({ folder }: Written): readonly Pool[] {
  for (const file of readdirSync(path.join(folder, 'templates')).sort()) {
    const template = JSON.parse(readFileSync(path.join(folder, 'templates', file), 'utf8')) as Template;
    const cluster = template.resources.find(({ type }) => type === 'Microsoft.ContainerService/managedClusters');
    if (cluster !== undefined) return cluster.properties?.agentPoolProfiles as readonly Pool[];
  }
  throw new Error('No template has a cluster.');
}

/**
 * A node as AKS registers one of this pool: the template's labels and taints, and the labels that AKS adds by itself ("Use labels in
 * an AKS cluster": kubernetes.azure.com/* and the well-known ones). kwok plays its kubelet.
 */
export function nodeOf(pool: Pool, index: number): KubernetesObject {
  const name = `aks-${pool.name}-12345678-vmss${String(index).padStart(6, '0')}`;
  const zone = pool.availabilityZones[index % Math.max(1, pool.availabilityZones.length)];
  const capacity = capacityOf(pool);
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      annotations: { 'kwok.x-k8s.io/node': 'fake' },
      labels: {
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        'kubernetes.io/arch': 'amd64',
        'node.kubernetes.io/instance-type': pool.vmSize,
        'topology.kubernetes.io/region': 'eastus2',
        ...(zone === undefined ? {} : { 'topology.kubernetes.io/zone': `eastus2-${zone}` }),
        'kubernetes.azure.com/agentpool': pool.name,
        'kubernetes.azure.com/mode': pool.mode.toLowerCase(),
        agentpool: pool.name,
        ...pool.nodeLabels,
      },
    },
    spec: { taints: pool.nodeTaints.map(readTaint) },
    status: {
      capacity: { ...capacity.whole, pods: String(pool.maxPods) },
      allocatable: { ...capacity.left, pods: String(pool.maxPods) },
    },
  };
}

/** `key=value:effect` */
function readTaint(text: string): { readonly key: string; readonly value: string; readonly effect: string } {
  const [, key, value, effect] = /^([^=:]+)(?:=([^:]*))?:(\w+)$/.exec(text) ?? [];
  if (key === undefined || effect === undefined) throw new Error(`Not a taint: ${text}`);
  return { key, value: value ?? '', effect };
}

/**
 * Size pages of the Ddsv5 and Edsv5 series: 4 and 8 GiB a core. What AKS keeps for itself ("Resource reservations in AKS", 1.29 and
 * newer): 20 MB for each pod that may run plus 50 MB, or a quarter of the memory where that is less; 100 MB before eviction; and of
 * processors 100, 140, 180, 260 millicores of 2, 4, 8, 16 cores.
 */
function capacityOf({ vmSize, maxPods }: Pool) {
  const [, family, digits] = /^Standard_([DE])(\d+)/.exec(vmSize) ?? [];
  const cores = Number(digits);
  const memory = cores * (family === 'E' ? 8 : 4) * 1024;
  const kept = Math.min(20 * maxPods + 50, memory / 4) + 100;
  const millicores = { 2: 100, 4: 140, 8: 180, 16: 260 }[cores] ?? 420;
  return {
    whole: { cpu: String(cores), memory: `${memory}Mi`, 'ephemeral-storage': '128Gi' },
    left: {
      cpu: `${cores * 1000 - millicores}m`,
      memory: `${Math.floor(memory - kept)}Mi`,
      'ephemeral-storage': '100Gi',
    },
  };
}
