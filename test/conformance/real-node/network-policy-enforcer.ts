import { spawnSync } from 'node:child_process';
import type { KubernetesObject } from '../kubernetes/api-client.ts';

/**
 * NetworkPolicy (networking.k8s.io/v1) as rules of the Linux kernel, for pods whose packets all cross the host: the bridge-less `ptp`
 * plugin gives each pod a point-to-point link, so that the forward hook sees every packet between two pods. Written from the API's
 * reference, in nftables' words, for these tests alone: it shares no code with the verifier and none with the workload's sidecar.
 */
const table = 'conformance-network-policy';

type Labels = Readonly<Record<string, string>>;
interface Selector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: string;
    readonly values?: readonly string[];
  }[];
}
interface Peer {
  readonly podSelector?: Selector;
  readonly namespaceSelector?: Selector;
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] };
}
interface Port {
  readonly protocol?: string;
  readonly port?: number | string;
  readonly endPort?: number;
}
interface Rule {
  readonly from?: readonly Peer[];
  readonly to?: readonly Peer[];
  readonly ports?: readonly Port[];
}
interface Policy extends KubernetesObject {
  readonly spec: {
    readonly podSelector?: Selector;
    readonly policyTypes?: readonly string[];
    readonly ingress?: readonly Rule[];
    readonly egress?: readonly Rule[];
  };
}
interface Pod {
  readonly name: string;
  readonly namespace: string;
  readonly address: string;
  readonly labels: Labels;
  readonly namespaceLabels: Labels;
  /** `name/protocol` to number. */
  readonly ports: ReadonlyMap<string, number>;
}

export interface ClusterView {
  readonly namespaces: readonly KubernetesObject[];
  readonly pods: readonly KubernetesObject[];
  readonly policies: readonly KubernetesObject[];
}

/** Loads the rules for what the cluster says now, in one transaction; the former ones are gone with it. @returns the rules */
export function enforce(view: ClusterView): string {
  const rules = rulesOf(view);
  const loaded = spawnSync('nft', ['-f', '-'], { input: rules, encoding: 'utf8' });
  if (loaded.status !== 0) throw new Error(`nft refused the rules: ${loaded.stderr}\n${rules}`);
  // Connections that were allowed before must be asked again.
  spawnSync('conntrack', ['-F'], { stdio: 'ignore' });
  return rules;
}

export function rulesOf({ namespaces, pods, policies }: ClusterView): string {
  const labelsOfNamespace = new Map(namespaces.map(({ metadata }) => [metadata.name, metadata.labels ?? {}]));
  const known = pods.flatMap((pod) => podOf(pod, labelsOfNamespace));
  const chains: string[] = [];
  const jumps: string[] = [];
  for (const pod of known) {
    const selecting = (policies as readonly Policy[]).filter(
      ({ metadata, spec }) => metadata.namespace === pod.namespace && matches(spec.podSelector ?? {}, pod.labels),
    );
    for (const direction of ['egress', 'ingress'] as const) {
      const governing = selecting.filter((policy) => governs(policy, direction));
      // A pod that no policy selects in this direction is not isolated in it.
      if (governing.length === 0) continue;
      const chain = `${direction}-${pod.namespace}-${pod.name}`;
      const accepts = governing.flatMap((policy) =>
        (policy.spec[direction] ?? []).flatMap((rule) => acceptsOf(rule, direction, policy, pod, known)),
      );
      chains.push(`  chain ${chain} {\n${[...accepts, 'counter drop'].map((line) => `    ${line}`).join('\n')}\n  }`);
      jumps.push(`    ip ${direction === 'egress' ? 'saddr' : 'daddr'} ${pod.address} jump ${chain}`);
    }
  }
  return [
    `add table inet ${table}`,
    `delete table inet ${table}`,
    `table inet ${table} {`,
    ...chains,
    // Behind kube-proxy's translation, which is done before routing: here a Service's address is a pod's already.
    '  chain forward {',
    '    type filter hook forward priority filter; policy accept;',
    '    ct state established,related accept',
    '    ct state invalid drop',
    ...jumps,
    '  }',
    '}',
    '',
  ].join('\n');
}

function podOf(pod: KubernetesObject, namespaces: ReadonlyMap<string, Labels>): readonly Pod[] {
  const { status, spec, metadata } = pod as KubernetesObject & {
    readonly status?: { readonly podIP?: string; readonly phase?: string };
    readonly spec: {
      readonly hostNetwork?: boolean;
      readonly containers: readonly {
        readonly ports?: readonly { name?: string; containerPort: number; protocol?: string }[];
      }[];
    };
  };
  const address = status?.podIP;
  if (address === undefined || spec.hostNetwork || status?.phase === 'Succeeded' || status?.phase === 'Failed')
    return [];
  const named = spec.containers
    .flatMap(({ ports = [] }) => ports)
    .flatMap(({ name, containerPort, protocol = 'TCP' }) =>
      name === undefined ? [] : [[`${name}/${protocol}`, containerPort] as const],
    );
  return [
    {
      name: metadata.name,
      namespace: metadata.namespace ?? '',
      address,
      labels: metadata.labels ?? {},
      namespaceLabels: namespaces.get(metadata.namespace ?? '') ?? {},
      ports: new Map(named),
    },
  ];
}

/** policyTypes, and its default: Ingress always, Egress where there is an egress section. */
function governs({ spec }: Policy, direction: 'ingress' | 'egress'): boolean {
  const types = spec.policyTypes ?? (spec.egress === undefined ? ['Ingress'] : ['Ingress', 'Egress']);
  return types.includes(direction === 'ingress' ? 'Ingress' : 'Egress');
}

function acceptsOf(
  rule: Rule,
  direction: 'ingress' | 'egress',
  policy: Policy,
  self: Pod,
  pods: readonly Pod[],
): readonly string[] {
  const peers = direction === 'ingress' ? rule.from : rule.to;
  const side = direction === 'ingress' ? 'saddr' : 'daddr';
  const label = `comment "${policy.metadata.namespace}/${policy.metadata.name}"`;
  // No list, or an empty one, is everybody.
  if (peers === undefined || peers.length === 0) {
    return portsOf(rule, (port) => numberOf(port, self)).map((ports) => `${ports} accept ${label}`.trim());
  }
  return peers.flatMap((peer) => {
    if (peer.ipBlock !== undefined) {
      const { cidr, except = [] } = peer.ipBlock;
      const block = [`ip ${side} ${cidr}`, ...(except.length > 0 ? [`ip ${side} != { ${except.join(', ')} }`] : [])];
      return portsOf(rule, (port) => (direction === 'ingress' ? numberOf(port, self) : numberOf(port, undefined))).map(
        (ports) => [...block, ports, 'accept', label].filter(Boolean).join(' '),
      );
    }
    const among = pods.filter((pod) => isMeant(peer, policy.metadata.namespace ?? '', pod));
    // A port by name is the name that the listening pod gives it: this pod's, or each peer's own.
    return among.flatMap((pod) =>
      portsOf(rule, (port) => numberOf(port, direction === 'ingress' ? self : pod)).map((ports) =>
        [`ip ${side} ${pod.address}`, ports, 'accept', label].filter(Boolean).join(' '),
      ),
    );
  });
}

/** A pod selector alone means this namespace; a namespace selector alone means all of its pods; both mean both. */
function isMeant({ podSelector, namespaceSelector }: Peer, own: string, pod: Pod): boolean {
  const inNamespace =
    namespaceSelector === undefined ? pod.namespace === own : matches(namespaceSelector, pod.namespaceLabels);
  return inNamespace && (podSelector === undefined || matches(podSelector, pod.labels));
}

/** One match a port; the empty match, every port, where the rule names none. A name that nobody has matches nothing. */
function portsOf(rule: Rule, resolve: (port: Port) => number | undefined): readonly string[] {
  if (rule.ports === undefined || rule.ports.length === 0) return [''];
  return rule.ports.flatMap((port) => {
    const protocol = (port.protocol ?? 'TCP').toLowerCase();
    if (port.port === undefined) return [`meta l4proto ${protocol}`];
    const number = resolve(port);
    if (number === undefined) return [];
    return [`${protocol} dport ${port.endPort === undefined ? number : `${number}-${port.endPort}`}`];
  });
}

function numberOf({ port, protocol = 'TCP' }: Port, listener: Pod | undefined): number | undefined {
  return typeof port === 'number' ? port : listener?.ports.get(`${port}/${protocol}`);
}

function matches({ matchLabels = {}, matchExpressions = [] }: Selector, labels: Labels): boolean {
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every(({ key, operator, values = [] }) => {
      const value = labels[key];
      switch (operator) {
        case 'In':
          return value !== undefined && values.includes(value);
        case 'NotIn':
          return value === undefined || !values.includes(value);
        case 'Exists':
          return value !== undefined;
        case 'DoesNotExist':
          return value === undefined;
        default:
          throw new Error(`${operator} is no operator of a label selector.`);
      }
    })
  );
}
