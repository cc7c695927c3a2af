import { changedBy, podOf, set, type Tree, treeObject } from '../objects-of-tree.ts';
import type { Hostile } from './hostile.ts';

const workload = 'system:serviceaccount:flux-system:reconciler-workload';
const platform = 'system:serviceaccount:flux-system:reconciler-platform';
const rights = 'system:serviceaccount:flux-system:flux-applier';

/** Good objects in the wrong hands: an account of Flux sends what is not its own to write. */
export function againstRights(tree: Tree): readonly Hostile[] {
  const wrongHands = (
    what: string,
    kind: string,
    name: string,
    as: string,
    mendedAs: string,
    resource: string,
  ): Hostile => {
    const object = treeObject(tree, kind, name);
    return { what, hostile: object, mended: object, as, mendedAs, refusedBy: [as, `"${resource}"`] };
  };
  const service = treeObject(tree, 'Service', 'web-frontend');
  return [
    wrongHands(
      'a network policy, from a release of the workload',
      'NetworkPolicy',
      'web-frontend',
      workload,
      platform,
      'networkpolicies',
    ),
    wrongHands(
      'an authorization, from a release of the workload',
      'AuthorizationPolicy',
      'web-frontend',
      workload,
      platform,
      'authorizationpolicies',
    ),
    wrongHands(
      'a quota, from a release of the workload',
      'ResourceQuota',
      'quota',
      workload,
      platform,
      'resourcequotas',
    ),
    wrongHands('a namespace, from a release of the workload', 'Namespace', 'a0005-i', workload, platform, 'namespaces'),
    wrongHands(
      'a rule of admission, from a release of the workload',
      'ValidatingAdmissionPolicy',
      'containers-have-limits',
      workload,
      platform,
      'validatingadmissionpolicies',
    ),
    wrongHands('a right, from the platform', 'RoleBinding', 'reconciler-workload', platform, rights, 'rolebindings'),
    wrongHands('a role, from the platform', 'ClusterRole', 'reconciler-workload', platform, rights, 'clusterroles'),
    {
      what: "a service in the platform's namespace, from a release of the workload",
      hostile: changedBy(service, set('metadata.namespace', 'ingress-gateway')),
      mended: service,
      as: workload,
      refusedBy: [workload, '"services"', 'ingress-gateway'],
    },
    {
      what: 'a pod without an owner, from a release of the workload',
      hostile: podOf(tree, 'web-frontend'),
      mended: podOf(tree, 'web-frontend'),
      as: workload,
      mendedAs: 'system:serviceaccount:kube-system:replicaset-controller',
      refusedBy: [workload, '"pods"'],
    },
  ];
}
