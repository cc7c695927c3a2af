import { type AddressBlock, addressBlock } from './address-block.ts';
import {
  type Fields,
  fieldsOf,
  type KubernetesObject,
  listOf,
  ManifestError,
  onlyFields,
  portOf,
  textOf,
  textsOf,
} from './objects.ts';
import type { Pod } from './pods.ts';
import { type Selector, selectorOf } from './selector.ts';

/** The far end of a connection: a pod, or an address outside the cluster. */
export type End = { readonly pod: Pod } | { readonly address: string };

/** What is asked of a port: its number at the pod that listens, and the protocol. */
export interface PortAsked {
  readonly number: number;
  readonly protocol: 'TCP' | 'UDP';
}

/** One NetworkPolicy (networking.k8s.io/v1). A direction that it does not govern is undefined. */
export interface NetworkPolicy {
  readonly name: string;
  readonly namespace: string;
  readonly selects: Selector;
  readonly ingress: readonly Rule[] | undefined;
  readonly egress: readonly Rule[] | undefined;
}

interface Rule {
  /** Undefined: everybody. */
  readonly peers: readonly Peer[] | undefined;
  /** Undefined: every port and protocol. */
  readonly ports: readonly PortRule[] | undefined;
}
type Peer = (end: End) => boolean;
/** `listener` is the pod that listens; undefined when that end is outside the cluster. */
type PortRule = (port: PortAsked, listener: Pod | undefined) => boolean;

/** @throws ManifestError */
export function networkPoliciesOf(objects: readonly KubernetesObject[]): readonly NetworkPolicy[] {
  return objects
    .filter((one) => one.kind === 'NetworkPolicy' && one.apiVersion === 'networking.k8s.io/v1')
    .map(policyOf);
}

function policyOf(object: KubernetesObject): NetworkPolicy {
  const { place, namespace } = object;
  if (namespace === '') throw new ManifestError(place, 'metadata.namespace is missing.');
  const spec = fieldsOf(object.body.spec ?? {}, place, 'spec');
  onlyFields(spec, ['podSelector', 'policyTypes', 'ingress', 'egress'], place, 'spec');
  // Without policyTypes: Ingress always, Egress where there are egress rules.
  const types =
    spec.policyTypes === undefined
      ? ['Ingress', ...(spec.egress === undefined ? [] : ['Egress'])]
      : textsOf(spec.policyTypes, place, 'spec.policyTypes');
  const odd = types.find((type) => type !== 'Ingress' && type !== 'Egress');
  if (odd !== undefined) throw new ManifestError(place, `spec.policyTypes: ${odd} is not a policy type.`);
  const rules = (direction: 'ingress' | 'egress', peerKey: 'from' | 'to'): readonly Rule[] =>
    listOf(spec[direction] ?? [], place, `spec.${direction}`).map((one, index) =>
      ruleOf(
        fieldsOf(one, place, `spec.${direction}[${index}]`),
        peerKey,
        namespace,
        place,
        `spec.${direction}[${index}]`,
      ),
    );
  return {
    name: object.name,
    namespace,
    selects: selectorOf(spec.podSelector, place, 'spec.podSelector'),
    ingress: types.includes('Ingress') ? rules('ingress', 'from') : undefined,
    egress: types.includes('Egress') ? rules('egress', 'to') : undefined,
  };
}

function ruleOf(fields: Fields, peerKey: 'from' | 'to', namespace: string, place: string, path: string): Rule {
  onlyFields(fields, [peerKey, 'ports'], place, path);
  const peers = listOf(fields[peerKey] ?? [], place, `${path}.${peerKey}`);
  const ports = listOf(fields.ports ?? [], place, `${path}.ports`);
  // A missing and an empty list say the same: no restriction.
  return {
    peers:
      peers.length === 0
        ? undefined
        : peers.map((one, index) =>
            peerOf(
              fieldsOf(one, place, `${path}.${peerKey}[${index}]`),
              namespace,
              place,
              `${path}.${peerKey}[${index}]`,
            ),
          ),
    ports:
      ports.length === 0
        ? undefined
        : ports.map((one, index) =>
            portRuleOf(fieldsOf(one, place, `${path}.ports[${index}]`), place, `${path}.ports[${index}]`),
          ),
  };
}

function peerOf(fields: Fields, namespace: string, place: string, path: string): Peer {
  onlyFields(fields, ['podSelector', 'namespaceSelector', 'ipBlock'], place, path);
  if (fields.ipBlock !== undefined) {
    if (fields.podSelector !== undefined || fields.namespaceSelector !== undefined) {
      throw new ManifestError(place, `${path}.ipBlock stands alone in its peer.`);
    }
    const block = fieldsOf(fields.ipBlock, place, `${path}.ipBlock`);
    onlyFields(block, ['cidr', 'except'], place, `${path}.ipBlock`);
    const inside = addressBlock(textOf(block.cidr, place, `${path}.ipBlock.cidr`), place, `${path}.ipBlock.cidr`);
    const except: readonly AddressBlock[] = textsOf(block.except ?? [], place, `${path}.ipBlock.except`).map(
      (one, index) => addressBlock(one, place, `${path}.ipBlock.except[${index}]`),
    );
    // As Cilium does it: a block never chooses pods, even 0.0.0.0/0.
    return (end) => 'address' in end && inside(end.address) && !except.some((one) => one(end.address));
  }
  if (fields.podSelector === undefined && fields.namespaceSelector === undefined) {
    throw new ManifestError(place, `${path} names nobody.`);
  }
  const pods = selectorOf(fields.podSelector, place, `${path}.podSelector`);
  const namespaces =
    fields.namespaceSelector === undefined
      ? undefined
      : selectorOf(fields.namespaceSelector, place, `${path}.namespaceSelector`);
  return (end) =>
    'pod' in end &&
    (namespaces === undefined ? end.pod.namespace === namespace : namespaces(end.pod.namespaceLabels)) &&
    pods(end.pod.labels);
}

function portRuleOf(fields: Fields, place: string, path: string): PortRule {
  onlyFields(fields, ['port', 'protocol', 'endPort'], place, path);
  const protocol = fields.protocol === undefined ? 'TCP' : textOf(fields.protocol, place, `${path}.protocol`);
  const { port } = fields;
  if (port === undefined) {
    if (fields.endPort !== undefined) throw new ManifestError(place, `${path}.endPort needs a port.`);
    return (asked) => asked.protocol === protocol;
  }
  if (typeof port === 'string') {
    if (fields.endPort !== undefined)
      throw new ManifestError(place, `${path}.endPort needs a port number, not a name.`);
    // A name means what the listening pod's containers call so; an address outside has no named ports.
    return (asked, listener) =>
      asked.protocol === protocol &&
      (listener?.ports ?? []).some(
        (one) => one.name === port && one.number === asked.number && one.protocol === asked.protocol,
      );
  }
  const first = portOf(port, place, `${path}.port`);
  const last = fields.endPort === undefined ? first : portOf(fields.endPort, place, `${path}.endPort`);
  if (last < first) throw new ManifestError(place, `${path}.endPort is below port.`);
  return (asked) => asked.protocol === protocol && asked.number >= first && asked.number <= last;
}

/** May the pod open a connection to `to`? */
export function mayLeave(policies: readonly NetworkPolicy[], from: Pod, to: End, port: PortAsked): boolean {
  const listener = 'pod' in to ? to.pod : undefined;
  return isAllowed(
    governing(policies, from).map((one) => one.egress),
    to,
    port,
    listener,
  );
}

/** May the pod be reached by `from`? */
export function mayEnter(policies: readonly NetworkPolicy[], to: Pod, from: End, port: PortAsked): boolean {
  return isAllowed(
    governing(policies, to).map((one) => one.ingress),
    from,
    port,
    to,
  );
}

const governing = (policies: readonly NetworkPolicy[], pod: Pod): readonly NetworkPolicy[] =>
  policies.filter((one) => one.namespace === pod.namespace && one.selects(pod.labels));

/** Nothing governs the direction: open. Otherwise one rule of any policy must let it through; policies only add. */
function isAllowed(
  byPolicy: readonly (readonly Rule[] | undefined)[],
  peer: End,
  port: PortAsked,
  listener: Pod | undefined,
): boolean {
  const rules = byPolicy.filter((one) => one !== undefined);
  if (rules.length === 0) return true;
  return rules
    .flat()
    .some(
      (rule) =>
        (rule.peers === undefined || rule.peers.some((matches) => matches(peer))) &&
        (rule.ports === undefined || rule.ports.some((matches) => matches(port, listener))),
    );
}
