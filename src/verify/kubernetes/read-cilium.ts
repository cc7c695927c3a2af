import type { Policy, PolicyRule, PolicySide, PortTerm, Service } from '../../reachability/index.ts';
import { type Fields, fields, items, text } from '../arm-view.ts';
import type { ObjectView, Remark, Seen } from './object-view.ts';
import { type CiliumScope, readCiliumPeers } from './read-cilium-peers.ts';
import { readEndpointSelector } from './read-cilium-selector.ts';
import { isRefused, type OrRefused, type Policies, refused } from './read-network-policies.ts';
import { portValue, protocolNumber } from './read-ports.ts';

const everyTransport = [6, 17, 132];

/**
 * Cilium's own policies: layers 3 and 4, deny, host names (statements 40 to 42). What they ask of requests above that is a condition that makes the answer open.
 * They share a stage with NetworkPolicy: Cilium unites what all of them allow, and denies first.
 */
export function readCiliumPolicies(
  view: ObjectView,
  services: readonly Service[],
  assume: (assumption: string) => void,
): Policies {
  const policies: Policy[] = [];
  const remarks: Remark[] = [];
  for (const kind of ['CiliumNetworkPolicy', 'CiliumClusterwideNetworkPolicy']) {
    for (const object of view.of('cilium.io', kind)) {
      const wide = kind === 'CiliumClusterwideNetworkPolicy';
      const scope: CiliumScope = { view, services, home: wide ? undefined : object.namespace };
      const listed = items(object.whole.specs).map(fields);
      const specs = [...(Object.keys(object.spec).length > 0 ? [object.spec] : []), ...listed];
      for (const [index, spec] of specs.entries()) {
        if (spec.nodeSelector !== undefined) {
          assume(`${object.id} is a policy for nodes: what it denies them is not counted.`);
          continue;
        }
        const id = specs.length > 1 ? `${object.id} specs[${index}]` : object.id;
        const policy = readPolicy(object, id, spec, scope);
        if (!isRefused(policy)) policies.push(policy);
        else
          remarks.push({
            about: 'refused',
            object: object.id,
            message: `Cilium refuses ${object.id}: ${policy.refused}. It is not counted.`,
          });
      }
    }
  }
  return { policies, remarks };
}

function readPolicy(object: Seen, id: string, spec: Fields, scope: CiliumScope): OrRefused<Policy> {
  const subject = readEndpointSelector(spec.endpointSelector, scope.home);
  if (subject === undefined || spec.endpointSelector === undefined) return refused('endpointSelector is no selector');
  const ingress = readSide(spec, 'ingress', scope);
  const egress = readSide(spec, 'egress', scope);
  if (ingress !== undefined && isRefused(ingress)) return ingress;
  if (egress !== undefined && isRefused(egress)) return egress;
  return {
    id,
    layer: 'cilium-policy',
    stage: 'namespace',
    priority: 0,
    subject:
      scope.home === undefined
        ? subject.term
        : // A namespaced policy selects in its own namespace, whatever its selector says.
          { namespaces: { kind: 'named', name: object.namespace }, pods: subject.term.pods },
    ...(ingress === undefined ? {} : { ingress }),
    ...(egress === undefined ? {} : { egress }),
  };
}

/** An endpoint is isolated in a direction as soon as a policy has rules for it, denying ones too, unless the policy says otherwise. */
function readSide(
  spec: Fields,
  direction: 'ingress' | 'egress',
  scope: CiliumScope,
): OrRefused<PolicySide> | undefined {
  const rules: PolicyRule[] = [];
  let count = 0;
  for (const [field, effect] of [
    [`${direction}Deny`, 'deny'],
    [direction, 'allow'],
  ] as const) {
    for (const [index, value] of items(spec[field]).entries()) {
      count += 1;
      const rule = readRule(fields(value), `${field}[${index}]`, direction, effect, scope);
      if (isRefused(rule)) return refused(`${field}[${index}] ${rule.refused}`);
      rules.push(...rule.rules);
    }
  }
  if (count === 0) return undefined;
  return { isolates: fields(spec.enableDefaultDeny)[direction] !== false, rules };
}

function readRule(
  rule: Fields,
  name: string,
  direction: 'ingress' | 'egress',
  effect: 'allow' | 'deny',
  scope: CiliumScope,
): OrRefused<{ readonly rules: readonly PolicyRule[] }> {
  const side = readCiliumPeers(rule, direction, scope);
  if (isRefused(side)) return side;
  const { peers } = side;
  const toPorts = items(rule.toPorts).map(fields);
  const icmps = items(rule.icmps);
  // A rule that says nothing at all allows nothing: it only isolates.
  if (!side.spoken && toPorts.length === 0 && icmps.length === 0) return { rules: [] };
  const further = [
    ...(items(rule.fromRequires).length + items(rule.toRequires).length > 0
      ? ['labels that its requirements ask for']
      : []),
    ...(text(fields(rule.authentication).mode) === 'required' ? ['mutual authentication'] : []),
  ];
  const make = (
    ports: readonly PortTerm[] | undefined,
    more: Partial<PolicyRule>,
    conditions: readonly string[],
  ): PolicyRule => {
    const all = [...further, ...conditions];
    return { name, effect, peers, ports, ...(all.length === 0 ? {} : { dependsOn: all.join(' and ') }), ...more };
  };
  if (toPorts.length === 0 && icmps.length === 0) return { rules: [make(undefined, {}, [])] };
  const rules: PolicyRule[] = [];
  for (const one of toPorts) {
    const ports: PortTerm[] = [];
    for (const value of items(one.ports)) {
      const port = readPort(fields(value));
      if (isRefused(port)) return port;
      ports.push(port);
    }
    const { resolves, conditions } = requestConditions(one);
    rules.push(make(ports.length === 0 ? undefined : ports, resolves.length === 0 ? {} : { resolves }, conditions));
  }
  if (icmps.length > 0) rules.push(make([{ kind: 'protocols', protocols: [1] }], {}, ['the type of the ICMP message']));
  return { rules };
}

/** What a rule asks of requests: names to resolve are known one by one, all else is a condition. */
function requestConditions(toPort: Fields): {
  readonly resolves: readonly string[];
  readonly conditions: readonly string[];
} {
  const rules = fields(toPort.rules);
  const resolves = items(rules.dns).flatMap((value) => {
    const one = fields(value);
    return text(one.matchName) ?? text(one.matchPattern) ?? [];
  });
  const conditions = [
    ...(items(rules.http).length > 0 ? ['method, path or headers of the HTTP request'] : []),
    ...(items(rules.kafka).length > 0 ? ['the Kafka request'] : []),
    ...(rules.l7proto === undefined ? [] : [`the ${String(rules.l7proto)} request`]),
    ...(resolves.length > 0 && !resolves.includes('*')
      ? [`the name asked for (${resolves.slice(0, 3).join(', ')})`]
      : []),
    ...(items(toPort.serverNames).length > 0 ? ['the TLS server name'] : []),
    ...(toPort.listener === undefined ? [] : ['an Envoy listener']),
  ];
  return { resolves, conditions };
}

function readPort(port: Fields): OrRefused<PortTerm> {
  const named = (text(port.protocol) ?? 'ANY').toUpperCase();
  const protocol = named === 'ANY' ? undefined : protocolNumber(named);
  if (named !== 'ANY' && protocol === undefined) return refused(`has the protocol ${named}`);
  const protocols = protocol === undefined ? everyTransport : [protocol];
  const given = text(port.port) ?? (typeof port.port === 'number' ? String(port.port) : undefined);
  if (given === undefined || given === '0') return { kind: 'protocols', protocols };
  const number = /^\d+$/.test(given) ? portValue(Number(given)) : portValue(given.toLowerCase());
  if (number === undefined) return refused(`has the port ${given}`);
  if (typeof number === 'string') return { kind: 'named', protocols, name: number };
  const end = Number(port.endPort ?? 0);
  return { kind: 'numbers', protocols, from: number, to: end > number ? end : number };
}
