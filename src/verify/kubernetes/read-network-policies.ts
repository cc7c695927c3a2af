import { contains, parsePrefix } from '../../kernel/address.ts';
import type { ClusterModel, Peer, Policy, PolicyRule, PolicySide, PortTerm } from '../../reachability/index.ts';
import { type Fields, fields, items, text, texts } from '../arm-view.ts';
import type { ObjectView, Remark, Seen } from './object-view.ts';
import { portValue, protocolNumber } from './read-ports.ts';
import { readSelector } from './read-selector.ts';

/** What an object says, or why the API server would refuse it. */
type Refusal = { readonly refused: string };
export type OrRefused<T> = T | Refusal;
export const refused = (why: string): Refusal => ({ refused: why });
export function isRefused<T extends object>(value: T | Refusal): value is Refusal {
  return 'refused' in value;
}

export interface Policies {
  readonly policies: readonly Policy[];
  readonly remarks: readonly Remark[];
}

/**
 * NetworkPolicy v1 (statements 1 to 16). What the API server would refuse cannot be in force: it is not counted, and said.
 */
export function readNetworkPolicies(view: ObjectView, dataplane: ClusterModel['dataplane']): Policies {
  const policies: Policy[] = [];
  const remarks: Remark[] = [];
  for (const object of view.of('networking.k8s.io', 'NetworkPolicy')) {
    const policy = readPolicy(object, dataplane);
    if (isRefused(policy)) {
      remarks.push({
        about: 'refused',
        object: object.id,
        message: `The API server refuses ${object.id}: ${policy.refused}. It is not counted.`,
      });
    } else policies.push(policy);
  }
  return { policies, remarks };
}

function readPolicy(object: Seen, dataplane: ClusterModel['dataplane']): OrRefused<Policy> {
  const { spec } = object;
  const pods = readSelector(spec.podSelector);
  if (pods === undefined) return refused('spec.podSelector is no label selector');
  const types = texts(spec.policyTypes);
  const wrong = types.find((type) => type !== 'Ingress' && type !== 'Egress');
  if (wrong !== undefined) return refused(`spec.policyTypes has ${wrong}`);
  // Without types: ingress always, egress when there are rules for it (statement 4).
  const withEgress = types.length === 0 ? items(spec.egress).length > 0 : types.includes('Egress');
  const withIngress = types.length === 0 || types.includes('Ingress');
  const ingress = withIngress ? readSide(object, 'ingress', 'from', dataplane) : undefined;
  const egress = withEgress ? readSide(object, 'egress', 'to', dataplane) : undefined;
  if (ingress !== undefined && isRefused(ingress)) return ingress;
  if (egress !== undefined && isRefused(egress)) return egress;
  return {
    id: object.id,
    layer: 'network-policy',
    stage: 'namespace',
    priority: 0,
    subject: { namespaces: { kind: 'named', name: object.namespace }, pods },
    ...(ingress === undefined ? {} : { ingress }),
    ...(egress === undefined ? {} : { egress }),
  };
}

function readSide(
  object: Seen,
  direction: 'ingress' | 'egress',
  side: 'from' | 'to',
  dataplane: ClusterModel['dataplane'],
): OrRefused<PolicySide> {
  const rules: PolicyRule[] = [];
  for (const [index, value] of items(object.spec[direction]).entries()) {
    const rule = fields(value);
    const name = `${direction}[${index}]`;
    const peers: Peer[] = [];
    for (const [at, one] of items(rule[side]).entries()) {
      const peer = readPeer(fields(one), object.namespace, dataplane);
      if (isRefused(peer)) return refused(`spec.${name}.${side}[${at}] ${peer.refused}`);
      peers.push(peer);
    }
    const ports: PortTerm[] = [];
    for (const [at, one] of items(rule.ports).entries()) {
      const port = readPort(fields(one), dataplane);
      if (isRefused(port)) return refused(`spec.${name}.ports[${at}] ${port.refused}`);
      ports.push(port);
    }
    rules.push({
      name,
      effect: 'allow',
      // Missing and empty are the same: everybody, every port (statement 6).
      peers: peers.length === 0 ? undefined : peers,
      ports: ports.length === 0 ? undefined : ports,
    });
  }
  return { isolates: true, rules };
}

function readPeer(peer: Fields, namespace: string, dataplane: ClusterModel['dataplane']): OrRefused<Peer> {
  const { podSelector, namespaceSelector, ipBlock } = peer;
  if (ipBlock !== undefined && ipBlock !== null) {
    if (podSelector !== undefined || namespaceSelector !== undefined) return refused('has an ipBlock beside selectors');
    return readBlock(fields(ipBlock), dataplane);
  }
  if (podSelector === undefined && namespaceSelector === undefined) return refused('names nobody');
  const pods = readSelector(podSelector);
  const namespaces = namespaceSelector === undefined ? undefined : readSelector(namespaceSelector);
  if (pods === undefined || (namespaceSelector !== undefined && namespaces === undefined))
    return refused('has a selector that is none');
  // A selector for pods alone means the policy's own namespace; both together mean both (statement 8).
  return {
    kind: 'pods',
    term: {
      namespaces:
        namespaces === undefined ? { kind: 'named', name: namespace } : { kind: 'selected', selector: namespaces },
      pods,
    },
  };
}

/** Whether a block matches pods and nodes is the plugin's affair; Cilium's do not (statement 11; Cilium documentation, "IP/CIDR based"). */
export function readBlock(block: Fields, dataplane: ClusterModel['dataplane']): OrRefused<Peer> {
  const range = parsePrefix(text(block.cidr) ?? '');
  if (range === undefined || text(block.cidr)?.includes('/') !== true) return refused('has a cidr that is none');
  const except = texts(block.except).map(parsePrefix);
  for (const one of except)
    if (one === undefined || !contains(range, one) || one.length <= range.length)
      return refused('has an except that does not lie inside its cidr');
  return {
    kind: 'block',
    range,
    except: except.flatMap((one) => one ?? []),
    inside: dataplane === 'cilium' ? 'no' : 'open',
  };
}

function readPort(port: Fields, dataplane: ClusterModel['dataplane']): OrRefused<PortTerm> {
  // TCP, not "any", where none is given (statement 12).
  const protocol = protocolNumber(text(port.protocol) ?? 'TCP');
  if (protocol === undefined) return refused(`has the protocol ${String(port.protocol)}`);
  const protocols = [protocol];
  if (port.port === undefined || port.port === null) {
    return port.endPort === undefined ? { kind: 'protocols', protocols } : refused('has an endPort without a port');
  }
  const from = portValue(port.port);
  if (from === undefined) return refused(`has the port ${String(port.port)}`);
  if (typeof from === 'string')
    return port.endPort === undefined
      ? { kind: 'named', protocols, name: from }
      : refused('has an endPort beside a named port');
  if (port.endPort === undefined) return { kind: 'numbers', protocols, from, to: from };
  const to = portValue(port.endPort);
  if (typeof to !== 'number' || to < from) return refused('has an endPort below its port');
  // A plugin that does not know ranges enforces the first port only (statement 16).
  const sure = dataplane === 'cilium' || to === from;
  return { kind: 'numbers', protocols, from, to, ...(sure ? {} : { surely: { from, to: from } }) };
}
