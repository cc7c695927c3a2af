/**
 * Who may call whom: the answer that the policies must give, written by hand and never computed from them.
 *
 * One page load asks for 20 of these rows. The page (depth 4) makes five calls from web-frontend: two hosts outside, three
 * peers. Only microservice-a answers; it makes its five at depth 3. Of those only microservice-b answers; then microservice-c,
 * whose five calls all fail. 4 services × 5 calls = 20: 4 succeed (web-frontend → a, a → b, b → c, a → packages.microsoft.com),
 * 16 fail (9 between services, 7 to hosts outside). The rows of the ingress are not calls of the page: its first one carries it.
 */

/** What can stop a call, in the order in which a call meets it. */
export const layers = [
  /** NetworkPolicy, egress, in the caller's namespace. */
  'caller egress policy',
  /** Istio's registry: with REGISTRY_ONLY, a host that no visible ServiceEntry names is unknown. */
  'mesh registry',
  /** Azure Firewall's application rules, by the subnet that the caller's pod is in. */
  'egress firewall',
  /** NetworkPolicy, ingress, in the target's namespace. */
  'target ingress policy',
  /** Istio AuthorizationPolicy at the target, by the caller's certificate. */
  'mesh authorization',
] as const;
export type Layer = (typeof layers)[number];

export const callers = ['ingress', 'web-frontend', 'microservice-a', 'microservice-b', 'microservice-c'] as const;
export type CallerName = (typeof callers)[number];

export const targets = [
  'web-frontend',
  'microservice-a',
  'microservice-b',
  'microservice-c',
  'packages.microsoft.com',
  'example.org',
] as const;
export type TargetName = (typeof targets)[number];

export interface Row {
  readonly caller: CallerName;
  readonly target: TargetName;
  /** Every layer that stops the call by itself; empty: the call is allowed. */
  readonly stoppedBy: readonly Layer[];
  readonly because: string;
}

const inside: readonly Layer[] = ['caller egress policy', 'target ingress policy', 'mesh authorization'];
const outside: readonly Layer[] = ['caller egress policy', 'mesh registry', 'egress firewall'];

/** Every pair: 5 callers × 6 targets, less the 4 calls of a service to itself. */
export const expectedMatrix: readonly Row[] = [
  { caller: 'ingress', target: 'web-frontend', stoppedBy: [], because: 'users come in here, and only for the page' },
  { caller: 'ingress', target: 'microservice-a', stoppedBy: inside, because: 'the ingress fronts web-frontend alone' },
  { caller: 'ingress', target: 'microservice-b', stoppedBy: inside, because: 'the ingress fronts web-frontend alone' },
  { caller: 'ingress', target: 'microservice-c', stoppedBy: inside, because: 'the ingress fronts web-frontend alone' },
  {
    caller: 'ingress',
    target: 'packages.microsoft.com',
    stoppedBy: outside,
    because: 'the ingress answers, it does not call out',
  },
  {
    caller: 'ingress',
    target: 'example.org',
    stoppedBy: outside,
    because: 'the ingress answers, it does not call out',
  },

  { caller: 'web-frontend', target: 'microservice-a', stoppedBy: [], because: 'the first hop of the chain' },
  {
    caller: 'web-frontend',
    target: 'microservice-b',
    stoppedBy: inside,
    because: 'only microservice-a calls microservice-b',
  },
  {
    caller: 'web-frontend',
    target: 'microservice-c',
    stoppedBy: inside,
    because: 'only microservice-b calls microservice-c',
  },
  {
    caller: 'web-frontend',
    target: 'packages.microsoft.com',
    stoppedBy: outside,
    because: 'in-scope pods have no way out',
  },
  { caller: 'web-frontend', target: 'example.org', stoppedBy: outside, because: 'in-scope pods have no way out' },

  {
    caller: 'microservice-a',
    target: 'web-frontend',
    stoppedBy: inside,
    because: 'only the ingress calls web-frontend',
  },
  { caller: 'microservice-a', target: 'microservice-b', stoppedBy: [], because: 'the second hop of the chain' },
  {
    caller: 'microservice-a',
    target: 'microservice-c',
    stoppedBy: inside,
    because: 'only microservice-b calls microservice-c',
  },
  {
    caller: 'microservice-a',
    target: 'packages.microsoft.com',
    stoppedBy: [],
    because: 'the one service that may fetch packages',
  },
  {
    caller: 'microservice-a',
    target: 'example.org',
    // Its NetworkPolicy opens port 443 to the Internet: addresses, not names. Names are the other two layers' business.
    stoppedBy: ['mesh registry', 'egress firewall'],
    because: 'the host is on no allow-list',
  },

  {
    caller: 'microservice-b',
    target: 'web-frontend',
    stoppedBy: inside,
    because: 'only the ingress calls web-frontend',
  },
  {
    caller: 'microservice-b',
    target: 'microservice-a',
    stoppedBy: inside,
    because: 'only web-frontend calls microservice-a',
  },
  { caller: 'microservice-b', target: 'microservice-c', stoppedBy: [], because: 'the third hop of the chain' },
  {
    caller: 'microservice-b',
    target: 'packages.microsoft.com',
    // It shares its namespace and its subnet with microservice-a, which may: the registry and the firewall cannot tell them apart.
    stoppedBy: ['caller egress policy'],
    because: 'only microservice-a may fetch packages',
  },
  { caller: 'microservice-b', target: 'example.org', stoppedBy: outside, because: 'the host is on no allow-list' },

  {
    caller: 'microservice-c',
    target: 'web-frontend',
    stoppedBy: inside,
    because: 'only the ingress calls web-frontend',
  },
  {
    caller: 'microservice-c',
    target: 'microservice-a',
    stoppedBy: inside,
    because: 'only web-frontend calls microservice-a',
  },
  {
    caller: 'microservice-c',
    target: 'microservice-b',
    stoppedBy: inside,
    because: 'only microservice-a calls microservice-b',
  },
  {
    caller: 'microservice-c',
    target: 'packages.microsoft.com',
    stoppedBy: outside,
    because: 'in-scope pods have no way out',
  },
  { caller: 'microservice-c', target: 'example.org', stoppedBy: outside, because: 'in-scope pods have no way out' },
];

/** The row of a pair; undefined for names that the matrix does not know. */
export function expectedRow(caller: string, target: string): Row | undefined {
  return expectedMatrix.find((row) => row.caller === caller && row.target === target);
}
