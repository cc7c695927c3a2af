import type { IClusterRole } from 'kubernetes-models/rbac.authorization.k8s.io/v1/ClusterRole';
import type { IClusterRoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1/ClusterRoleBinding';
import type { IPolicyRule } from 'kubernetes-models/rbac.authorization.k8s.io/v1/PolicyRule';
import type { IServiceAccount } from 'kubernetes-models/v1/ServiceAccount';
import type { KubernetesObject } from '../../model/kubernetes-object.ts';
import { object } from '../kubernetes/object.ts';
import { platformReconciler, workloadReconciler } from './names.ts';
import { fluxNamespace } from './source.ts';

/** What a reconciler does with the kinds that are its own. */
const all = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'];
const rule = (apiGroup: string, ...resources: readonly string[]): IPolicyRule => ({
  apiGroups: [apiGroup],
  resources: [...resources],
  verbs: [...all],
});

/**
 * Flux takes a layer as applied once it is healthy, and looks at the pods of its Deployments for that: without these it waits until its
 * time is over (kubernetes-sigs/cli-utils, status of Deployments: their ReplicaSets and pods are listed).
 */
const looks: readonly IPolicyRule[] = [
  { apiGroups: ['apps'], resources: ['replicasets'], verbs: ['get', 'list', 'watch'] },
  { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] },
];

/** In the whole cluster: what closes namespaces and pods. No pods, no secrets, no rights. */
const inTheCluster: readonly IPolicyRule[] = [
  rule('', 'namespaces', 'resourcequotas', 'limitranges'),
  rule('networking.k8s.io', 'networkpolicies'),
  rule('scheduling.k8s.io', 'priorityclasses'),
  rule('admissionregistration.k8s.io', 'validatingadmissionpolicies', 'validatingadmissionpolicybindings'),
  rule('security.istio.io', 'authorizationpolicies', 'peerauthentications'),
  rule('networking.istio.io', 'serviceentries'),
];

/** In namespaces of the platform: what runs there. */
const inPlatformNamespaces: readonly IPolicyRule[] = [
  rule('', 'configmaps', 'serviceaccounts', 'services'),
  rule('apps', 'deployments', 'daemonsets'),
  rule('policy', 'poddisruptionbudgets'),
  rule('gateway.networking.k8s.io', 'gateways'),
  rule('secrets-store.csi.x-k8s.io', 'secretproviderclasses'),
  ...looks,
];

/** In the namespaces of the workload: its pods and their way in. Who may call whom is not the workload's to say. */
const inWorkloadNamespaces: readonly IPolicyRule[] = [
  rule('', 'serviceaccounts', 'services'),
  rule('apps', 'deployments'),
  rule('policy', 'poddisruptionbudgets'),
  rule('gateway.networking.k8s.io', 'httproutes'),
  ...looks,
];

export const platformPods = `${platformReconciler}-pods`;
export const platformConfiguration = `${platformReconciler}-configuration`;

/** The accounts that apply layers, and the roles that `access` binds. */
export function reconcilers(): readonly KubernetesObject[] {
  return [
    account(platformReconciler),
    account(workloadReconciler),
    role(platformReconciler, inTheCluster),
    role(platformPods, inPlatformNamespaces),
    role(platformConfiguration, [rule('', 'configmaps')]),
    role(workloadReconciler, inWorkloadNamespaces),
    object<IClusterRoleBinding>({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name: platformReconciler },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: platformReconciler },
      subjects: [{ kind: 'ServiceAccount', name: platformReconciler, namespace: fluxNamespace }],
    }),
  ];
}

function account(name: string): KubernetesObject {
  return object<IServiceAccount>({
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name, namespace: fluxNamespace },
    // Flux acts as the account, and never with a token of it.
    automountServiceAccountToken: false,
  });
}

function role(name: string, rules: readonly IPolicyRule[]): KubernetesObject {
  return object<IClusterRole>({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name },
    rules: [...rules],
  });
}
