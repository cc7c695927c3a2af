import { type OriginalRow, rowsOf } from '../row.ts';

const object = (text: string): string => `object:${text}`;
const namespaces = rowsOf('object', 'namespaces');
const limits = rowsOf('object', 'quotas and limits');
const network = rowsOf('object', 'network policies');
const rights = rowsOf('object', 'rights');
const flux = rowsOf('object', 'flux-system');
const nginx = rowsOf('object', 'ingress-nginx');
const falco = rowsOf('object', 'falco-system');
const baseline = rowsOf('object', 'cluster-baseline-settings');
const system = rowsOf('object', 'kube-system');

const ingressGateway = 'ingress-gateway/internal';
const byExtension = 'AKS’s Flux extension brings it, in a supported version.';
const noNginx = 'ingress-nginx has had no release since March 2026; the mesh’s gateway is the ingress.';
const noAgentIn2021 = 'Profile 2021 does not build it in this version.';
const noKured = 'Nodes are replaced with patched ones in their window; nothing has to reboot them.';

const byNamespace = (kind: string, name: string, namespace: string): string => object(`${kind} ${namespace}/${name}`);

/** Every object that the original's Flux applies from its cluster manifests. */
export const kubernetesRows: readonly OriginalRow[] = [
  namespaces(
    'a0005-i',
    'in scope; labels, mesh; no Pod Security',
    object('Namespace a0005-i'),
    'With Pod Security, restricted.',
  ),
  namespaces(
    'a0005-o',
    'out of scope; labels, mesh; no Pod Security',
    object('Namespace a0005-o'),
    'With Pod Security, restricted.',
  ),
  namespaces('ingress-nginx', 'ingress, without a sidecar', object('Namespace ingress-gateway'), noNginx),
  namespaces(
    'cluster-baseline-settings',
    'stand-ins for security agents, and kured',
    [],
    'There is nothing to put there: no stand-ins, no kured.',
  ),
  namespaces('falco-system', 'Falco', object('Namespace falco-system')),
  namespaces('flux-system', 'Flux', 'cluster-01/cluster/flux', byExtension),

  ...['a0005-i', 'a0005-o'].flatMap((name) => [
    limits(`LimitRange ${name}`, '100m and 200Mi a container', byNamespace('LimitRange', 'limits', name)),
    limits(
      `ResourceQuota ${name}`,
      'objects and resources; one key is misspelt and counts nothing',
      byNamespace('ResourceQuota', 'quota', name),
    ),
  ]),
  limits('LimitRange cluster-baseline-settings', '500m and 200Mi', [], 'No such namespace.'),
  limits('ResourceQuota cluster-baseline-settings', 'three daemon sets', [], 'No such namespace.'),
  limits('LimitRange default', 'nothing', object('ResourceQuota default/nothing'), 'The quota alone lets nothing in.'),
  limits('ResourceQuota default', 'nothing but one service', object('ResourceQuota default/nothing')),
  limits('LimitRange falco-system', '500m and 2Gi', byNamespace('LimitRange', 'limits', 'falco-system')),
  limits('ResourceQuota falco-system', 'agents', byNamespace('ResourceQuota', 'quota', 'falco-system')),
  limits(
    'LimitRange flux-system',
    '1000m and 1Gi',
    [],
    'The extension sets its own pods’ limits and owns their namespace.',
  ),
  limits(
    'ResourceQuota flux-system',
    'two controllers',
    [],
    'The extension sets its own pods’ limits and owns their namespace.',
  ),

  network('default/default', 'denies all', object('NetworkPolicy default/deny-by-default')),
  ...['a0005-i', 'a0005-o'].map((name) =>
    network(
      `${name}/default`,
      'denies all but names over UDP',
      [byNamespace('NetworkPolicy', 'deny-by-default', name), byNamespace('NetworkPolicy', 'names', name)],
      'Names over TCP too.',
    ),
  ),
  network('cluster-baseline-settings/default', 'written, and applied by nothing', [], 'No such namespace.'),
  network(
    'a0005-i/web-frontend',
    'from the ingress; to microservice-a',
    object('NetworkPolicy a0005-i/web-frontend'),
    'Peers by the names of their namespaces, which nobody but an administrator can change.',
  ),
  network(
    'a0005-o/microservice-a',
    'from web-frontend; to microservice-b and any 443',
    object('NetworkPolicy a0005-o/microservice-a'),
  ),
  network(
    'a0005-o/microservice-b',
    'from microservice-a; to microservice-c',
    object('NetworkPolicy a0005-o/microservice-b'),
  ),
  network('a0005-i/microservice-c', 'from microservice-b', object('NetworkPolicy a0005-i/microservice-c')),

  rights(
    'cluster-rbac.yaml',
    'administrators and viewers: commented out',
    ['cluster-01/cluster/administrators-administer', 'cluster-01/cluster/administrators-connect'],
    'Rights of people are Azure roles.',
  ),
  rights(
    'rbac.yaml, four namespaces',
    'administrators, editors, viewers: commented out',
    'decision:people-come-from-entra',
    'Rights of people are Azure roles, on this cluster.',
  ),
  rights(
    'ClusterRole aks-falco',
    'reads what Falco names, ConfigMaps too',
    [],
    `It has no rights in the API: names of pods come from the runtime of its node. ${noAgentIn2021}`,
  ),
  rights('ClusterRole and Role kured', 'nodes, pods, evictions', [], noKured),
  rights(
    'ClusterRole crd-controller',
    'Flux: everything of its own kinds, all secrets',
    object('ClusterRole reconciler-platform'),
    'A reconciler a tenant, each with the rights that its objects need.',
  ),
  rights(
    'ClusterRoleBinding cluster-reconciler',
    'Flux is cluster-admin',
    [object('ClusterRoleBinding reconciler-platform'), object('RoleBinding a0005-i/reconciler-workload')],
    'No reconciler is cluster-admin, and policy refuses to make one.',
  ),
  rights('ClusterRole and Role ingress-nginx', 'secrets of the whole cluster', [], noNginx),
  rights('ClusterRole and Role ingress-nginx-admission', 'webhook configurations, secrets', [], noNginx),

  flux('CustomResourceDefinitions (5)', 'v1beta1', 'cluster-01/cluster/flux', byExtension),
  flux(
    'Deployments source- and kustomize-controller',
    'v0.8.1, applied by hand once',
    'cluster-01/cluster/flux',
    byExtension,
  ),
  flux('Service source-controller', 'port 80', 'cluster-01/cluster/flux', byExtension),
  flux(
    'ServiceAccounts (2)',
    'of the controllers',
    [
      object('ServiceAccount flux-system/reconciler-platform'),
      object('ServiceAccount flux-system/reconciler-workload'),
    ],
    'Reconcilers act as accounts of their tenants.',
  ),
  flux(
    'GitRepository flux-system',
    'a public fork, branch main, unverified',
    'cluster-01/cluster/flux-configuration#properties.ociRepository',
    'An artifact in our live registry, signed and verified.',
  ),
  flux(
    'Kustomization flux-system',
    'one for everything, prune',
    [
      object('Kustomization flux-system/namespaces'),
      object('Kustomization flux-system/admission'),
      object('Kustomization flux-system/workload'),
    ],
    'One a layer, in order of what needs what.',
  ),

  nginx('Deployment ingress-nginx-controller', 'one replica', object(`Gateway ${ingressGateway}`), noNginx),
  nginx(
    'ConfigMap ingress-nginx-controller',
    'senders: the gateway’s subnet',
    [object(`NetworkPolicy ${ingressGateway}-gateway`), object(`AuthorizationPolicy ${ingressGateway}-gateway`)],
    'Who may send is a network policy and a rule of the mesh.',
  ),
  nginx('Service ingress-nginx-controller', 'internal load balancer at 10.240.4.4', [
    object(`Gateway ${ingressGateway}`),
    object('ConfigMap ingress-gateway/internal-options'),
  ]),
  nginx('Service ingress-nginx-controller-admission', 'webhook', [], noNginx),
  nginx(
    'ValidatingWebhookConfiguration',
    'ingresses',
    object('ValidatingAdmissionPolicy ingresses-take-https-only'),
    'Rules inside the API server need no webhook that can fail.',
  ),
  nginx('Jobs admission-create and admission-patch', 'certificates of the webhook', [], noNginx),
  nginx('ServiceAccounts (2)', 'of controller and jobs', [], noNginx),
  nginx(
    'SecretProviderClass aks-ingress-contoso-com-tls-secret-csi-akv',
    'certificate from the vault',
    'cluster-01/identity-ingress/secret-ingress-server',
    'The right is there; it is read with an identity of the ingress.',
  ),

  falco(
    'DaemonSet aks-falco',
    'kernel module, privileged',
    byNamespace('DaemonSet', 'falco', 'falco-system'),
    `Modern eBPF, four capabilities, not privileged. ${noAgentIn2021}`,
    { in2021: [] },
  ),
  falco(
    'ConfigMap aks-falco',
    '66 rules that fire, 39 that cannot',
    byNamespace('ConfigMap', 'falco', 'falco-system'),
    `Settings alone: the rules are those of the image. ${noAgentIn2021}`,
    { in2021: [] },
  ),
  falco(
    'ServiceAccount aks-falco',
    'of the daemon set',
    byNamespace('ServiceAccount', 'falco', 'falco-system'),
    `It gets no token. ${noAgentIn2021}`,
    { in2021: [] },
  ),

  baseline(
    'DaemonSet dummy-av',
    'prints a line; no antivirus',
    [],
    'A stand-in protects nothing. Defender’s sensor and Defender for servers are on (defender/Containers, defender/VirtualMachines).',
  ),
  baseline(
    'DaemonSet dummy-fim',
    'prints a line; watches no file',
    [],
    'A stand-in watches nothing. Nodes keep nothing and boot signed software only (decisions nothing-rests-on-nodes, nodes-boot-trusted).',
  ),
  baseline('DaemonSet kured', 'reboots nodes, privileged', [], noKured),
  baseline('ServiceAccount kured', 'of the daemon set', [], noKured),

  system(
    'ConfigMap container-azm-ms-agentconfig',
    'which logs and metrics are collected',
    'monitoring/eastus2/collection-rule-containers',
    'A collection rule says so, outside of the cluster.',
  ),
  system(
    'MeshConfig osm-mesh-config',
    'egress allowed, permissive off',
    [object('PeerAuthentication aks-istio-system/strict'), object('AuthorizationPolicy aks-istio-system/nobody')],
    'Strict mutual TLS, and nobody may call anybody who is not named.',
  ),
];
