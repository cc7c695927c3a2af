import type { KubernetesObject } from './api-client.ts';

/**
 * What AKS's add-ons and extensions run, as far as it decides where: their published tolerations and affinities. `source` says where
 * that was read. Images do not matter here: nothing of them is started.
 */
export interface AddOn {
  readonly name: string;
  readonly namespace: string;
  readonly kind: 'Deployment' | 'DaemonSet' | 'Job';
  readonly tolerations: readonly unknown[];
  /** The pools where it may come to run, by the mode or the name of the pool. */
  readonly runsIn: 'the system pool' | 'the platform pool' | 'every pool';
  readonly source: string;
}

const critical = [{ key: 'CriticalAddonsOnly', operator: 'Exists' }];
const everything = [{ operator: 'Exists' }];

export const addOns: readonly AddOn[] = [
  {
    name: 'coredns',
    namespace: 'kube-system',
    kind: 'Deployment',
    tolerations: [...critical, { key: 'node-role.kubernetes.io/master', effect: 'NoSchedule' }],
    runsIn: 'the system pool',
    source: '"Manage system node pools in AKS": CoreDNS and metrics-server run on system pools; Azure/AKS#1833',
  },
  {
    name: 'metrics-server',
    namespace: 'kube-system',
    kind: 'Deployment',
    tolerations: critical,
    runsIn: 'the system pool',
    source: '"Manage system node pools in AKS"',
  },
  {
    name: 'konnectivity-agent',
    namespace: 'kube-system',
    kind: 'Deployment',
    tolerations: critical,
    runsIn: 'the system pool',
    source: '"Manage system node pools in AKS": critical system pods',
  },
  {
    name: 'gatekeeper-controller',
    namespace: 'gatekeeper-system',
    kind: 'Deployment',
    tolerations: critical,
    runsIn: 'the system pool',
    source: 'Azure/AKS#1963, released: the policy add-on tolerates CriticalAddonsOnly',
  },
  {
    name: 'source-controller',
    namespace: 'flux-system',
    kind: 'Deployment',
    tolerations: critical,
    runsIn: 'the system pool',
    source: 'Azure/AKS#4780: the parts of Flux tolerate the system pool’s taint',
  },
  {
    name: 'extension-operator',
    namespace: 'kube-system',
    kind: 'Deployment',
    tolerations: [],
    runsIn: 'the platform pool',
    source: 'Azure/AKS#3359: the extension manager tolerated nothing',
  },
  {
    name: 'delete-fluxconfig',
    namespace: 'flux-system',
    kind: 'Job',
    tolerations: [],
    runsIn: 'the platform pool',
    source: 'Azure/AKS#4780: the job that uninstalls Flux tolerates nothing',
  },
  {
    name: 'istiod',
    namespace: 'aks-istio-system',
    kind: 'Deployment',
    tolerations: [],
    runsIn: 'the platform pool',
    source: 'Azure/AKS#3882: the mesh’s control plane supported no tolerations',
  },
  {
    name: 'azure-cns',
    namespace: 'kube-system',
    kind: 'DaemonSet',
    tolerations: everything,
    runsIn: 'every pool',
    source: 'Azure/azure-container-networking, cns/azure-cns.yaml: it is the network of every node',
  },
  {
    name: 'aks-secrets-store-csi-driver',
    namespace: 'kube-system',
    kind: 'DaemonSet',
    tolerations: everything,
    runsIn: 'every pool',
    source: 'Azure/secrets-store-csi-driver-provider-azure, deployment: tolerates everything',
  },
  {
    name: 'ama-metrics-node',
    namespace: 'kube-system',
    kind: 'DaemonSet',
    tolerations: everything,
    runsIn: 'every pool',
    source: 'Azure/prometheus-collector, ama-metrics daemonset: tolerates NoSchedule and NoExecute',
  },
];

/** An object that makes the add-on's pods. It sets no requests: how much room it takes is not the question. */
export function objectOf(addOn: AddOn): KubernetesObject {
  const { name, namespace, kind, tolerations } = addOn;
  const labels = { 'conformance/add-on': name };
  const template = {
    metadata: { labels },
    spec: {
      tolerations,
      ...(kind === 'Job' ? { restartPolicy: 'Never' } : {}),
      // As AKS prefers its own pods on system pools.
      affinity: {
        nodeAffinity: {
          preferredDuringSchedulingIgnoredDuringExecution: [
            {
              weight: 100,
              preference: {
                matchExpressions: [{ key: 'kubernetes.azure.com/mode', operator: 'In', values: ['system'] }],
              },
            },
          ],
        },
      },
      containers: [{ name: 'main', image: `mcr.microsoft.com/conformance/${name}:0` }],
    },
  };
  const selector = { matchLabels: labels };
  const spec = kind === 'Job' ? { template } : { selector, template };
  return { apiVersion: kind === 'Job' ? 'batch/v1' : 'apps/v1', kind, metadata: { name, namespace }, spec };
}
