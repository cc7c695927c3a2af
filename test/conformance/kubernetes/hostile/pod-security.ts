import { changedBy, podOf, set, type Tree, without } from '../objects-of-tree.ts';
import type { Change, Hostile } from './hostile.ts';

/** The first container's own security context. */
const own = 'spec.containers.0.securityContext';

/** Pod Security Standards, "Restricted", of which "Baseline" is a part: what each control names in a refusal. */
const podSecurity: readonly (readonly [what: string, named: string, ...changes: readonly Change[]])[] = [
  [
    'a privileged container',
    'privileged (',
    set(`${own}.privileged`, true),
    without(`${own}.allowPrivilegeEscalation`),
  ],
  ["the node's network", 'host namespaces', set('spec.hostNetwork', true), without('spec.containers.0.ports')],
  ["the node's processes", 'host namespaces', set('spec.hostPID', true)],
  ["the node's shared memory", 'host namespaces', set('spec.hostIPC', true)],
  [
    'a folder of the node',
    'uses restricted volume type "hostPath"',
    set('spec.volumes', [{ name: 'node', hostPath: { path: '/' } }]),
  ],
  [
    'a network share as a volume',
    'restricted volume types',
    set('spec.volumes', [{ name: 'share', nfs: { server: '10.0.0.1', path: '/' } }]),
  ],
  ['a port of the node', 'hostPort', set('spec.containers.0.ports.0.hostPort', 8080)],
  ['root as its user', 'runAsUser=0', set(`${own}.runAsUser`, 0)],
  ['whatever user the image names', 'runAsNonRoot != true', without('spec.securityContext.runAsNonRoot')],
  ['a way to more rights', 'allowPrivilegeEscalation != false', set(`${own}.allowPrivilegeEscalation`, true)],
  ['the capabilities that a runtime gives', 'unrestricted capabilities', without(`${own}.capabilities`)],
  ['the capability to make packets', 'unrestricted capabilities', set(`${own}.capabilities.add`, ['NET_RAW'])],
  [
    'the capability over the system',
    'unrestricted capabilities (container "chain" must not include "SYS_ADMIN"',
    set(`${own}.capabilities.add`, ['SYS_ADMIN']),
    without(`${own}.allowPrivilegeEscalation`),
  ],
  ['no filter of system calls', 'seccompProfile', set('spec.securityContext.seccompProfile', { type: 'Unconfined' })],
  ['no word about system calls', 'seccompProfile', without('spec.securityContext.seccompProfile')],
  ['no AppArmor', 'forbidden AppArmor profile', set(`${own}.appArmorProfile`, { type: 'Unconfined' })],
  ['all of /proc', 'procMount', set(`${own}.procMount`, 'Unmasked'), set('spec.hostUsers', false)],
  ['a type of SELinux of its own', 'seLinuxOptions', set('spec.securityContext.seLinuxOptions', { type: 'spc_t' })],
  [
    "a setting of the node's kernel",
    'forbidden sysctls',
    set('spec.securityContext.sysctls', [{ name: 'kernel.msgmax', value: '65536' }]),
  ],
  [
    'a privileged container that runs first',
    'privileged (',
    set('spec.initContainers', [
      {
        name: 'first',
        image: 'first',
        resources: { limits: { cpu: '1m', memory: '1Mi' } },
        securityContext: { privileged: true },
      },
    ]),
  ],
];

/** Pods that the API server's own Pod Security admission refuses. */
export function againstPodSecurity(tree: Tree): readonly Hostile[] {
  const pod = podOf(tree, 'web-frontend');
  return podSecurity.map(([what, named, ...changes]) => ({
    what: `a pod with ${what}`,
    hostile: changedBy(pod, ...changes),
    mended: pod,
    refusedBy: ['violates PodSecurity "restricted:latest"', named],
  }));
}
