import type { KubernetesObject } from '../../../src/model/kubernetes-object.ts';
import { custom, deployment, namespace, pod, service } from '../kube-shapes.ts';
import type { PolicyRow } from '../policy-rows.ts';

const web = 'pod:shop/web';
const vault = 'pod:pay/vault';
const probe = 'pod:ops/probe';
const authorization = 'istio/api security/v1/authorization_policy.proto';
const peers = 'istio.io docs/reference/config/security/peer_authentication';

type Spec = { readonly [key: string]: unknown };
const inMesh = { 'istio-injection': 'enabled' };
/** Shop and pay are in the mesh, ops is not. */
const mesh: readonly KubernetesObject[] = [
  namespace('shop', { team: 'a', ...inMesh }),
  namespace('pay', { team: 'b', ...inMesh }),
];
const authz = (path: string, spec: Spec): KubernetesObject =>
  custom('security.istio.io/v1', 'AuthorizationPolicy', path, spec);
const peer = (path: string, mode: string, more: Spec = {}): KubernetesObject =>
  custom('security.istio.io/v1', 'PeerAuthentication', path, { mtls: { mode }, ...more });
const source = (fields: Spec) => ({ from: [{ source: fields }] });
const operation = (fields: Spec) => ({ to: [{ operation: fields }] });
const selector = (app: string) => ({ selector: { matchLabels: { app } } });
const shopAccount = 'cluster.local/ns/shop/sa/default';
const none = '(no policy speaks about ingress)';
const closed = '(no ingress rule allows it: AuthorizationPolicy';

const row = (
  what: string,
  objects: readonly KubernetesObject[],
  ask: PolicyRow['ask'],
  verdict: PolicyRow['verdict'],
  by: string,
  from = authorization,
): PolicyRow => ({ statements: [92], source: from, what, objects: [...mesh, ...objects], ask, verdict, by });

const https = [web, vault, 8443] as const;

export const meshRows: readonly PolicyRow[] = [
  row('an empty policy allows nothing', [authz('pay/none', {})], https, 'denied', closed),
  row('an empty rule allows everything', [authz('pay/all', { rules: [{}] })], https, 'allowed', 'pay/all rules[0]'),
  row('it is for its own namespace', [authz('shop/none', {})], https, 'allowed', none),
  row('in the root namespace it is for all', [authz('istio-system/none', {})], https, 'denied', closed),
  ...[15020, 15021, 15090].map((port) =>
    row(
      `port ${port} is the proxy’s own: nothing redirects it to where policies apply`,
      [authz('pay/none', {}), peer('pay/strict', 'STRICT')],
      [probe, vault, port],
      'allowed',
      'not defined for this traffic',
      'istio/istio manifests/charts/istio-control/istio-discovery/files/injection-template.yaml (excludeInboundPorts, -d 15090,15021,15020)',
    ),
  ),
  row(
    'port 15006 is not among them',
    [authz('pay/none', {})],
    [web, vault, 15006],
    'denied',
    closed,
    'istio/istio manifests/charts/istio-control/istio-discovery/files/injection-template.yaml',
  ),
  row('a selector narrows it', [authz('pay/none', selector('web'))], https, 'allowed', none),
  row(
    'DENY comes before ALLOW',
    [authz('pay/all', { rules: [{}] }), authz('pay/no', { action: 'DENY', rules: [{}] })],
    https,
    'denied',
    'pay/no rules[0]',
  ),
  row('DENY without rules denies nothing', [authz('pay/no', { action: 'DENY' })], https, 'allowed', none),
  row('AUDIT decides nothing', [authz('pay/log', { action: 'AUDIT', rules: [{}] })], https, 'allowed', none),
  row(
    'a dry run is not enforced',
    [
      {
        ...authz('pay/dry', {}),
        metadata: { namespace: 'pay', name: 'dry', annotations: { 'istio.io/dry-run': 'true' } },
      },
      peer('ops/x', 'PERMISSIVE'),
    ],
    https,
    'allowed',
    none,
  ),
  row(
    'CUSTOM is the external authorizer’s affair',
    [authz('pay/ask', { action: 'CUSTOM', provider: { name: 'opa' }, rules: [{}] })],
    https,
    'depends',
    none,
  ),
  row(
    'a principal is namespace and service account',
    [authz('pay/p', { rules: [source({ principals: [shopAccount] })] })],
    https,
    'allowed',
    'pay/p rules[0]',
  ),
  row(
    'another service account is another principal',
    [
      deployment('shop/other', { app: 'other' }, [], { serviceAccountName: 'other' }),
      authz('pay/p', { rules: [source({ principals: [shopAccount] })] }),
    ],
    ['pod:shop/other', vault, 8443],
    'denied',
    closed,
  ),
  row(
    'principals match by prefix and suffix',
    [authz('pay/p', { rules: [source({ principals: ['cluster.local/ns/shop/*'] })] })],
    https,
    'allowed',
    'pay/p rules[0]',
  ),
  row(
    'service accounts without a namespace are of the policy’s',
    [authz('pay/p', { rules: [source({ serviceAccounts: ['default'] })] })],
    https,
    'denied',
    closed,
  ),
  row(
    'without a proxy there is no principal',
    [authz('pay/p', { rules: [source({ principals: ['*'] })] })],
    [probe, vault, 8443],
    'denied',
    closed,
  ),
  row(
    'namespaces are of the certificate',
    [authz('pay/n', { rules: [source({ namespaces: ['shop'] })] })],
    https,
    'allowed',
    'pay/n rules[0]',
  ),
  row(
    'who has none is in no namespace',
    [authz('pay/n', { rules: [source({ namespaces: ['ops'] })] })],
    [probe, vault, 8443],
    'denied',
    closed,
  ),
  row(
    'and matches what must not be one',
    [authz('pay/n', { action: 'DENY', rules: [source({ notNamespaces: ['shop'] })] })],
    [probe, vault, 8443],
    'denied',
    'pay/n rules[0]',
  ),
  row(
    'fields of a source are all needed',
    [authz('pay/n', { rules: [source({ namespaces: ['shop'], principals: ['*/sa/admin'] })] })],
    https,
    'denied',
    closed,
  ),
  row(
    'address blocks are exact towards what is outside',
    [authz('pay/b', { rules: [source({ ipBlocks: ['203.0.113.0/24'], notIpBlocks: ['203.0.113.7'] })] })],
    ['203.0.113.8', vault, 8443],
    'allowed',
    'pay/b rules[0]',
  ),
  row(
    'and their exceptions',
    [authz('pay/b', { rules: [source({ ipBlocks: ['203.0.113.0/24'], notIpBlocks: ['203.0.113.7'] })] })],
    ['203.0.113.7', vault, 8443],
    'denied',
    closed,
  ),
  row(
    'ports are the workload’s',
    [authz('pay/o', { rules: [operation({ ports: ['8443'] })] })],
    https,
    'allowed',
    'pay/o rules[0]',
  ),
  row('and no others', [authz('pay/o', { rules: [operation({ ports: ['80'] })] })], https, 'denied', closed),
  row('notPorts', [authz('pay/o', { rules: [operation({ notPorts: ['8443'] })] })], https, 'denied', closed),
  row(
    'a condition on the port is the same',
    [authz('pay/w', { rules: [{ when: [{ key: 'destination.port', values: ['8443'] }] }] })],
    https,
    'allowed',
    'pay/w rules[0]',
  ),
  row(
    'a condition on the source too',
    [authz('pay/w', { rules: [{ when: [{ key: 'source.namespace', notValues: ['shop'] }] }] })],
    https,
    'denied',
    closed,
  ),
  row(
    'methods and paths leave an allowed request open',
    [authz('pay/l7', { rules: [operation({ methods: ['GET'], paths: ['/info*'] })] })],
    https,
    'depends',
    'pay/l7 rules[0]',
  ),
  row(
    'and a denied one',
    [authz('pay/l7', { action: 'DENY', rules: [operation({ paths: ['/admin*'] })] })],
    https,
    'depends',
    none,
  ),
  row(
    'a presence match of every path asks nothing',
    [authz('pay/l7', { rules: [operation({ paths: ['*'] })] })],
    https,
    'allowed',
    'pay/l7 rules[0]',
  ),
  row('UDP passes the proxies by', [authz('pay/none', {})], [web, vault, 53, 'udp'], 'allowed', none),
  row('a pod without a proxy is not judged', [authz('ops/none', {})], [web, probe, 80], 'allowed', none),
  row(
    'nor one that opts out',
    [pod('pay/raw', { app: 'raw', 'sidecar.istio.io/inject': 'false' }, ['80']), authz('pay/none', {})],
    [web, 'pod:pay/raw', 80],
    'allowed',
    none,
  ),
  row(
    'STRICT keeps out who has no proxy',
    [peer('pay/default', 'STRICT')],
    [probe, vault, 8443],
    'denied',
    'PeerAuthentication pay/default (mTLS is required)',
    peers,
  ),
  row('and lets the mesh in', [peer('pay/default', 'STRICT')], https, 'allowed', none, peers),
  row(
    'PERMISSIVE lets everybody in',
    [peer('pay/default', 'PERMISSIVE')],
    [probe, vault, 8443],
    'allowed',
    none,
    peers,
  ),
  row(
    'the mesh’s own mode is for all',
    [peer('istio-system/default', 'STRICT')],
    [probe, vault, 8443],
    'denied',
    '(mTLS is required)',
    peers,
  ),
  row(
    'a namespace goes before the mesh',
    [peer('istio-system/default', 'STRICT'), peer('pay/default', 'PERMISSIVE')],
    [probe, vault, 8443],
    'allowed',
    none,
    peers,
  ),
  row(
    'a workload before its namespace',
    [peer('pay/default', 'PERMISSIVE'), peer('pay/vault', 'STRICT', selector('vault'))],
    [probe, vault, 8443],
    'denied',
    'PeerAuthentication pay/vault',
    peers,
  ),
  row(
    'UNSET inherits, but for a port',
    [
      peer('pay/default', 'STRICT'),
      peer('pay/vault', 'UNSET', { ...selector('vault'), portLevelMtls: { 8443: { mode: 'DISABLE' } } }),
    ],
    [probe, vault, 8443],
    'allowed',
    none,
    peers,
  ),
  row(
    'and the other ports stay strict',
    [
      peer('pay/default', 'STRICT'),
      peer('pay/vault', 'UNSET', { ...selector('vault'), portLevelMtls: { 8443: { mode: 'DISABLE' } } }),
    ],
    [probe, vault, 8444],
    'denied',
    '(mTLS is required)',
    peers,
  ),
  row(
    'in the root namespace a selector is ignored',
    [peer('istio-system/odd', 'STRICT', selector('vault'))],
    [probe, vault, 8443],
    'allowed',
    none,
    'istio.io v1.23 peer_authentication: "policies with workload selectors are ignored when deployed in the root namespace"',
  ),
  ...(
    [
      ['service:pay/vault', 443, 'allowed', 'Sidecar shop/default Service pay/vault'],
      ['pod:pay/web', 8080, 'depends', '(no policy speaks about egress)'],
      ['api.example.com', 443, 'allowed', 'Sidecar shop/default ServiceEntry shop/api'],
      ['www.example.com', 443, 'depends', '(no policy speaks about egress)'],
    ] as const
  ).map(([to, port, verdict, by]) =>
    row(
      `REGISTRY_ONLY: ${to}`,
      [
        service('pay/vault', { app: 'vault' }, [{ port: 443, targetPort: 8443 }]),
        custom('networking.istio.io/v1', 'ServiceEntry', 'shop/api', {
          hosts: ['api.example.com'],
          ports: [{ number: 443, name: 'tls', protocol: 'TLS' }],
          resolution: 'DNS',
        }),
        custom('networking.istio.io/v1', 'Sidecar', 'shop/default', {
          egress: [{ hosts: ['./*', 'pay/*'] }],
          outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' },
        }),
      ],
      [web, to, port],
      verdict,
      by,
      'istio/api networking/v1alpha3/sidecar.proto',
    ),
  ),
];
