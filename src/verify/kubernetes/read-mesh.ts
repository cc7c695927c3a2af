import { parseDocument } from 'yaml';
import type { Policy, Service, Workload } from '../../reachability/index.ts';
import { fields, items, text } from '../arm-view.ts';
import type { ObjectView } from './object-view.ts';
import { readAuthorizationPolicies } from './read-authorization-policies.ts';
import { readPeerAuthentications } from './read-peer-authentications.ts';
import { type MeshConfig, readSidecars } from './read-sidecars.ts';
import type { PodShape } from './read-workloads.ts';

/** A service mesh (Istio's), as far as its objects tell. */
export interface Mesh {
  /** Whether a proxy stands before a pod. */
  of(pod: PodShape): Workload['mesh'];
  /** What its objects say, once the workloads are known; and the workloads with what the mesh asks of them. */
  policies(
    workloads: readonly Workload[],
    services: readonly Service[],
  ): { readonly policies: readonly Policy[]; readonly workloads: readonly Workload[] };
}

const kinds: readonly (readonly [group: string, kind: string])[] = [
  ['security.istio.io', 'AuthorizationPolicy'],
  ['security.istio.io', 'PeerAuthentication'],
  ['networking.istio.io', 'Sidecar'],
];
/** Istio's own root namespace, and that of the AKS add-on. */
const roots = ['istio-system', 'aks-istio-system'];

export function readMesh(view: ObjectView, assume: (assumption: string) => void): Mesh {
  const config = meshConfig(view);
  const spoken = kinds.some(([group, kind]) => view.of(group, kind).length > 0) || config.registryOnly;
  if (!spoken) return { of: () => 'no', policies: (workloads) => ({ policies: [], workloads }) };
  const namespaces = new Map(view.of('', 'Namespace').map((one) => [one.name, one.labels]));
  assume(
    'The mesh judges TCP only, at the proxies of its pods: UDP and other protocols pass it by, and a proxy knows who the other side is by its certificate, which mesh sources are taken to present.',
  );
  return {
    of: (pod) => membership(pod, namespaces.get(pod.namespace)),
    policies(workloads, services) {
      const peers = readPeerAuthentications(view, config.root, workloads, assume);
      return {
        workloads: peers.workloads,
        policies: [
          ...peers.policies,
          ...readAuthorizationPolicies(view, config.root, assume),
          ...readSidecars(view, config, services, assume),
        ],
      };
    },
  };
}

/** The mesh's own configuration, where the state has it. */
function meshConfig(view: ObjectView): MeshConfig {
  const maps = view
    .of('', 'ConfigMap')
    .filter(
      (one) =>
        roots.includes(one.namespace) && /^istio/.test(one.name) && text(fields(one.whole.data).mesh) !== undefined,
    );
  const meshes = maps.map((one) => fields(parseDocument(text(fields(one.whole.data).mesh) ?? '').toJSON()));
  const named = meshes.map((one) => text(one.rootNamespace)).find((one) => one !== undefined);
  const inUse = roots.find((root) =>
    kinds.some(([group, kind]) => view.of(group, kind).some((one) => one.namespace === root)),
  );
  return {
    root: named ?? maps[0]?.namespace ?? inUse ?? 'istio-system',
    registryOnly: meshes.some((one) => fields(one.outboundTrafficPolicy).mode === 'REGISTRY_ONLY'),
  };
}

/** Injected or not, by what is in the pod, on the pod, and on its namespace. Ports that bypass the proxy make it open. */
function membership(pod: PodShape, namespace: { readonly [key: string]: string } | undefined): Workload['mesh'] {
  const containers = [...items(pod.spec.containers), ...items(pod.spec.initContainers)].map((one) =>
    text(fields(one).name),
  );
  const flag = (key: string): string | undefined => pod.labels[key] ?? pod.annotations[key];
  const bypass =
    (pod.annotations['traffic.sidecar.istio.io/excludeInboundPorts'] ?? '') !== '' ||
    (pod.annotations['traffic.sidecar.istio.io/includeInboundPorts'] ?? '*') !== '*';
  const yes = bypass ? 'open' : 'yes';
  if (containers.includes('istio-proxy')) return yes;
  if (flag('sidecar.istio.io/inject') === 'false') return 'no';
  if (flag('sidecar.istio.io/inject') === 'true' || pod.labels['istio.io/rev'] !== undefined) return yes;
  const ambient = pod.labels['istio.io/dataplane-mode'] ?? namespace?.['istio.io/dataplane-mode'];
  if (ambient === 'ambient') return 'yes';
  if (namespace === undefined) return 'open';
  if (namespace['istio-injection'] === 'disabled') return 'no';
  return namespace['istio-injection'] === 'enabled' || namespace['istio.io/rev'] !== undefined ? yes : 'no';
}
