/**
 * The second evaluator of NetworkPolicy: reads the objects itself and judges one packet at a time, with no code of the product and no sets. Written from
 * network-semantics.md 4.1. `fault` breaks it on purpose, to show that the comparison notices.
 */
type Json = { readonly [key: string]: unknown };
type Answer = 'allowed' | 'denied' | 'depends';
/** 2 surely, 1 perhaps, 0 no. */
type Three = 0 | 1 | 2;

export interface PodPacket {
  /** `namespace/name`, or an address. */
  readonly src: string;
  readonly dst: string;
  readonly protocol: 'TCP' | 'UDP' | 'SCTP' | 'ICMP';
  readonly port: number;
}

export const policyFaults = [
  'first-policy-decides',
  'selectors-of-a-peer-are-either',
  'pod-selector-reaches-every-namespace',
  'missing-protocol-is-any',
  'source-side-ignored',
  'missing-types-mean-both',
  'not-in-needs-the-key',
  'except-ignored',
  'end-port-excluded',
  'named-port-looked-up-at-the-source',
  'block-matches-pods',
  'empty-from-is-nobody',
  'host-network-is-selected',
  'namespace-name-is-no-label',
] as const;
export type PolicyFault = (typeof policyFaults)[number];

const obj = (value: unknown): Json => (value ?? {}) as Json;
const arr = (value: unknown): readonly Json[] => (value ?? []) as readonly Json[];
const both = (a: Three, b: Three): Three => Math.min(a, b) as Three;

interface End {
  readonly ns?: string;
  readonly labels?: Json;
  readonly ports?: readonly Json[];
  readonly host?: boolean;
  readonly ip?: number;
}

const num = (ip: string): number => ip.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
function inside(ip: number, cidr: string): boolean {
  const [base = '', bits = '32'] = cidr.split('/');
  if (base.includes(':')) return false;
  const size = 2 ** (32 - Number(bits));
  return Math.floor(ip / size) === Math.floor(num(base) / size);
}

export function policyReferee(objects: readonly Json[], plugin: 'cilium' | 'unknown') {
  const policies = objects.filter((one) => one.kind === 'NetworkPolicy');
  const ends = new Map<string, End>();
  const spaces = new Map<string, Json>();
  for (const one of objects) {
    const meta = obj(one.metadata);
    if (one.kind === 'Namespace') spaces.set(String(meta.name), obj(meta.labels));
    if (one.kind !== 'Deployment' && one.kind !== 'Pod') continue;
    const template = one.kind === 'Pod' ? one : obj(obj(one.spec).template);
    const spec = obj(template.spec);
    ends.set(`${String(meta.namespace)}/${String(meta.name)}`, {
      ns: String(meta.namespace),
      labels: obj(obj(template.metadata).labels),
      ports: arr(spec.containers).flatMap((each) => arr(each.ports)),
      host: spec.hostNetwork === true,
    });
  }
  const endOf = (text: string): End => ends.get(text) ?? { ip: num(text) };

  function selects(selector: Json, labels: Json, known: boolean, fault?: PolicyFault): Three {
    let result: Three = 2;
    const test = (key: string, decide: (value: unknown) => boolean): void => {
      if (!known && labels[key] === undefined) result = both(result, 1);
      else if (!decide(labels[key])) result = 0;
    };
    for (const [key, value] of Object.entries(obj(selector.matchLabels))) test(key, (own) => own === value);
    for (const one of arr(selector.matchExpressions)) {
      const values = (one.values ?? []) as readonly string[];
      const key = String(one.key);
      if (one.operator === 'Exists') test(key, (own) => own !== undefined);
      if (one.operator === 'DoesNotExist') test(key, (own) => own === undefined);
      if (one.operator === 'In') test(key, (own) => own !== undefined && values.includes(String(own)));
      if (one.operator === 'NotIn')
        test(key, (own) =>
          fault === 'not-in-needs-the-key'
            ? own !== undefined && !values.includes(String(own))
            : own === undefined || !values.includes(String(own)),
        );
    }
    return result;
  }
  function namespaceSelected(selector: Json, ns: string, fault?: PolicyFault): Three {
    const own = spaces.get(ns);
    const name = fault === 'namespace-name-is-no-label' ? {} : { 'kubernetes.io/metadata.name': ns };
    return selects(selector, { ...own, ...name }, own !== undefined, fault);
  }

  function peerMatches(peer: Json, other: End, home: string, fault?: PolicyFault): Three {
    if (peer.ipBlock !== undefined) {
      const block = obj(peer.ipBlock);
      if (other.ip === undefined) {
        // Pods are asked about over IPv4, and a block of IPv6 says nothing about that (statement 29).
        if (String(block.cidr).includes(':')) return 0;
        if (fault === 'block-matches-pods') return 2;
        return plugin === 'cilium' ? 0 : 1;
      }
      const { ip } = other;
      if (!inside(ip, String(block.cidr))) return 0;
      const except = (block.except ?? []) as readonly string[];
      return except.some((one) => inside(ip, one)) && fault !== 'except-ignored' ? 0 : 2;
    }
    if (other.ns === undefined || other.labels === undefined) return 0;
    if (other.host === true && fault !== 'host-network-is-selected') return 0;
    const pods = peer.podSelector === undefined ? 2 : selects(obj(peer.podSelector), other.labels, true, fault);
    if (peer.namespaceSelector === undefined)
      return fault === 'pod-selector-reaches-every-namespace' || other.ns === home ? pods : 0;
    const ns = namespaceSelected(obj(peer.namespaceSelector), other.ns, fault);
    if (fault === 'selectors-of-a-peer-are-either' && peer.podSelector !== undefined)
      return Math.max(pods, ns) as Three;
    return both(pods, ns);
  }

  function portMatches(port: Json, p: PodPacket, target: End, fault?: PolicyFault): Three {
    const given = port.protocol;
    if (given === undefined && fault === 'missing-protocol-is-any') {
      if (p.protocol === 'ICMP') return 0;
    } else if ((given ?? 'TCP') !== p.protocol) return 0;
    if (port.port === undefined) return 2;
    if (typeof port.port === 'string') {
      const hit = (target.ports ?? []).some(
        (one) => one.name === port.port && (one.protocol ?? 'TCP') === p.protocol && one.containerPort === p.port,
      );
      return hit ? 2 : 0;
    }
    const first = Number(port.port);
    if (port.endPort === undefined) return p.port === first ? 2 : 0;
    const last = Number(port.endPort) - (fault === 'end-port-excluded' ? 1 : 0);
    if (p.port < first || p.port > last) return 0;
    return plugin === 'cilium' || p.port === first ? 2 : 1;
  }

  function side(direction: 'ingress' | 'egress', p: PodPacket, self: End, other: End, fault?: PolicyFault): Three {
    if (self.ns === undefined || (self.host === true && fault !== 'host-network-is-selected')) return 2;
    const target = direction === 'egress' ? other : self;
    const looked = fault === 'named-port-looked-up-at-the-source' ? (direction === 'egress' ? self : other) : target;
    let selected = false;
    let result: Three = 0;
    for (const policy of policies) {
      const spec = obj(policy.spec);
      const home = String(obj(policy.metadata).namespace);
      if (home !== self.ns || selects(obj(spec.podSelector), self.labels ?? {}, true, fault) === 0) continue;
      const types = spec.policyTypes as readonly string[] | undefined;
      const covers =
        types === undefined
          ? direction === 'ingress' || fault === 'missing-types-mean-both' || arr(spec.egress).length > 0
          : types.includes(direction === 'ingress' ? 'Ingress' : 'Egress');
      if (!covers) continue;
      if (selected && fault === 'first-policy-decides') break;
      selected = true;
      for (const rule of arr(spec[direction])) {
        const peers = arr(direction === 'ingress' ? rule.from : rule.to);
        const ports = arr(rule.ports);
        const who: Three =
          peers.length === 0
            ? fault === 'empty-from-is-nobody'
              ? 0
              : 2
            : (Math.max(...peers.map((peer) => peerMatches(peer, other, home, fault))) as Three);
        const what: Three =
          ports.length === 0 ? 2 : (Math.max(...ports.map((port) => portMatches(port, p, looked, fault))) as Three);
        result = Math.max(result, both(who, what)) as Three;
      }
    }
    if (!selected) return 2;
    // What NetworkPolicy means for other protocols is not defined, one way or the other.
    if (p.protocol === 'ICMP' && plugin === 'unknown') return 1;
    // A pod and its own node: both ways for Kubernetes; Cilium polices what goes to the node.
    if (other.host === true && result === 0 && (direction === 'ingress' || plugin === 'unknown')) return 1;
    return result;
  }

  return (p: PodPacket, fault?: PolicyFault): Answer => {
    const [from, to] = [endOf(p.src), endOf(p.dst)];
    const out = fault === 'source-side-ignored' ? 2 : side('egress', p, from, to, fault);
    const result = both(out, side('ingress', p, to, from, fault));
    return result === 2 ? 'allowed' : result === 1 ? 'depends' : 'denied';
  };
}
