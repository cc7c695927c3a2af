import type { KubernetesObject } from './api-client.ts';
import { podOf, set, type Tree, treeObject, without } from './objects-of-tree.ts';

/**
 * An object that must not come in, beside the same object mended. `mended` is the tree's own object or made from it, so that what is
 * refused differs from what is good by one thing.
 */
export interface Hostile {
  readonly what: string;
  readonly hostile: KubernetesObject;
  readonly mended: KubernetesObject;
  /** What the refusal names: the standard, the policy, the quota or the range that refuses. */
  readonly refusedBy: string;
}

const restricted = 'violates PodSecurity "restricted:latest"';
type Change = (object: KubernetesObject) => KubernetesObject;

/** Pod Security Standards, "Restricted", of which "Baseline" is a part: what each control names in a refusal. */
const podSecurity: readonly (readonly [what: string, named: string, change: Change])[] = [
  ['a privileged container', 'privileged', set('spec.containers.0.securityContext.privileged', true)],
  ["the node's network", 'host namespaces', set('spec.hostNetwork', true)],
  ["the node's processes", 'host namespaces', set('spec.hostPID', true)],
  ["the node's shared memory", 'host namespaces', set('spec.hostIPC', true)],
  ['a folder of the node', 'hostPath volumes', set('spec.volumes', [{ name: 'node', hostPath: { path: '/' } }])],
  [
    'a network share as a volume',
    'restricted volume types',
    set('spec.volumes', [{ name: 'share', nfs: { server: '10.0.0.1', path: '/' } }]),
  ],
  ['a port of the node', 'hostPort', set('spec.containers.0.ports.0.hostPort', 8080)],
  ['root as its user', 'runAsUser=0', set('spec.containers.0.securityContext.runAsUser', 0)],
  ['any user at all', 'runAsNonRoot != true', (pod) => without('spec.securityContext.runAsNonRoot')(pod)],
  [
    'a way to more rights',
    'allowPrivilegeEscalation != false',
    set('spec.containers.0.securityContext.allowPrivilegeEscalation', true),
  ],
  [
    'capabilities left as they come',
    'unrestricted capabilities',
    without('spec.containers.0.securityContext.capabilities'),
  ],
  [
    'the capability to make packets',
    'capabilities',
    set('spec.containers.0.securityContext.capabilities.add', ['NET_RAW']),
  ],
  [
    'the capability over the system',
    'non-default capabilities',
    set('spec.containers.0.securityContext.capabilities.add', ['SYS_ADMIN']),
  ],
  ['no filter of system calls', 'seccompProfile', set('spec.securityContext.seccompProfile', { type: 'Unconfined' })],
  ['no word about system calls', 'seccompProfile', without('spec.securityContext.seccompProfile')],
  [
    'no AppArmor',
    'forbidden AppArmor profile',
    set('spec.containers.0.securityContext.appArmorProfile', { type: 'Unconfined' }),
  ],
  [
    'a view of the whole of /proc',
    'procMount',
    (pod) => set('spec.hostUsers', false)(set('spec.containers.0.securityContext.procMount', 'Unmasked')(pod)),
  ],
  ['a label of SELinux of its own', 'seLinuxOptions', set('spec.securityContext.seLinuxOptions', { type: 'spc_t' })],
  [
    "a setting of the node's kernel",
    'forbidden sysctls',
    set('spec.securityContext.sysctls', [{ name: 'kernel.msgmax', value: '65536' }]),
  ],
  [
    'an init container that is privileged',
    'privileged',
    (pod) =>
      set('spec.initContainers', [{ ...container(pod), name: 'first', securityContext: { privileged: true } }])(pod),
  ],
];

const container = (pod: KubernetesObject) =>
  (pod.spec as { containers: readonly Record<string, unknown>[] }).containers[0];

export function hostileObjects(tree: Tree): readonly Hostile[] {
  const pod = podOf(tree, 'web-frontend');
  const service = set('metadata.name', 'conformance')(treeObject(tree, 'Service', 'web-frontend'));
  return [
    ...podSecurity.map(
      ([what, named, change]): Hostile => ({
        what: `a pod with ${what}`,
        hostile: change(pod),
        mended: pod,
        refusedBy: `${restricted}: ${named}`,
      }),
    ),
    {
      what: 'a service on a port of every node',
      hostile: set('spec.type', 'NodePort')(service),
      mended: treeObject(tree, 'Service', 'web-frontend'),
      refusedBy: 'exceeded quota: quota, requested: services.nodeports',
    },
  ];
}
