import { parsePrefix } from '../../kernel/address.ts';
import type { Peer, PodTerm, Policy, PolicyRule, PolicySide, PortTerm } from '../../reachability/index.ts';
import { type Fields, fields, items, text, texts } from '../arm-view.ts';
import type { ObjectView, Remark, Seen } from './object-view.ts';
import { isRefused, type OrRefused, refused } from './read-network-policies.ts';
import { portValue, protocolNumber } from './read-ports.ts';
import { readSelector } from './read-selector.ts';

const group = 'policy.networking.k8s.io';
const mostPriority = 1000;

/** What differs between the kinds: ClusterNetworkPolicy joins the two older ones and calls their Allow Accept (statements 30, 31). */
interface Form {
  readonly layer: Policy['layer'];
  readonly stage: (spec: Fields) => OrRefused<{ readonly stage: Policy['stage']; readonly priority: number }>;
  readonly allow: 'Accept' | 'Allow';
  readonly passes: boolean;
  /** Rules, peers, protocols, networks and names: each list has at most so many (statement 34). */
  readonly most: number;
  readonly ports: (rule: Fields) => OrRefused<PortList>;
}

/** Undefined: whatever protocol and port. */
interface PortList {
  readonly ports: readonly PortTerm[] | undefined;
}

const priorityOf = (spec: Fields): OrRefused<{ readonly priority: number }> => {
  const priority = Number(spec.priority);
  return Number.isInteger(priority) && priority >= 0 && priority <= mostPriority
    ? { priority }
    : refused(`spec.priority is ${String(spec.priority)}, and must be 0 to ${mostPriority}`);
};

const forms: { readonly [kind: string]: Form } = {
  ClusterNetworkPolicy: {
    layer: 'cluster-network-policy',
    stage: (spec) => {
      const tier = text(spec.tier);
      if (tier !== 'Admin' && tier !== 'Baseline') return refused(`spec.tier is ${String(spec.tier)}`);
      const priority = priorityOf(spec);
      return isRefused(priority) ? priority : { ...priority, stage: tier === 'Admin' ? 'admin' : 'baseline' };
    },
    allow: 'Accept',
    passes: true,
    most: 25,
    ports: protocolsOf,
  },
  AdminNetworkPolicy: {
    layer: 'admin-network-policy',
    stage: (spec) => {
      const priority = priorityOf(spec);
      return isRefused(priority) ? priority : { ...priority, stage: 'admin' };
    },
    allow: 'Allow',
    passes: true,
    most: 100,
    ports: portsOf,
  },
  BaselineAdminNetworkPolicy: {
    layer: 'baseline-admin-network-policy',
    stage: () => ({ stage: 'baseline', priority: mostPriority + 1 }),
    allow: 'Allow',
    passes: false,
    most: 100,
    ports: portsOf,
  },
};

/** The cluster-wide tiers, of both API versions (statements 30 to 39). */
export function readTiers(view: ObjectView): {
  readonly policies: readonly Policy[];
  readonly remarks: readonly Remark[];
} {
  const policies: Policy[] = [];
  const remarks: Remark[] = [];
  for (const [kind, form] of Object.entries(forms)) {
    for (const object of view.of(group, kind)) {
      const policy = readPolicy(object, form);
      if (!isRefused(policy)) policies.push(policy);
      else
        remarks.push({
          about: 'refused',
          object: object.id,
          message: `The API server refuses ${object.id}: ${policy.refused}. It is not counted.`,
        });
    }
  }
  return { policies, remarks };
}

function readPolicy(object: Seen, form: Form): OrRefused<Policy> {
  const { spec } = object;
  const stage = form.stage(spec);
  if (isRefused(stage)) return stage;
  const subject = readPods(fields(spec.subject));
  if (subject === undefined || isRefused(subject)) return refused('spec.subject selects nothing that can be a subject');
  const ingress = readSide(spec, 'ingress', 'from', form);
  const egress = readSide(spec, 'egress', 'to', form);
  if (ingress !== undefined && isRefused(ingress)) return ingress;
  if (egress !== undefined && isRefused(egress)) return egress;
  return {
    id: object.id,
    layer: form.layer,
    ...stage,
    subject,
    ...(ingress === undefined ? {} : { ingress }),
    ...(egress === undefined ? {} : { egress }),
  };
}

/** `namespaces` or `pods` of a subject or peer; undefined when neither is there. */
function readPods(peer: Fields): OrRefused<PodTerm> | undefined {
  if (peer.namespaces !== undefined && peer.pods !== undefined) return refused('names namespaces and pods at once');
  if (peer.namespaces !== undefined) {
    const selector = readSelector(peer.namespaces);
    return selector === undefined
      ? refused('has a selector that is none')
      : { namespaces: { kind: 'selected', selector }, pods: [], neverNodes: true };
  }
  if (peer.pods === undefined) return undefined;
  const both = fields(peer.pods);
  const [namespaces, pods] = [readSelector(both.namespaceSelector), readSelector(both.podSelector)];
  return namespaces === undefined || pods === undefined
    ? refused('has a selector that is none')
    : { namespaces: { kind: 'selected', selector: namespaces }, pods, neverNodes: true };
}

/** Without rules for a direction an object says nothing about it. */
function readSide(
  spec: Fields,
  direction: 'ingress' | 'egress',
  side: 'from' | 'to',
  form: Form,
): OrRefused<PolicySide> | undefined {
  const given = items(spec[direction]);
  if (given.length === 0) return undefined;
  if (given.length > form.most)
    return refused(`spec.${direction} has ${given.length} rules, and may have ${form.most}`);
  const rules: PolicyRule[] = [];
  for (const [index, value] of given.entries()) {
    const rule = readRule(fields(value), direction, side, index, form);
    if (isRefused(rule)) return refused(`spec.${direction}[${index}] ${rule.refused}`);
    if (rule.rule !== undefined) rules.push(rule.rule);
  }
  return { isolates: false, rules };
}

function readRule(
  rule: Fields,
  direction: 'ingress' | 'egress',
  side: 'from' | 'to',
  index: number,
  form: Form,
): OrRefused<{ readonly rule: PolicyRule | undefined }> {
  const action = text(rule.action);
  const effect =
    action === form.allow
      ? 'allow'
      : action === 'Deny'
        ? 'deny'
        : action === 'Pass' && form.passes
          ? 'pass'
          : undefined;
  if (effect === undefined) return refused(`has the action ${String(rule.action)}`);
  const given = items(rule[side]);
  if (given.length === 0 || given.length > form.most) return refused(`has ${given.length} peers`);
  const ports = form.ports(rule);
  if (isRefused(ports)) return ports;
  const name = text(rule.name) ?? `${direction}[${index}]`;
  const peers: Peer[] = [];
  for (const value of given) {
    const peer = readPeers(fields(value), direction, effect, form);
    if (isRefused(peer)) return peer;
    // A field of a later version: an allowing rule matches nothing, any other denies everything (statement 37).
    if (peer.peers === undefined)
      return {
        rule:
          effect === 'allow'
            ? undefined
            : { name: `${name} (unknown peer)`, effect: 'deny', peers: undefined, ports: undefined },
      };
    peers.push(...peer.peers);
  }
  const named = ports.ports?.some((term) => term.kind === 'named') === true;
  if (named && direction === 'egress' && peers.some((peer) => peer.kind !== 'pods'))
    return refused('names a port of peers that have no names for ports');
  return { rule: { name, effect, peers, ports: ports.ports } };
}

function readPeers(
  peer: Fields,
  direction: 'ingress' | 'egress',
  effect: PolicyRule['effect'],
  form: Form,
): OrRefused<{ readonly peers: readonly Peer[] | undefined }> {
  const pods = readPods(peer);
  if (pods !== undefined) return isRefused(pods) ? pods : { peers: [{ kind: 'pods', term: pods }] };
  if (direction === 'ingress') return { peers: undefined };
  if (peer.networks !== undefined) {
    const ranges = texts(peer.networks).map(parsePrefix);
    if (ranges.length === 0 || ranges.length > form.most || ranges.includes(undefined))
      return refused('has networks that are none');
    // Unlike ipBlock they match pods too (statement 36).
    return {
      peers: ranges.flatMap((range) =>
        range === undefined ? [] : [{ kind: 'block' as const, range, except: [], inside: 'yes' as const }],
      ),
    };
  }
  if (peer.nodes !== undefined) {
    const selector = readSelector(peer.nodes);
    return selector === undefined
      ? refused('has a selector that is none')
      : { peers: [{ kind: 'nodes', sure: selector.length === 0 }] };
  }
  if (peer.domainNames !== undefined) {
    const names = texts(peer.domainNames);
    if (effect !== 'allow') return refused('has domainNames, which only allowing rules may have');
    if (
      names.length === 0 ||
      names.length > form.most ||
      !names.every((one) => /^(\*\.)?([^.*]+\.)+[^.*]+\.?$/.test(one))
    )
      return refused('has domainNames that are none');
    // `*` stands for one or more whole labels.
    return {
      peers: [
        { kind: 'names', patterns: names.map((pattern) => ({ pattern, depth: 'many' as const })), resolved: false },
      ],
    };
  }
  return { peers: undefined };
}

/** `protocols` of ClusterNetworkPolicy (statement 39). */
function protocolsOf(rule: Fields): OrRefused<PortList> {
  const given = items(rule.protocols);
  if (rule.protocols === undefined) return { ports: undefined };
  if (given.length === 0 || given.length > 25) return refused(`has ${given.length} protocols`);
  const ports: PortTerm[] = [];
  for (const value of given) {
    const one = fields(value);
    const named = text(one.destinationNamedPort);
    if (named !== undefined) {
      ports.push({ kind: 'named', protocols: [6, 17, 132], name: named });
      continue;
    }
    const name = ['tcp', 'udp', 'sctp'].find((each) => one[each] !== undefined);
    const protocol = name === undefined ? undefined : protocolNumber(name);
    if (name === undefined || protocol === undefined) return refused('has a protocol that is none');
    const port = fields(fields(one[name]).destinationPort);
    const range = fields(port.range);
    const term = numbers(protocol, port.number, range.start, range.end);
    if (isRefused(term)) return term;
    ports.push(term);
  }
  return { ports };
}

/** `ports` of the older kinds. */
function portsOf(rule: Fields): OrRefused<PortList> {
  if (rule.ports === undefined) return { ports: undefined };
  const ports: PortTerm[] = [];
  for (const value of items(rule.ports)) {
    const one = fields(value);
    const named = text(one.namedPort);
    if (named !== undefined) {
      ports.push({ kind: 'named', protocols: [6, 17, 132], name: named });
      continue;
    }
    const [number, range] = [fields(one.portNumber), fields(one.portRange)];
    const protocol = protocolNumber(text(number.protocol) ?? text(range.protocol) ?? 'TCP');
    if (protocol === undefined) return refused('has a protocol that is none');
    const term = numbers(protocol, number.port, range.start, range.end);
    if (isRefused(term)) return term;
    ports.push(term);
  }
  return ports.length === 0 ? refused('has ports, but none') : { ports };
}

function numbers(protocol: number, number: unknown, start: unknown, end: unknown): OrRefused<PortTerm> {
  const protocols = [protocol];
  if (number === undefined && start === undefined && end === undefined) return { kind: 'protocols', protocols };
  const [from, to] = number === undefined ? [portValue(start), portValue(end)] : [portValue(number), portValue(number)];
  if (typeof from !== 'number' || typeof to !== 'number') return refused('has a port that is none');
  if (number === undefined && from >= to) return refused('has a range of ports whose start is not below its end');
  return { kind: 'numbers', protocols, from, to };
}
