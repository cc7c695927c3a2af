import type { INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import type { INetworkPolicyEgressRule } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicyEgressRule';
import type { INetworkPolicyIngressRule } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicyIngressRule';
import type { INetworkPolicyPeer } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicyPeer';
import type { INetworkPolicyPort } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicyPort';
import type { KubernetesObject } from '../../model/kubernetes-object.ts';
import { object } from './object.ts';

type Labels = Readonly<Record<string, string>>;

/**
 * Pods of one namespace. The namespace is told by its name, which the API server itself writes into a label that nobody can change:
 * labels of ours could be put on another namespace.
 */
export function podsIn(namespace: string, labels: Labels): INetworkPolicyPeer {
  return {
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
    podSelector: { matchLabels: { ...labels } },
  };
}

export function range(cidr: string, ...except: readonly string[]): INetworkPolicyPeer {
  return { ipBlock: { cidr, ...(except.length === 0 ? {} : { except: [...except] }) } };
}

export const tcpPort = (port: number | string): INetworkPolicyPort => ({ protocol: 'TCP', port });

/** Lets a pod be reached, or reach, on ports. */
export function from(peers: readonly INetworkPolicyPeer[], ...ports: readonly (number | string)[]) {
  return { from: [...peers], ports: ports.map(tcpPort) } satisfies INetworkPolicyIngressRule;
}
export function to(peers: readonly INetworkPolicyPeer[], ...ports: readonly (number | string)[]) {
  return { to: [...peers], ports: ports.map(tcpPort) } satisfies INetworkPolicyEgressRule;
}

interface PolicyShape {
  readonly namespace: string;
  readonly name: string;
  /** Pods that it is about. @default every pod of the namespace */
  readonly pods?: Labels;
  /** Left out: it says nothing about the direction. Empty: nothing passes. */
  readonly ingress?: readonly INetworkPolicyIngressRule[];
  readonly egress?: readonly INetworkPolicyEgressRule[];
}

export function networkPolicy({ namespace, name, pods, ingress, egress }: PolicyShape): KubernetesObject {
  return object<INetworkPolicy>({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace },
    spec: {
      podSelector: pods === undefined ? {} : { matchLabels: { ...pods } },
      policyTypes: [
        ...(ingress === undefined ? [] : (['Ingress'] as const)),
        ...(egress === undefined ? [] : (['Egress'] as const)),
      ],
      // An empty list is not stored: written out, it would be a change each time that the object is applied.
      ...(ingress === undefined || ingress.length === 0 ? {} : { ingress: [...ingress] }),
      ...(egress === undefined || egress.length === 0 ? {} : { egress: [...egress] }),
    },
  });
}

/** Nothing in, nothing out, for every pod of a namespace. */
export function denyByDefault(namespace: string): KubernetesObject {
  return object<INetworkPolicy>({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'deny-by-default', namespace },
    spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
  });
}

/** Every pod asks the cluster's DNS. Over TCP as well: answers that do not fit a datagram are asked for again over TCP. */
export function namesFor(namespace: string): KubernetesObject {
  return networkPolicy({
    namespace,
    name: 'names',
    egress: [
      {
        to: [podsIn('kube-system', { 'k8s-app': 'kube-dns' })],
        ports: [{ protocol: 'UDP', port: 53 }, tcpPort(53)],
      },
    ],
  });
}

/** Sidecars and gateways get certificates and configuration. */
export function meshControlPlaneFor(namespace: string): KubernetesObject {
  return networkPolicy({
    namespace,
    name: 'mesh-control-plane',
    egress: [to([podsIn('aks-istio-system', { app: 'istiod' })], 15012)],
  });
}

/** The proxy joins the application's metrics with its own on 15020, so that the collector needs no identity in the mesh. */
export function meshMetricsFor(namespace: string): KubernetesObject {
  return networkPolicy({
    namespace,
    name: 'metrics',
    ingress: [from([podsIn('kube-system', { rsName: 'ama-metrics' })], 15020)],
  });
}
