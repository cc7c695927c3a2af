import path from 'node:path';
import { cache } from './cache.mjs';
import { unpackDebian } from './debian.mjs';
import { goModuleFiles, goProgram } from './go.mjs';
import { versionOf } from './process.mjs';

const version = '1.37.2';
const [major, minor] = version.split('.');
const stamped = ['k8s.io/component-base/version', 'k8s.io/client-go/pkg/version'];

/** A program of Kubernetes itself. Its staging modules lie in folders that the published archive lacks: their published twins stand in. */
function kubernetesProgram(name, asks = ['--version']) {
  return goProgram({
    name,
    module: 'k8s.io/kubernetes',
    version: `v${version}`,
    package: `k8s.io/kubernetes/cmd/${name}`,
    flags: stamped.flatMap((variables) => [
      `-X ${variables}.gitVersion=v${version}`,
      `-X ${variables}.gitMajor=${major}`,
      `-X ${variables}.gitMinor=${minor}`,
    ]),
    folderVersion: `v0.${version.slice(major.length + 1)}`,
    asks,
    says: `v${version}`,
  });
}

export const kubectl = kubernetesProgram('kubectl', ['version', '--client']);
export const apiServer = kubernetesProgram('kube-apiserver');
export const controllerManager = kubernetesProgram('kube-controller-manager');
export const scheduler = kubernetesProgram('kube-scheduler');
export const kubelet = kubernetesProgram('kubelet');
export const kubeProxy = kubernetesProgram('kube-proxy');

const etcdFolder = path.join(cache, 'debian-etcd-server');
const etcdProgram = path.join(etcdFolder, 'usr', 'bin', 'etcd');
/** Debian's etcd 3.4: old, and enough for an API server of 1.37. */
export const etcd = {
  program: etcdProgram,
  isReady: () => versionOf(etcdProgram, ['--version']).includes('etcd Version: 3.'),
  install: () => unpackDebian(etcdFolder, 'etcd-server'),
};

/** A container runtime, the plugins that give pods their network, a registry, and what a pod's sandbox runs, from Debian. */
const nodeFolder = path.join(cache, 'debian-node');
const nodePrograms = {
  containerd: ['usr/bin/containerd', '--version', 'containerd'],
  ctr: ['usr/bin/ctr', '--version', 'ctr'],
  runc: ['usr/sbin/runc', '--version', 'runc version 1.'],
  registry: ['usr/bin/docker-registry', '--version', 'docker-registry'],
  busybox: ['bin/busybox', '--help', 'BusyBox'],
};
export const nodeSoftware = {
  program: nodeFolder,
  isReady: () =>
    Object.values(nodePrograms).every(([file, asks, says]) =>
      versionOf(path.join(nodeFolder, file), [asks]).includes(says),
    ),
  install: () =>
    unpackDebian(
      nodeFolder,
      ...['containerd', 'runc', 'containernetworking-plugins', 'docker-registry', 'busybox-static'],
    ),
};

const kwokModule = { module: 'sigs.k8s.io/kwok', version: 'v0.8.0' };
export const kwok = goProgram({
  name: 'kwok',
  ...kwokModule,
  package: 'sigs.k8s.io/kwok/cmd/kwok',
  flags: [`-X sigs.k8s.io/kwok/pkg/consts.Version=${kwokModule.version}`],
  asks: ['--version'],
  says: kwokModule.version,
});
/** How its nodes and pods go through their lives. */
export const kwokStages = goModuleFiles(kwokModule.module, kwokModule.version, ['kustomize/stage']);
