import * as cluster from './cluster-programs.mjs';
import { installDebian } from './debian.mjs';
import * as kubernetes from './kubernetes.mjs';
import { has, versionOf } from './process.mjs';
import { nodeVersion, pythonProgram } from './published-programs.mjs';

/**
 * Everything that the tests need beside this repository: what it is, whether it is there and runs, how it is installed, and the
 * environment variable by which a test finds it.
 */
const azureCli = pythonProgram('azure-cli', '2.91.0', 'az');
const checkov = pythonProgram('checkov', '3.3.30', 'checkov');
const chromium = '/usr/bin/chromium';
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
  Chromium: {
    program: chromium,
    variable: 'CONFORMANCE_CHROMIUM',
    isReady: () => versionOf(chromium, ['--version']).startsWith('Chromium '),
    // Without a font every text is empty.
    install: () => installDebian('chromium', 'fonts-dejavu-core'),
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

/** The schemas of what AKS's add-ons and extensions bring. */
const definitions = [
  "Flux's definitions",
  "Flux's source definitions",
  "Gatekeeper's definitions",
  "Istio's definitions",
  "the Gateway API's definitions",
];
const controlPlane = ['etcd', 'kubectl', 'kube-apiserver', 'kube-controller-manager', ...definitions];
const pools = ['kube-scheduler', 'kwok', "kwok's stages"];

/**
 * What each test needs. A test of the core tier may not be left out: where a part is missing the run fails. One of the extended tier is
 * named as not run.
 */
export const needs = {
  core: {
    'azure-cli.test.ts': ['the Azure CLI'],
    'checkov.test.ts': ['checkov'],
    'fresh-clone.test.ts': nodes.map(({ version }) => `Node ${version}`),
    'kernel-twin.test.ts': ['nftables and iproute2'],
    'page.test.ts': ['Chromium'],
    'kube-checkov.test.ts': ['checkov'],
    'kube-tree.test.ts': controlPlane,
    'kube-hostile.test.ts': controlPlane,
    'kube-placement.test.ts': [...controlPlane, ...pools],
  },
  extended: {
    'flux-loop.test.ts': [
      ...[...controlPlane, ...pools, 'kustomize-controller', 'source-controller'],
      'containerd, runc and plugins',
    ],
    'gatekeeper.test.ts': [...controlPlane, 'gatekeeper'],
    'real-node.test.ts': [
      ...[...controlPlane, 'kube-scheduler', 'kubelet', 'kube-proxy'],
      ...['containerd, runc and plugins', 'nftables and iproute2'],
    ],
  },
};
