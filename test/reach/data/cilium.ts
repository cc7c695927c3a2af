import type { KubernetesObject } from '../../../src/model/kubernetes-object.ts';
import { app, cilium, custom, deployment, pod, policy, service } from '../kube-shapes.ts';
import type { PolicyRow } from '../policy-rows.ts';

const web = 'pod:shop/web';
const api = 'pod:shop/api';
const vault = 'pod:pay/vault';
const probe = 'pod:ops/probe';
const none = '(no policy speaks about';
const isolated = '(no ingress rule allows it';
const isolatedOut = '(no egress rule allows it';
const layer3 = 'cilium/cilium Documentation/security/policy/layer3.rst';
const deny = 'docs.cilium.io security/policy/deny';
const intro = 'cilium/cilium Documentation/security/policy/intro.rst';
const namespaces = 'cilium/cilium Documentation/security/policy/kubernetes.rst';

type Spec = { readonly [key: string]: unknown };
const local = (path: string, spec: Spec): KubernetesObject => custom('cilium.io/v2', 'CiliumNetworkPolicy', path, spec);
const wide = (name: string, spec: Spec): KubernetesObject =>
  custom('cilium.io/v2', 'CiliumClusterwideNetworkPolicy', name, spec);
const ports = (...list: readonly string[]) => [
  { ports: list.map((one) => ({ port: one.split('/')[0], protocol: one.split('/')[1] ?? 'TCP' })) },
];
const dns = local('shop/dns', {
  endpointSelector: {},
  egress: [
    {
      toEndpoints: [{ matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'kube-system', 'k8s:k8s-app': 'kube-dns' } }],
      toPorts: [{ ports: [{ port: '53', protocol: 'ANY' }], rules: { dns: [{ matchPattern: '*' }] } }],
    },
  ],
});
const coredns = deployment('kube-system/coredns', { 'k8s-app': 'kube-dns' });
const names = (...toFQDNs: readonly object[]): KubernetesObject =>
  local('shop/names', { endpointSelector: {}, egress: [{ toFQDNs, toPorts: ports('443') }] });

export const ciliumRows: readonly PolicyRow[] = [
  {
    statements: [40],
    source: layer3,
    what: 'a name is reachable where its lookup goes through the proxy',
    objects: [dns, coredns, names({ matchName: 'api.example.com' })],
    ask: [web, 'api.example.com', 443],
    verdict: 'allowed',
    by: 'CiliumNetworkPolicy shop/names egress[0]',
  },
  {
    statements: [40],
    source: layer3,
    what: 'without a DNS rule nothing matches',
    objects: [names({ matchName: 'api.example.com' })],
    ask: [web, 'api.example.com', 443],
    verdict: 'denied',
    by: isolatedOut,
  },
  {
    statements: [40],
    source: layer3,
    what: 'a DNS rule for other names does not help',
    objects: [
      local('shop/dns', {
        endpointSelector: {},
        egress: [
          {
            toPorts: [{ ports: [{ port: '53', protocol: 'UDP' }], rules: { dns: [{ matchName: 'www.example.com' }] } }],
          },
        ],
      }),
      names({ matchName: 'api.example.com' }),
    ],
    ask: [web, 'api.example.com', 443],
    verdict: 'denied',
    by: isolatedOut,
  },
  {
    statements: [40],
    source: layer3,
    what: 'names are not for what is in the cluster',
    objects: [dns, coredns, names({ matchPattern: '*' })],
    ask: [web, vault, 443],
    verdict: 'denied',
    by: isolatedOut,
  },
  ...(
    [
      ['api.example.com', { matchName: 'api.example.com' }, 'allowed'],
      ['api.example.com', { matchName: 'API.example.com' }, 'allowed'],
      ['a.api.example.com', { matchName: 'api.example.com' }, 'denied'],
      ['sub.cilium.io', { matchPattern: '*.cilium.io' }, 'allowed'],
      ['cilium.io', { matchPattern: '*.cilium.io' }, 'denied'],
      ['sub.sub.cilium.io', { matchPattern: '*.cilium.io' }, 'denied'],
      ['test.app.cilium.io', { matchPattern: '**.cilium.io' }, 'allowed'],
      ['cilium.io', { matchPattern: '**.cilium.io' }, 'denied'],
      ['part-extra-ial.com', { matchPattern: 'part*ial.com' }, 'allowed'],
      ['partial.com', { matchPattern: 'part*ial.com' }, 'allowed'],
      ['part.ial.com', { matchPattern: 'part*ial.com' }, 'denied'],
      ['anything.example', { matchPattern: '*' }, 'allowed'],
    ] as const
  ).map(
    ([name, selector, verdict]): PolicyRow => ({
      statements: [41],
      source: `${layer3}, "toFQDNs.matchPattern"`,
      what: `${JSON.stringify(selector)} ${verdict === 'allowed' ? 'matches' : 'does not match'} ${name}`,
      objects: [dns, coredns, names(selector)],
      ask: [web, name, 443],
      verdict,
      by: verdict === 'allowed' ? 'CiliumNetworkPolicy shop/names egress[0]' : isolatedOut,
    }),
  ),
  {
    statements: [42],
    source: deny,
    what: 'deny beats allow, whatever allows: NetworkPolicy',
    objects: [
      cilium,
      policy('pay/np', { podSelector: {}, ingress: [{}] }),
      local('pay/no', { endpointSelector: {}, ingressDeny: [{ toPorts: ports('8443') }] }),
    ],
    ask: [web, vault, 8443],
    verdict: 'denied',
    by: 'CiliumNetworkPolicy pay/no ingressDeny[0]',
  },
  {
    statements: [42],
    source: deny,
    what: 'and only what it says: another port stays allowed',
    objects: [
      policy('pay/np', { podSelector: {}, ingress: [{}] }),
      local('pay/no', { endpointSelector: {}, ingressDeny: [{ toPorts: ports('8443') }] }),
    ],
    ask: [web, vault, 8444],
    verdict: 'allowed',
    by: 'NetworkPolicy pay/np ingress[0]',
  },
  {
    statements: [42],
    source: deny,
    what: 'a cluster-wide deny beats a namespaced allow',
    objects: [
      local('pay/yes', { endpointSelector: {}, ingress: [{ fromEntities: ['all'] }] }),
      wide('no', { endpointSelector: {}, ingressDeny: [{ fromEndpoints: [{ matchLabels: { app: 'web' } }] }] }),
    ],
    ask: [web, vault, 8443],
    verdict: 'denied',
    by: 'CiliumClusterwideNetworkPolicy no ingressDeny[0]',
  },
  {
    statements: [42],
    source: `${deny}: "Pods will enter default-deny mode as soon a single policy selects it"`,
    what: 'a denying rule isolates too',
    objects: [local('pay/no', { endpointSelector: {}, ingressDeny: [{ toPorts: ports('1') }] })],
    ask: [web, vault, 8443],
    verdict: 'denied',
    by: isolated,
  },
  {
    statements: [42],
    source: namespaces,
    what: 'a cluster-wide policy selects in every namespace, and its peers are of every namespace',
    objects: [wide('luke', { endpointSelector: app('vault'), ingress: [{ fromEndpoints: [app('web')] }] })],
    ask: [web, vault, 8443],
    verdict: 'allowed',
    by: 'CiliumClusterwideNetworkPolicy luke ingress[0]',
  },
  {
    statements: [42],
    source: namespaces,
    what: 'peers of a namespaced policy are of its own namespace',
    objects: [local('pay/own', { endpointSelector: app('vault'), ingress: [{ fromEndpoints: [app('web')] }] })],
    ask: [web, vault, 8443],
    verdict: 'denied',
    by: isolated,
  },
  {
    statements: [42],
    source: namespaces,
    what: 'unless they name another',
    objects: [
      local('pay/other', {
        endpointSelector: app('vault'),
        ingress: [{ fromEndpoints: [{ matchLabels: { app: 'web', 'k8s:io.kubernetes.pod.namespace': 'shop' } }] }],
      }),
    ],
    ask: [web, vault, 8443],
    verdict: 'allowed',
    by: 'CiliumNetworkPolicy pay/other ingress[0]',
  },
  {
    statements: [42],
    source: namespaces,
    what: 'labels of namespaces are labels, in cluster-wide policies',
    objects: [
      wide('team', {
        endpointSelector: app('vault'),
        ingress: [{ fromEndpoints: [{ matchLabels: { 'io.cilium.k8s.namespace.labels.team': 'a' } }] }],
      }),
    ],
    ask: [probe, vault, 8443],
    verdict: 'denied',
    by: isolated,
  },
  {
    statements: [3, 42],
    source: intro,
    what: 'what NetworkPolicy and Cilium allow is united',
    objects: [
      policy('pay/np', { podSelector: {}, ingress: [] }),
      local('pay/yes', { endpointSelector: {}, ingress: [{ fromEntities: ['cluster'], toPorts: ports('8443') }] }),
    ],
    ask: [web, vault, 8443],
    verdict: 'allowed',
    by: 'CiliumNetworkPolicy pay/yes ingress[0]',
  },
  {
    statements: [1],
    source: `${intro}: "If both ingress and egress are omitted, the rule has no effect"`,
    what: 'a policy without rules has no effect',
    objects: [local('pay/nothing', { endpointSelector: {} })],
    ask: [web, vault, 8443],
    verdict: 'allowed',
    by: none,
  },
  {
    statements: [1],
    source: `${layer3}, "Ingress/Egress Default Deny"`,
    what: 'an empty rule isolates and allows nothing',
    objects: [local('shop/none', { endpointSelector: app('web'), egress: [{}] })],
    ask: [web, vault, 8443],
    verdict: 'denied',
    by: isolatedOut,
  },
  {
    statements: [1],
    source: `${intro}, EnableDefaultDeny`,
    what: 'a policy may say that it does not isolate',
    objects: [
      local('pay/soft', {
        endpointSelector: {},
        enableDefaultDeny: { ingress: false },
        ingressDeny: [{ toPorts: ports('1') }],
      }),
    ],
    ask: [web, vault, 8443],
    verdict: 'allowed',
    by: none,
  },
  {
    statements: [6],
    source: layer3,
    what: 'ports alone are for everybody',
    objects: [local('pay/ports', { endpointSelector: {}, ingress: [{ toPorts: ports('8443') }] })],
    ask: ['203.0.113.7', vault, 8443],
    verdict: 'allowed',
    by: 'CiliumNetworkPolicy pay/ports ingress[0]',
  },
  {
    statements: [12],
    source: 'cilium/cilium Documentation/security/policy/layer4.rst: "If omitted or empty, any protocol matches"',
    what: 'a port without a protocol is of every protocol',
    objects: [local('pay/any', { endpointSelector: {}, ingress: [{ toPorts: [{ ports: [{ port: '8443' }] }] }] })],
    ask: [web, vault, 8443, 'udp'],
    verdict: 'allowed',
    by: 'CiliumNetworkPolicy pay/any ingress[0]',
  },
  {
    statements: [11],
    source: `${layer3}: "The world entity corresponds to all endpoints outside of the cluster"`,
    what: 'world is outside, and no pod',
    objects: [local('shop/out', { endpointSelector: {}, egress: [{ toEntities: ['world'] }] })],
    ask: [web, vault, 8443],
    verdict: 'denied',
    by: isolatedOut,
  },
  {
    statements: [11],
    source: `${layer3}: "The world entity corresponds to all endpoints outside of the cluster"`,
    what: 'an address outside is of the world',
    objects: [local('shop/out', { endpointSelector: {}, egress: [{ toEntities: ['world'] }] })],
    ask: [web, '203.0.113.7', 443],
    verdict: 'allowed',
    by: 'CiliumNetworkPolicy shop/out egress[0]',
  },
  {
    statements: [11],
    source: layer3,
    what: 'toCIDR without its except, towards what is outside',
    objects: [
      local('shop/out', {
        endpointSelector: {},
        egress: [{ toCIDRSet: [{ cidr: '203.0.113.0/24', except: ['203.0.113.128/25'] }] }],
      }),
    ],
    ask: [web, '203.0.113.200', 443],
    verdict: 'denied',
    by: isolatedOut,
  },
  {
    statements: [11],
    source: layer3,
    what: 'a group of blocks by name',
    objects: [
      custom('cilium.io/v2', 'CiliumCIDRGroup', 'partners', { externalCIDRs: ['203.0.113.0/24'] }),
      local('shop/out', { endpointSelector: {}, egress: [{ toCIDRSet: [{ cidrGroupRef: 'partners' }] }] }),
    ],
    ask: [web, '203.0.113.200', 443],
    verdict: 'allowed',
    by: 'CiliumNetworkPolicy shop/out egress[0]',
  },
  {
    statements: [18],
    source: `${layer3}, "Access to/from local host"`,
    what: 'its own node is always let in; from some node it depends',
    objects: [
      pod('ops/agent', { app: 'agent' }, [], { hostNetwork: true }),
      local('pay/no', { endpointSelector: {}, ingress: [{}] }),
    ],
    ask: ['pod:ops/agent', vault, 8443],
    verdict: 'depends',
    by: "(the pod's own node)",
  },
  {
    statements: [18],
    source: `${layer3}, "Access to/from local host"`,
    what: 'but the way to the node is policed',
    objects: [
      pod('ops/agent', { app: 'agent' }, ['9000'], { hostNetwork: true }),
      local('pay/no', { endpointSelector: {}, egress: [{}] }),
    ],
    ask: [vault, 'pod:ops/agent', 9000],
    verdict: 'denied',
    by: isolatedOut,
  },
  {
    statements: [18],
    source: `${layer3}, "Entities based"`,
    what: 'host and remote-node together are every node',
    objects: [
      pod('ops/agent', { app: 'agent' }, ['9000'], { hostNetwork: true }),
      local('pay/nodes', { endpointSelector: {}, egress: [{ toEntities: ['host', 'remote-node'] }] }),
    ],
    ask: [vault, 'pod:ops/agent', 9000],
    verdict: 'allowed',
    by: 'CiliumNetworkPolicy pay/nodes egress[0]',
  },
  {
    statements: [42],
    source: `${layer3}, "Services based"`,
    what: 'toServices means the pods that the service selects',
    objects: [
      service('shop/api', { app: 'api' }, [{ port: 80, targetPort: 9090 }]),
      local('shop/svc', {
        endpointSelector: app('web'),
        egress: [{ toServices: [{ k8sService: { serviceName: 'api', namespace: 'shop' } }] }],
      }),
    ],
    ask: [web, 'service:shop/api', 80],
    verdict: 'allowed',
    by: 'CiliumNetworkPolicy shop/svc egress[0]',
  },
  {
    statements: [42],
    source: namespaces,
    what: 'a service account is a label',
    objects: [
      deployment('shop/leia', { app: 'leia' }, [], { serviceAccountName: 'leia' }),
      local('shop/sa', {
        endpointSelector: app('api'),
        ingress: [{ fromEndpoints: [{ matchLabels: { 'io.cilium.k8s.policy.serviceaccount': 'leia' } }] }],
      }),
    ],
    ask: ['pod:shop/leia', api, 9090],
    verdict: 'allowed',
    by: 'CiliumNetworkPolicy shop/sa ingress[0]',
  },
  {
    statements: [42],
    what: 'what a rule asks of HTTP requests is left open',
    objects: [
      local('shop/http', {
        endpointSelector: app('api'),
        ingress: [{ toPorts: [{ ports: [{ port: '9090', protocol: 'TCP' }], rules: { http: [{ method: 'GET' }] } }] }],
      }),
    ],
    ask: [web, api, 9090],
    verdict: 'depends',
    by: 'CiliumNetworkPolicy shop/http ingress[0]',
  },
];
