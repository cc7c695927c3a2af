import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type AuthorizationPolicy, authorizationPoliciesOf } from './authorization-policy.ts';
import { type GatewayRoute, gatewayRoutesOf } from './gateway-route.ts';
import { type NetworkPolicy, networkPoliciesOf } from './network-policy.ts';
import { type KubernetesObject, ManifestError, readObjects } from './objects.ts';
import { type PeerAuthentication, peerAuthenticationsOf } from './peer-authentication.ts';
import { builtInNamespaces, type Pod, podsOf } from './pods.ts';
import { type Registry, registryOf } from './registry.ts';

/** What the manifests say, as far as it decides about calls. */
export interface Cluster {
  readonly pods: readonly Pod[];
  readonly networkPolicies: readonly NetworkPolicy[];
  readonly authorizationPolicies: readonly AuthorizationPolicy[];
  readonly peerAuthentications: readonly PeerAuthentication[];
  readonly registry: Registry;
  readonly routes: readonly GatewayRoute[];
}

/** Kinds that would change who may call whom and that this sidecar does not enforce: better no start than a wrong answer. */
const refused = new Map([
  ['Sidecar', 'networking.istio.io'],
  ['VirtualService', 'networking.istio.io'],
  ['EnvoyFilter', 'networking.istio.io'],
  ['WorkloadEntry', 'networking.istio.io'],
  ['RequestAuthentication', 'security.istio.io'],
  ['CiliumNetworkPolicy', 'cilium.io'],
  ['CiliumClusterwideNetworkPolicy', 'cilium.io'],
  ['ClusterNetworkPolicy', 'policy.networking.k8s.io'],
  ['TrafficTarget', 'access.smi-spec.io'],
  ['IngressBackend', 'policy.openservicemesh.io'],
  ['MeshConfig', 'config.openservicemesh.io'],
  ['StatefulSet', 'apps'],
  ['Pod', 'v1'],
]);

/** @throws ManifestError with the place, for anything unreadable, doubled or not enforced */
export function clusterOf(objects: readonly KubernetesObject[]): Cluster {
  const seen = new Map<string, string>();
  for (const one of objects) {
    if (refused.get(one.kind) === one.apiVersion.split('/', 1)[0]) {
      throw new ManifestError(one.place, `${one.kind} is not enforced by this sidecar.`);
    }
    const key = [one.apiVersion.split('/', 1)[0], one.kind, one.namespace, one.name].join(' ');
    const before = seen.get(key);
    if (before !== undefined) throw new ManifestError(one.place, `${one.kind} ${one.name} is in ${before} already.`);
    seen.set(key, one.place);
  }
  const cluster: Cluster = {
    pods: podsOf(objects),
    networkPolicies: networkPoliciesOf(objects),
    authorizationPolicies: authorizationPoliciesOf(objects),
    peerAuthentications: peerAuthenticationsOf(objects),
    registry: registryOf(objects),
    routes: gatewayRoutesOf(objects),
  };
  const namespaces = new Set([
    ...builtInNamespaces,
    ...objects.filter((one) => one.kind === 'Namespace').map((one) => one.name),
  ]);
  const lost = objects.find((one) => one.namespace !== '' && !namespaces.has(one.namespace));
  if (lost !== undefined) throw new ManifestError(lost.place, `the namespace "${lost.namespace}" is in no manifest.`);
  return cluster;
}

/** Reads every `.yaml` file below the folders. @throws ManifestError */
export function readCluster(folders: readonly string[]): Cluster {
  return clusterOf(folders.flatMap(readFolder));
}

function readFolder(folder: string): readonly KubernetesObject[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name) && entry.name !== 'kustomization.yaml')
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort()
    .flatMap((file) => readObjects(path.relative(folder, file), readFileSync(file, 'utf8')));
}

/** The pod that a sidecar stands beside. @throws ManifestError when neither a Deployment nor a DaemonSet makes it */
export function findPod(cluster: Cluster, namespace: string, name: string): Pod {
  const pod = cluster.pods.find((one) => one.namespace === namespace && one.name === name);
  if (pod === undefined)
    throw new ManifestError(`${namespace}/${name}`, 'no Deployment and no DaemonSet makes this pod.');
  return pod;
}
