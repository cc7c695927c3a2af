import * as cluster from './cluster-programs.mjs';
import { installDebian } from './debian.mjs';
import * as kubernetes from './kubernetes.mjs';
import { has } from './process.mjs';
import { nodeVersion, pythonProgram } from './published-programs.mjs';

/**
 * Everything that the tests need beside this repository: what it is, whether it is there and runs, how it is installed, and the
 * environment variable by which a test finds it.
 */
const azureCli = pythonProgram('azure-cli', '2.91.0', 'az');
const checkov = pythonProgram('checkov', '3.3.30', 'checkov');
const nodes = ['22.23.3', '24.21.0'].map((version) => ({ version, ...nodeVersion(version) }));

export const parts = {
  'the Azure CLI': { ...azureCli, variable: 'CONFORMANCE_AZ' },
  checkov: { ...checkov, variable: 'CONFORMANCE_CHECKOV' },
  ...Object.fromEntries(
    nodes.map(({ version, ...node }) => [`Node ${version}`, { ...node, variable: 'CONFORMANCE_NODES' }]),
  ),
  'nftables and iproute2': {
    isReady: () => process.platform !== 'linux' || has('nft', 'ip', 'unshare'),
    install: () => installDebian('nftables', 'iproute2', 'util-linux'),
  },
  etcd: { ...kubernetes.etcd, variable: 'CONFORMANCE_ETCD' },
  kubectl: { ...kubernetes.kubectl, variable: 'CONFORMANCE_KUBECTL' },
  'kube-apiserver': { ...kubernetes.apiServer, variable: 'CONFORMANCE_KUBE_APISERVER' },
  'kube-controller-manager': { ...kubernetes.controllerManager, variable: 'CONFORMANCE_KUBE_CONTROLLER_MANAGER' },
  'kube-scheduler': { ...kubernetes.scheduler, variable: 'CONFORMANCE_KUBE_SCHEDULER' },
  kubelet: { ...kubernetes.kubelet, variable: 'CONFORMANCE_KUBELET' },
  'kube-proxy': { ...kubernetes.kubeProxy, variable: 'CONFORMANCE_KUBE_PROXY' },
  'containerd, runc and plugins': { ...kubernetes.nodeSoftware, variable: 'CONFORMANCE_NODE_SOFTWARE' },
  kwok: { ...kubernetes.kwok, variable: 'CONFORMANCE_KWOK' },
  "kwok's stages": { ...kubernetes.kwokStages, variable: 'CONFORMANCE_KWOK_STAGES' },
  "Flux's definitions": { ...cluster.kustomizeDefinitions, variable: 'CONFORMANCE_DEFINITIONS' },
  "Flux's source definitions": { ...cluster.sourceDefinitions, variable: 'CONFORMANCE_DEFINITIONS' },
  "Gatekeeper's definitions": { ...cluster.gatekeeperDefinitions, variable: 'CONFORMANCE_DEFINITIONS' },
  "Istio's definitions": { ...cluster.istioDefinitions, variable: 'CONFORMANCE_DEFINITIONS' },
  "the Gateway API's definitions": { ...cluster.gatewayDefinitions, variable: 'CONFORMANCE_DEFINITIONS' },
  gatekeeper: { ...cluster.gatekeeper, variable: 'CONFORMANCE_GATEKEEPER' },
  'kustomize-controller': { ...cluster.kustomizeController, variable: 'CONFORMANCE_KUSTOMIZE_CONTROLLER' },
  'source-controller': { ...cluster.sourceController, variable: 'CONFORMANCE_SOURCE_CONTROLLER' },
};

/** A control plane of Kubernetes, nodes that are none, and the schemas of what AKS's add-ons bring. */
const kubernetesCore = [
  'etcd',
  'kubectl',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kwok',
  "kwok's stages",
  "Flux's definitions",
  "Flux's source definitions",
  "Gatekeeper's definitions",
  "Istio's definitions",
  "the Gateway API's definitions",
];

/** The core tier needs all of these; it does not run without one. */
export const core = [
  'the Azure CLI',
  'checkov',
  ...nodes.map(({ version }) => `Node ${version}`),
  'nftables and iproute2',
  ...kubernetesCore,
];

/** What a test of the extended tier needs beside the core's. Where one part is missing the test is named as not run. */
export const extended = {
  'flux-loop.test.ts': ['kustomize-controller', 'source-controller'],
  'gatekeeper.test.ts': ['gatekeeper'],
  'real-node.test.ts': ['kubelet', 'kube-proxy', 'containerd, runc and plugins'],
};
