import { isAuthorized, type RequestFacts } from './authorization-policy.ts';
import type { Cluster } from './cluster.ts';
import { type End, mayEnter, mayLeave } from './network-policy.ts';
import type { Pod } from './pods.ts';
import { isKnownOutside } from './registry.ts';

/** The layers that a sidecar stands for; the words are those of the expected matrix. */
export type SidecarLayer = 'caller egress policy' | 'mesh registry' | 'target ingress policy' | 'mesh authorization';

/** Every layer at the caller's side that stops a connection to a pod. */
export function stopsLeavingForPod(cluster: Cluster, caller: Pod, target: Pod, port: number): readonly SidecarLayer[] {
  return leaves(cluster, caller, { pod: target }, port) ? [] : ['caller egress policy'];
}

/** Every layer at the caller's side that stops a connection to a host outside; `address` is what its name resolves to. */
export function stopsLeavingForHost(
  cluster: Cluster,
  caller: Pod,
  host: { readonly name: string; readonly address: string; readonly port: number },
): readonly SidecarLayer[] {
  const stops: SidecarLayer[] = [];
  if (!leaves(cluster, caller, { address: host.address }, host.port)) stops.push('caller egress policy');
  if (!isKnownOutside(cluster.registry, host.name, host.port, caller.namespace)) stops.push('mesh registry');
  return stops;
}

/** The layer at the target's side that drops a connection before a request is read. */
export function stopsEntering(cluster: Cluster, target: Pod, from: End, port: number): readonly SidecarLayer[] {
  return mayEnter(cluster.networkPolicies, target, from, { number: port, protocol: 'TCP' })
    ? []
    : ['target ingress policy'];
}

/** The layer at the target's side that refuses a request. */
export function stopsRequest(cluster: Cluster, target: Pod, request: RequestFacts): readonly SidecarLayer[] {
  return isAuthorized(cluster.authorizationPolicies, target, request) ? [] : ['mesh authorization'];
}

/** A connection needs the name first: a pod that may not ask cluster DNS, over UDP or TCP, reaches nobody. */
function leaves(cluster: Cluster, caller: Pod, to: End, port: number): boolean {
  return resolves(cluster, caller) && mayLeave(cluster.networkPolicies, caller, to, { number: port, protocol: 'TCP' });
}

function resolves(cluster: Cluster, caller: Pod): boolean {
  const servers = cluster.pods.filter((pod) => pod.namespace === 'kube-system' && pod.labels['k8s-app'] === 'kube-dns');
  return servers.some((pod) =>
    (['UDP', 'TCP'] as const).some(
      (protocol) =>
        mayLeave(cluster.networkPolicies, caller, { pod }, { number: 53, protocol }) &&
        mayEnter(cluster.networkPolicies, pod, { pod: caller }, { number: 53, protocol }),
    ),
  );
}
