import type { KubernetesObject } from '../api-client.ts';
import { changedBy, set, type Tree, treeObject, without } from '../objects-of-tree.ts';
import type { Change, Hostile } from './hostile.ts';

const labels = 'namespaces-have-their-own-labels';
const peers = 'network-policies-name-their-peers';
const strict = 'mutual-tls-stays-strict';
const callers = 'authorization-names-callers';
const exported = 'registered-hosts-are-not-exported';
const rights = 'rights-name-what-they-are-for';
const admin = 'nobody-is-made-cluster-admin';
const enforce = 'pod-security.kubernetes.io/enforce';
const byName = (name: string) => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } });
const ports = [{ protocol: 'TCP', port: 8080 }];

/** What walls are made of: namespaces, network policies, the mesh's rules, rights. */
export function againstWalls(tree: Tree): readonly Hostile[] {
  const row = (
    what: string,
    mended: KubernetesObject,
    refusedBy: readonly string[],
    ...changes: readonly Change[]
  ): Hostile => ({ what, hostile: changedBy(mended, ...changes), mended, refusedBy });
  const inScope = treeObject(tree, 'Namespace', 'a0005-i');
  const outOfScope = treeObject(tree, 'Namespace', 'a0005-o');
  const foreign: KubernetesObject = {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'shadow', labels: { [enforce]: 'restricted' } },
  };
  const label =
    (value: Readonly<Record<string, string>>): Change =>
    (object) =>
      set('metadata.labels', { ...object.metadata.labels, ...value })(object);
  const policy: KubernetesObject = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'another', namespace: 'a0005-i' },
    spec: {
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: [byName('a0005-o')], ports }],
      egress: [{ to: [byName('a0005-o')], ports }],
    },
  };
  const nobody = treeObject(tree, 'PeerAuthentication', 'strict');
  const authorization = treeObject(tree, 'AuthorizationPolicy', 'microservice-c');
  const outside = treeObject(tree, 'ServiceEntry', 'packages');
  const role: KubernetesObject = {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name: 'another' },
    rules: [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get'] }],
  };
  const binding: KubernetesObject = {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name: 'another' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' },
    subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'somebody@contoso.com' }],
  };
  const everybody = (name: string) => [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name }];
  return [
    row('a namespace with the scope of another', foreign, [labels], label({ 'pci-scope': 'in-scope' })),
    row('a namespace out of scope that becomes in scope', outOfScope, [labels], label({ 'pci-scope': 'in-scope' })),
    row('a namespace in scope that loses its scope', inScope, [labels], (one) => {
      const { 'pci-scope': _, ...others } = one.metadata.labels ?? {};
      return set('metadata.labels', others)(one);
    }),
    row('a namespace that holds pods to nothing', foreign, [labels], without('metadata.labels')),
    row('a namespace that is free of pod security', foreign, [labels], label({ [enforce]: 'privileged' })),
    row(
      'a namespace in scope that becomes free of pod security',
      inScope,
      [labels],
      label({ [enforce]: 'privileged' }),
    ),

    row('a policy that lets everybody in', policy, [peers], set('spec.ingress', [{ ports }])),
    row('a policy that lets in on every port', policy, [peers], set('spec.ingress', [{ from: [byName('a0005-o')] }])),
    row('a policy that lets everything in', policy, [peers], set('spec.ingress', [{}])),
    row('a policy that lets everything out', policy, [peers], set('spec.egress', [{}])),
    row(
      'a policy that lets in every namespace',
      policy,
      [peers],
      set('spec.ingress', [{ from: [{ namespaceSelector: {} }], ports }]),
    ),
    row(
      'a policy that tells namespaces by a label that anybody can have',
      policy,
      [peers],
      set('spec.ingress', [{ from: [{ namespaceSelector: { matchLabels: { name: 'a0005-o' } } }], ports }]),
    ),
    row(
      'a policy that lets in every address',
      policy,
      [peers],
      set('spec.ingress', [{ from: [{ ipBlock: { cidr: '0.0.0.0/0' } }], ports }]),
    ),
    row(
      'a policy that lets out to every address, ours among them',
      policy,
      [peers],
      set('spec.egress', [{ to: [{ ipBlock: { cidr: '0.0.0.0/0' } }], ports }]),
    ),

    row('a mesh that takes plain text too', nobody, [strict], set('spec.mtls.mode', 'PERMISSIVE')),
    row('a mesh without TLS', nobody, [strict], set('spec.mtls.mode', 'DISABLE')),
    row(
      'an authorization for everybody in the whole mesh',
      treeObject(tree, 'AuthorizationPolicy', 'nobody'),
      [callers],
      set('spec.rules', [{}]),
    ),
    row('an authorization for everybody', authorization, [callers], set('spec.rules', [{}])),
    row(
      'an authorization for every account',
      authorization,
      [callers],
      set('spec.rules', [{ from: [{ source: { principals: ['*'] } }] }]),
    ),
    row(
      'an authorization for a whole namespace',
      authorization,
      [callers],
      set('spec.rules', [{ from: [{ source: { namespaces: ['a0005-o'] } }] }]),
    ),
    row('a host outside that exists for everybody', outside, [exported], set('spec.exportTo', ['*'])),
    row('a host outside that exists for nobody in particular', outside, [exported], without('spec.exportTo')),

    row('a role with every verb', role, [rights], set('rules.0.verbs', ['*'])),
    row('a role over every kind', role, [rights], set('rules.0.resources', ['*'])),
    row('a role over every group', role, [rights], set('rules.0.apiGroups', ['*'])),
    row(
      'a role that may become somebody else',
      role,
      [rights],
      set('rules.0', { apiGroups: [''], resources: ['users'], verbs: ['impersonate'] }),
    ),
    row('a binding to cluster-admin', binding, [admin], set('roleRef.name', 'cluster-admin')),
    row('a right for whoever is signed in', binding, [admin], set('subjects', everybody('system:authenticated'))),
    row('a right for whoever is not', binding, [admin], set('subjects', everybody('system:unauthenticated'))),
    row('a right for every account', binding, [admin], set('subjects', everybody('system:serviceaccounts'))),
  ];
}
