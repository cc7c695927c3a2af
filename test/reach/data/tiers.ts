import type { KubernetesObject } from '../../../src/model/kubernetes-object.ts';
import { custom, pod, policy } from '../kube-shapes.ts';
import type { PolicyRow } from '../policy-rows.ts';

const web = 'pod:shop/web';
const vault = 'pod:pay/vault';
const probe = 'pod:ops/probe';
const none = '(no policy speaks about';
const types = 'kubernetes-sigs/network-policy-api apis/v1alpha2/clusternetworkpolicy_types.go';
const older = 'kubernetes-sigs/network-policy-api apis/v1alpha1/shared_types.go and adminnetworkpolicy_types.go';

type Spec = { readonly [key: string]: unknown };
const cluster = (name: string, tier: 'Admin' | 'Baseline', priority: number, more: Spec): KubernetesObject =>
  custom('policy.networking.k8s.io/v1alpha2', 'ClusterNetworkPolicy', name, {
    tier,
    priority,
    subject: { namespaces: {} },
    ...more,
  });
const admin = (name: string, priority: number, more: Spec): KubernetesObject =>
  custom('policy.networking.k8s.io/v1alpha1', 'AdminNetworkPolicy', name, {
    priority,
    subject: { namespaces: {} },
    ...more,
  });
const baseline = (more: Spec): KubernetesObject =>
  custom('policy.networking.k8s.io/v1alpha1', 'BaselineAdminNetworkPolicy', 'default', {
    subject: { namespaces: {} },
    ...more,
  });
const everyone = { namespaces: {} };
const team = (name: string) => ({ namespaces: { matchLabels: { team: name } } });
const pay = { subject: team('b') };
const shop = { subject: team('a') };
const tcp = (number: number) => ({ tcp: { destinationPort: { number } } });
const rule = (action: string, side: 'from' | 'to', peers: readonly object[], more: Spec = {}) => ({
  action,
  [side]: peers,
  ...more,
});
const denyIn = (name: string, priority: number, tier: 'Admin' | 'Baseline' = 'Admin'): KubernetesObject =>
  cluster(name, tier, priority, { ...pay, ingress: [rule('Deny', 'from', [everyone])] });
const acceptIn = (name: string, priority: number, tier: 'Admin' | 'Baseline' = 'Admin'): KubernetesObject =>
  cluster(name, tier, priority, { ...pay, ingress: [rule('Accept', 'from', [everyone])] });
const allowNp = policy('pay/np', { podSelector: {}, policyTypes: ['Ingress'], ingress: [{}] });
const denyNp = policy('pay/np', { podSelector: {}, policyTypes: ['Ingress'], ingress: [] });

export const tierRows: readonly PolicyRow[] = [
  {
    statements: [30],
    what: 'the admin tier denies before a NetworkPolicy allows',
    objects: [denyIn('no', 10), allowNp],
    ask: [web, vault, 8443],
    verdict: 'denied',
    by: 'ClusterNetworkPolicy no ingress[0]',
  },
  {
    statements: [30],
    what: 'the admin tier accepts before a NetworkPolicy denies',
    objects: [acceptIn('yes', 10), denyNp],
    ask: [web, vault, 8443],
    verdict: 'allowed',
    by: 'ClusterNetworkPolicy yes ingress[0]',
  },
  {
    statements: [30],
    what: 'the baseline denies what nothing else speaks of',
    objects: [denyIn('no', 10, 'Baseline')],
    ask: [web, vault, 8443],
    verdict: 'denied',
    by: 'ClusterNetworkPolicy no ingress[0]',
  },
  {
    statements: [30],
    what: 'and what no tier decides is allowed',
    objects: [cluster('no', 'Baseline', 1, { ...pay, ingress: [rule('Deny', 'from', [team('o')])] })],
    ask: [web, vault, 8443],
    verdict: 'allowed',
    by: none,
  },
  {
    statements: [30],
    what: 'accepting leaves the other side to judge',
    objects: [
      cluster('yes', 'Admin', 1, { ...shop, egress: [rule('Accept', 'to', [everyone])] }),
      policy('shop/np', { podSelector: {}, policyTypes: ['Egress'], egress: [] }),
      denyNp,
    ],
    ask: [web, vault, 8443],
    verdict: 'denied',
    by: '(no ingress rule allows it',
  },
  {
    statements: [31],
    what: 'Pass skips the rest of its tier and lets a NetworkPolicy decide',
    objects: [
      cluster('pass', 'Admin', 1, {
        ...pay,
        ingress: [rule('Pass', 'from', [team('a')]), rule('Deny', 'from', [everyone])],
      }),
      denyIn('later', 2),
      allowNp,
    ],
    ask: [web, vault, 8443],
    verdict: 'allowed',
    by: 'NetworkPolicy pay/np ingress[0]',
  },
  {
    statements: [31],
    what: 'who is not passed is denied',
    objects: [
      cluster('pass', 'Admin', 1, {
        ...pay,
        ingress: [rule('Pass', 'from', [team('a')]), rule('Deny', 'from', [everyone])],
      }),
      allowNp,
    ],
    ask: [probe, vault, 8443],
    verdict: 'denied',
    by: 'ClusterNetworkPolicy pass ingress[1]',
  },
  {
    statements: [31],
    what: 'Pass where no NetworkPolicy selects goes on to the baseline',
    objects: [
      cluster('pass', 'Admin', 1, { ...pay, ingress: [rule('Pass', 'from', [everyone])] }),
      denyIn('base', 1, 'Baseline'),
    ],
    ask: [web, vault, 8443],
    verdict: 'denied',
    by: 'ClusterNetworkPolicy base ingress[0]',
  },
  {
    statements: [31],
    source: older,
    what: 'the older kind says Allow',
    objects: [admin('yes', 1, { ...pay, ingress: [rule('Allow', 'from', [everyone])] }), denyNp],
    ask: [web, vault, 8443],
    verdict: 'allowed',
    by: 'AdminNetworkPolicy yes ingress[0]',
  },
  {
    statements: [31],
    source: older,
    what: 'its ports are a list of numbers, ranges and names',
    objects: [
      admin('ports', 1, {
        ...pay,
        ingress: [
          rule('Allow', 'from', [everyone], {
            ports: [{ portNumber: { protocol: 'TCP', port: 1 } }, { namedPort: 'https' }],
          }),
          rule('Deny', 'from', [everyone]),
        ],
      }),
    ],
    ask: [web, vault, 8443],
    verdict: 'allowed',
    by: 'AdminNetworkPolicy ports ingress[0]',
  },
  {
    statements: [31],
    source: older,
    what: 'the older baseline is one object without a priority',
    objects: [baseline({ ...pay, ingress: [rule('Deny', 'from', [everyone])] })],
    ask: [web, vault, 8443],
    verdict: 'denied',
    by: 'BaselineAdminNetworkPolicy default ingress[0]',
  },
  {
    statements: [32],
    what: 'a NetworkPolicy decides for good: what it denies no baseline accepts',
    objects: [denyNp, acceptIn('base', 1, 'Baseline')],
    ask: [web, vault, 8443],
    verdict: 'denied',
    by: '(no ingress rule allows it',
  },
  {
    statements: [32],
    what: 'and what it allows no baseline denies',
    objects: [allowNp, denyIn('base', 1, 'Baseline')],
    ask: [web, vault, 8443],
    verdict: 'allowed',
    by: 'NetworkPolicy pay/np ingress[0]',
  },
  {
    statements: [32],
    what: 'for the direction that it speaks of only',
    objects: [
      policy('shop/np', { podSelector: {}, policyTypes: ['Ingress'], ingress: [{}] }),
      cluster('base', 'Baseline', 1, { ...shop, egress: [rule('Deny', 'to', [everyone])] }),
    ],
    ask: [web, vault, 8443],
    verdict: 'denied',
    by: 'ClusterNetworkPolicy base egress[0]',
  },
  {
    statements: [33],
    what: 'the lower number comes first',
    objects: [acceptIn('yes', 1), denyIn('no', 2)],
    ask: [web, vault, 8443],
    verdict: 'allowed',
    by: 'ClusterNetworkPolicy yes ingress[0]',
  },
  {
    statements: [33],
    what: 'whatever their names',
    objects: [acceptIn('z', 3), denyIn('a', 4)],
    ask: [web, vault, 8443],
    verdict: 'allowed',
    by: 'ClusterNetworkPolicy z ingress[0]',
  },
  {
    statements: [33],
    what: 'of equal numbers either may decide',
    objects: [acceptIn('yes', 5), denyIn('no', 5)],
    ask: [web, vault, 8443],
    verdict: 'depends',
    by: 'ClusterNetworkPolicy yes ingress[0]',
  },
  {
    statements: [33],
    what: 'equal numbers that agree are no question',
    objects: [denyIn('no', 5), denyIn('never', 5)],
    ask: [web, vault, 8443],
    verdict: 'denied',
    by: 'ClusterNetworkPolicy',
  },
  {
    statements: [34],
    what: 'inside one object the first rule decides',
    objects: [
      cluster('order', 'Admin', 1, {
        ...pay,
        ingress: [
          rule('Accept', 'from', [team('a')], { protocols: [tcp(8443)] }),
          rule('Deny', 'from', [everyone]),
          rule('Accept', 'from', [everyone]),
        ],
      }),
    ],
    ask: [web, vault, 8443],
    verdict: 'allowed',
    by: 'ClusterNetworkPolicy order ingress[0]',
  },
  {
    statements: [34],
    what: 'and the second what the first leaves',
    objects: [
      cluster('order', 'Admin', 1, {
        ...pay,
        ingress: [
          rule('Accept', 'from', [team('a')], { protocols: [tcp(8443)] }),
          rule('Deny', 'from', [everyone], { name: 'the rest' }),
          rule('Accept', 'from', [everyone]),
        ],
      }),
    ],
    ask: [web, vault, 8444],
    verdict: 'denied',
    by: 'ClusterNetworkPolicy order the rest',
  },
  {
    statements: [34],
    source: types,
    what: 'more than 25 rules are refused: nothing is in force',
    objects: [
      cluster('many', 'Admin', 1, {
        ...pay,
        ingress: Array.from({ length: 26 }, () => rule('Deny', 'from', [everyone])),
      }),
    ],
    ask: [web, vault, 8443],
    verdict: 'allowed',
    by: none,
  },
  {
    statements: [35],
    what: 'subjects are never pods in the network of their node',
    objects: [
      pod('pay/agent', { app: 'agent' }, ['9000'], { hostNetwork: true }),
      cluster('no', 'Admin', 1, { ...pay, ingress: [rule('Deny', 'from', [everyone])] }),
    ],
    ask: [web, 'pod:pay/agent', 9000],
    verdict: 'allowed',
    by: none,
  },
  {
    statements: [35],
    what: 'nor are peers',
    objects: [
      pod('ops/agent', { app: 'agent' }, [], { hostNetwork: true }),
      cluster('no', 'Admin', 1, { ...pay, ingress: [rule('Deny', 'from', [team('o')])] }),
    ],
    ask: ['pod:ops/agent', vault, 8443],
    verdict: 'allowed',
    by: none,
  },
  {
    statements: [36],
    what: 'networks match pods too',
    objects: [cluster('no', 'Admin', 1, { ...shop, egress: [rule('Deny', 'to', [{ networks: ['0.0.0.0/0'] }])] })],
    ask: [web, vault, 8443],
    verdict: 'denied',
    by: 'ClusterNetworkPolicy no egress[0]',
  },
  {
    statements: [36],
    what: 'unless they are passed before',
    objects: [
      cluster('no', 'Admin', 1, {
        ...shop,
        egress: [rule('Pass', 'to', [everyone]), rule('Deny', 'to', [{ networks: ['0.0.0.0/0'] }])],
      }),
    ],
    ask: [web, vault, 8443],
    verdict: 'allowed',
    by: none,
  },
  {
    statements: [36],
    what: 'of a smaller network it depends on the pod’s address, which is not known',
    objects: [cluster('no', 'Admin', 1, { ...shop, egress: [rule('Deny', 'to', [{ networks: ['10.0.0.0/8'] }])] })],
    ask: [web, vault, 8443],
    verdict: 'depends',
    by: none,
  },
  {
    statements: [36],
    what: 'and ICMP',
    objects: [cluster('no', 'Admin', 1, { ...shop, egress: [rule('Deny', 'to', [{ networks: ['0.0.0.0/0'] }])] })],
    ask: [web, '203.0.113.7', undefined, 'icmp'],
    verdict: 'denied',
    by: 'ClusterNetworkPolicy no egress[0]',
  },
  {
    statements: [37],
    what: 'an accepting rule with an unknown peer matches nothing',
    objects: [
      cluster('new', 'Admin', 1, {
        ...pay,
        ingress: [rule('Accept', 'from', [everyone, { meshes: {} }]), rule('Deny', 'from', [everyone])],
      }),
    ],
    ask: [web, vault, 8443],
    verdict: 'denied',
    by: 'ClusterNetworkPolicy new ingress[1]',
  },
  {
    statements: [37],
    what: 'a denying one denies everything',
    objects: [
      cluster('new', 'Admin', 1, {
        ...pay,
        ingress: [rule('Deny', 'from', [{ meshes: {} }], { protocols: [tcp(1)] })],
      }),
    ],
    ask: [web, vault, 8443],
    verdict: 'denied',
    by: 'ClusterNetworkPolicy new ingress[0] (unknown peer)',
  },
  {
    statements: [37],
    what: 'and so does a passing one',
    objects: [cluster('new', 'Admin', 1, { ...pay, ingress: [rule('Pass', 'from', [{ meshes: {} }])] }), allowNp],
    ask: [web, vault, 8443],
    verdict: 'denied',
    by: 'ClusterNetworkPolicy new ingress[0] (unknown peer)',
  },
  ...(
    [
      ['api.example.com', 'allowed', 'ClusterNetworkPolicy names egress[0]'],
      ['a.b.example.org', 'allowed', 'ClusterNetworkPolicy names egress[0]'],
      ['example.org', 'denied', 'ClusterNetworkPolicy names egress[1]'],
      ['www.example.com', 'denied', 'ClusterNetworkPolicy names egress[1]'],
    ] as const
  ).map(
    ([name, verdict, by]): PolicyRow => ({
      statements: [38],
      source: types,
      what: `names are accepted before a deny: ${name}`,
      objects: [
        cluster('names', 'Admin', 1, {
          ...shop,
          egress: [
            rule('Accept', 'to', [{ domainNames: ['api.example.com', '*.example.org'] }]),
            rule('Deny', 'to', [{ networks: ['0.0.0.0/0'] }]),
          ],
        }),
      ],
      ask: [web, name, 443],
      verdict,
      by,
    }),
  ),
  {
    statements: [39],
    what: 'ports are numbers below tcp, udp or sctp',
    objects: [
      cluster('no', 'Admin', 1, { ...pay, ingress: [rule('Deny', 'from', [everyone], { protocols: [tcp(8443)] })] }),
    ],
    ask: [web, vault, 8443, 'udp'],
    verdict: 'allowed',
    by: none,
  },
  {
    statements: [39],
    what: 'or ranges, both ends included',
    objects: [
      cluster('no', 'Admin', 1, {
        ...pay,
        ingress: [
          rule('Deny', 'from', [everyone], {
            protocols: [{ tcp: { destinationPort: { range: { start: 8000, end: 8443 } } } }],
          }),
        ],
      }),
    ],
    ask: [web, vault, 8443],
    verdict: 'denied',
    by: 'ClusterNetworkPolicy no ingress[0]',
  },
  {
    statements: [39],
    what: 'or names of the destination’s ports, whatever protocol they have',
    objects: [
      cluster('no', 'Admin', 1, {
        ...shop,
        egress: [rule('Deny', 'to', [everyone], { protocols: [{ destinationNamedPort: 'dns' }] })],
      }),
    ],
    ask: [web, vault, 53, 'udp'],
    verdict: 'denied',
    by: 'ClusterNetworkPolicy no egress[0]',
  },
];
