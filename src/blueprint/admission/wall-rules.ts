import { rootNamespace } from '../mesh/objects.ts';
import type { AdmissionInput } from './input.ts';
import { type AdmissionRule, rule } from './rules.ts';

const walls = 'walls-stay-at-admission';

/** Whoever makes what AKS and Kubernetes themselves need: they are not held to rules about rights. */
const ownersOfTheCluster = ['system:apiserver', 'aksService', 'masterclient', 'hcpService', 'acsService'];

/** Namespaces, policies, the mesh's rules and rights: what other rules rest on. */
export function wallRules({ scopes, ingress, agents, mesh }: AdmissionInput): readonly AdmissionRule[] {
  const workload = Object.keys(scopes);
  const known = { ...scopes, [ingress]: 'in-scope', [agents]: 'connected-to' };
  const asCel = `{${Object.entries(known)
    .map(([name, scope]) => `'${name}': '${scope}'`)
    .join(', ')}}`;
  return [
    {
      name: 'namespaces-have-their-own-labels',
      decision: walls,
      on: [rule('', ['namespaces'], ['CREATE', 'UPDATE'], ['v1'])],
      where: { kind: 'everywhere' },
      variables: [
        { name: 'labels', expression: 'has(object.metadata.labels) ? object.metadata.labels : {}' },
        { name: 'scopes', expression: asCel },
        { name: 'level', expression: "'pod-security.kubernetes.io/enforce'" },
      ],
      conditions: [
        {
          expression:
            "object.metadata.name in variables.scopes ? 'pci-scope' in variables.labels && variables.labels['pci-scope'] == variables.scopes[object.metadata.name] : !('pci-scope' in variables.labels)",
          message: 'A namespace has the scope that the landing zone gives it, and a foreign one has none.',
        },
        {
          expression: `variables.level in variables.labels && (variables.labels[variables.level] in ['baseline', 'restricted'] || object.metadata.name == '${agents}')`,
          message: 'A namespace enforces the pod security standard baseline or restricted.',
        },
      ],
    },
    {
      name: 'nothing-runs-in-default',
      decision: walls,
      on: [
        rule('', ['pods', 'services', 'secrets', 'configmaps', 'replicationcontrollers'], ['CREATE'], ['v1']),
        rule('apps', ['deployments', 'daemonsets', 'statefulsets', 'replicasets'], ['CREATE'], ['v1']),
        rule('batch', ['jobs', 'cronjobs'], ['CREATE'], ['v1']),
      ],
      where: { kind: 'only', namespaces: ['default'] },
      conditions: [
        {
          // The API server puts its own Service and the map of its authority there.
          expression: "object.metadata.name == 'kubernetes' || object.metadata.name == 'kube-root-ca.crt'",
          message: 'Nothing is put into the default namespace.',
        },
      ],
    },
    {
      name: 'network-policies-name-their-peers',
      decision: walls,
      on: [rule('networking.k8s.io', ['networkpolicies'], ['CREATE', 'UPDATE'], ['v1'])],
      where: { kind: 'only', namespaces: [...workload, ingress, agents, 'default'] },
      conditions: [
        {
          expression:
            '!has(object.spec.ingress) || object.spec.ingress.all(r, has(r.from) && r.from.size() > 0 && has(r.ports) && r.ports.size() > 0)',
          message: 'What is let in has a peer and a port.',
        },
        {
          expression:
            '!has(object.spec.egress) || object.spec.egress.all(r, has(r.to) && r.to.size() > 0 && has(r.ports) && r.ports.size() > 0)',
          message: 'What is let out has a peer and a port.',
        },
        {
          expression:
            "(!has(object.spec.ingress) || object.spec.ingress.all(r, r.from.all(p, !has(p.namespaceSelector) || (has(p.namespaceSelector.matchLabels) && 'kubernetes.io/metadata.name' in p.namespaceSelector.matchLabels)))) && (!has(object.spec.egress) || object.spec.egress.all(r, r.to.all(p, !has(p.namespaceSelector) || (has(p.namespaceSelector.matchLabels) && 'kubernetes.io/metadata.name' in p.namespaceSelector.matchLabels))))",
          message: 'Namespaces are told by kubernetes.io/metadata.name, which nobody can put on another.',
        },
        {
          expression:
            "(!has(object.spec.ingress) || object.spec.ingress.all(r, r.from.all(p, !has(p.ipBlock) || !p.ipBlock.cidr.endsWith('/0')))) && (!has(object.spec.egress) || object.spec.egress.all(r, r.to.all(p, !has(p.ipBlock) || !p.ipBlock.cidr.endsWith('/0') || (has(p.ipBlock.except) && ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.0.0/16'].all(own, own in p.ipBlock.except)))))",
          message: 'Nothing is open to every address, and the Internet is never a word for our own.',
        },
      ],
    },
    ...(mesh === 'istio' ? istioRules(workload, ingress) : []),
    {
      name: 'rights-name-what-they-are-for',
      decision: 'rights-are-named-at-admission',
      on: [rule('rbac.authorization.k8s.io', ['roles', 'clusterroles'], ['CREATE', 'UPDATE'], ['v1'])],
      where: { kind: 'everywhere' },
      when: [notByTheirOwners],
      conditions: [
        {
          expression:
            "!has(object.rules) || object.rules.all(r, !('*' in r.verbs) && (!has(r.resources) || !('*' in r.resources)) && (!has(r.apiGroups) || !('*' in r.apiGroups)))",
          message: 'A role names verbs, resources and groups, each of them.',
        },
        {
          expression:
            "!has(object.rules) || object.rules.all(r, !['escalate', 'bind', 'impersonate'].exists(verb, verb in r.verbs))",
          message: 'A role gives no right to give rights, nor to be somebody else.',
        },
      ],
    },
    {
      name: 'nobody-is-made-cluster-admin',
      decision: 'rights-are-named-at-admission',
      on: [rule('rbac.authorization.k8s.io', ['rolebindings', 'clusterrolebindings'], ['CREATE', 'UPDATE'], ['v1'])],
      where: { kind: 'everywhere' },
      when: [notByTheirOwners],
      conditions: [
        {
          expression: "object.roleRef.name != 'cluster-admin'",
          message: 'Nobody becomes cluster-admin by an object: administrators are a group at Entra.',
        },
        {
          expression:
            "!has(object.subjects) || object.subjects.all(s, !(s.name in ['system:anonymous', 'system:unauthenticated', 'system:authenticated', 'system:serviceaccounts']))",
          message: 'No right is given to everybody.',
        },
      ],
    },
  ];
}

const notByTheirOwners = {
  name: 'not-by-the-owners-of-the-cluster',
  expression: `!(request.userInfo.username in [${ownersOfTheCluster.map((name) => `'${name}'`).join(', ')}]) && !request.userInfo.username.startsWith('system:serviceaccount:kube-system:') && !request.userInfo.username.startsWith('system:serviceaccount:flux-system:fluxconfig-')`,
};

function istioRules(workload: readonly string[], ingress: string): readonly AdmissionRule[] {
  return [
    {
      name: 'mutual-tls-stays-strict',
      decision: walls,
      on: [rule('security.istio.io', ['peerauthentications'])],
      // In the mesh's root namespace too: what is there holds for every namespace.
      where: { kind: 'cluster' },
      conditions: [
        {
          expression:
            "has(object.spec.mtls) && object.spec.mtls.mode == 'STRICT' && (!has(object.spec.portLevelMtls) || object.spec.portLevelMtls.all(port, object.spec.portLevelMtls[port].mode == 'STRICT'))",
          message: 'Mutual TLS is strict, on every port.',
        },
      ],
    },
    {
      name: 'authorization-names-callers',
      decision: walls,
      on: [rule('security.istio.io', ['authorizationpolicies'])],
      // In the mesh's root namespace too: what is allowed there is allowed everywhere.
      where: { kind: 'only', namespaces: [...workload, rootNamespace] },
      when: [{ name: 'allows', expression: "!has(object.spec.action) || object.spec.action == 'ALLOW'" }],
      conditions: [
        {
          expression:
            '!has(object.spec.rules) || object.spec.rules.all(r, has(r.from) && r.from.size() > 0 && r.from.all(f, has(f.source.principals) && f.source.principals.all(p, p.startsWith("cluster.local/ns/") && !p.contains("*"))))',
          message: 'Who may call is named by service account.',
        },
      ],
    },
    {
      name: 'registered-hosts-are-not-exported',
      decision: walls,
      on: [rule('networking.istio.io', ['serviceentries'])],
      where: { kind: 'only', namespaces: [...workload, ingress] },
      conditions: [
        {
          expression: "has(object.spec.exportTo) && object.spec.exportTo == ['.']",
          message: 'A host outside exists in its own namespace only.',
        },
      ],
    },
  ];
}
