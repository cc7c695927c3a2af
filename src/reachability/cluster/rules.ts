import { type Intervals, interval, intervals } from '../intervals.ts';
import type { NameSpace } from '../name-space.ts';
import { everyPort } from '../packets.ts';
import type { Classes, ClassTruths, EndpointClass } from './classes.ts';
import type { ClusterModel, ContainerPort, NamePattern, Policy, PolicyRule, PortTerm } from './model.ts';
import { nameSets } from './names.ts';
import type { PredicateTable } from './predicates.ts';
import { allTraffic, noTraffic, type Traffic, type TrafficTable } from './traffic.ts';

export const sctp = 132;
/** What NetworkPolicy speaks of; what it means for other protocols is not defined (statement 17). */
const definedProtocols: Intervals = intervals([
  [6, 7],
  [17, 18],
  [sctp, sctp + 1],
]);

/**
 * Ports of the proxy's own that its inbound redirection leaves out, so that no policy of the mesh applies: merged metrics, health, Envoy's
 * metrics (Istio's injection template: `istio-iptables … -d 15090,15021,15020`).
 */
const ownPorts = [15020, 15021, 15090];

/** `may`: every packet that it may speak of; `must`: every packet that it surely does. */
export interface Bounds {
  readonly may: Traffic;
  readonly must: Traffic;
}

/** A rule of a policy, with whom it matches worked out. */
export interface CompiledRule {
  readonly policy: Policy;
  readonly rule: PolicyRule;
  readonly everyone: boolean;
  readonly truths: ClassTruths;
  /** Host names that it matches, of what is outside; `resolved`: only names that the pod may resolve through the proxy. */
  readonly names?: { readonly may: Intervals; readonly must: Intervals; readonly resolved: boolean };
  readonly resolves?: readonly NamePattern[];
  /** By the destination, whose ports a rule may name. */
  traffic(destination: EndpointClass): Bounds;
}

export interface RuleCompiler {
  compile(policy: Policy, direction: 'ingress' | 'egress'): readonly CompiledRule[];
  /** What a default deny of a stage stops. */
  isolation(stage: Policy['stage'], direction: 'ingress' | 'egress'): Bounds;
}

export function ruleCompiler(
  model: ClusterModel,
  table: TrafficTable,
  classes: Classes,
  predicates: PredicateTable,
  names: NameSpace,
): RuleCompiler {
  const defined = table.of({ protocol: definedProtocols });
  const tcpOnly = table.of({ protocol: [6, 7] });
  const ofProxy = table.of({
    protocol: [6, 7],
    destinationPort: intervals(ownPorts.map((port) => [port, port + 1] as const)),
  });
  /** What the proxies of the mesh see, on its way in and on its way out. */
  const proxied = { ingress: table.minus(tcpOnly, ofProxy), egress: tcpOnly };
  const settled = model.dataplane === 'cilium';

  /** What a stage's rules can speak of. */
  function scope(policy: Pick<Policy, 'stage' | 'layer'>, direction: 'ingress' | 'egress'): Bounds {
    if (policy.stage === 'mesh') return { may: proxied[direction], must: proxied[direction] };
    return { may: allTraffic, must: policy.layer === 'network-policy' && !settled ? defined : allTraffic };
  }

  function portBounds(term: PortTerm, destination: EndpointClass): Bounds {
    const protocol = intervals(term.protocols.map((number) => [number, number + 1] as const));
    switch (term.kind) {
      case 'protocols': {
        const set = table.of({ protocol });
        return { may: set, must: set };
      }
      case 'numbers': {
        const may = table.of({ protocol, destinationPort: interval(term.from, term.to + 1) });
        const { surely } = term;
        if (surely === undefined) return { may, must: may };
        return { may, must: table.of({ protocol, destinationPort: interval(surely.from, surely.to + 1) }) };
      }
      case 'named': {
        if (destination.kind === 'addresses') {
          // An address may be a pod's, with any port of that name; outside the cluster nothing has named ports (statement 15).
          const may = destination.holder === 'pods' ? table.of({ protocol, destinationPort: everyPort }) : noTraffic;
          return { may, must: noTraffic };
        }
        const set = (destination.namedPorts.get(term.name) ?? []).reduce(
          (sum: Traffic, port: ContainerPort) =>
            term.protocols.includes(port.protocol)
              ? table.or(
                  sum,
                  table.of({
                    protocol: [port.protocol, port.protocol + 1],
                    destinationPort: [port.port, port.port + 1],
                  }),
                )
              : sum,
          noTraffic,
        );
        return { may: set, must: set };
      }
    }
  }

  function trafficOf(
    policy: Policy,
    rule: PolicyRule,
    direction: 'ingress' | 'egress',
  ): (destination: EndpointClass) => Bounds {
    const limit = scope(policy, direction);
    const memo = new Map<string, Bounds>();
    return (destination) => {
      const key = destination.kind === 'addresses' ? destination.holder : destination.portsKey;
      const found = memo.get(key);
      if (found !== undefined) return found;
      const bounds =
        rule.ports === undefined
          ? [{ may: allTraffic, must: allTraffic }]
          : rule.ports.map((term) => portBounds(term, destination));
      const made = {
        may: table.and(
          limit.may,
          bounds.reduce<Traffic>((sum, one) => table.or(sum, one.may), noTraffic),
        ),
        must:
          rule.dependsOn === undefined
            ? table.and(
                limit.must,
                bounds.reduce<Traffic>((sum, one) => table.or(sum, one.must), noTraffic),
              )
            : noTraffic,
      };
      memo.set(key, made);
      return made;
    };
  }

  const memo = new Map<Policy, { ingress?: readonly CompiledRule[]; egress?: readonly CompiledRule[] }>();
  return {
    isolation(stage, direction) {
      if (stage === 'mesh') return { may: proxied[direction], must: proxied[direction] };
      return { may: allTraffic, must: settled ? allTraffic : defined };
    },
    compile(policy, direction) {
      const found = memo.get(policy) ?? {};
      memo.set(policy, found);
      found[direction] ??= (policy[direction]?.rules ?? []).map((rule) => {
        const truths = new Map<number, 'yes' | 'open'>();
        const patterns: NamePattern[] = [];
        let resolved = false;
        for (const peer of rule.peers ?? []) {
          if (peer.kind === 'names') {
            patterns.push(...peer.patterns);
            resolved = peer.resolved;
            continue;
          }
          for (const [index, truth] of classes.truths(predicates.ofPeer(peer)))
            if (truths.get(index) !== 'yes') truths.set(index, truth);
        }
        return {
          policy,
          rule,
          everyone: rule.peers === undefined,
          truths: [...truths],
          traffic: trafficOf(policy, rule, direction),
          ...(patterns.length === 0 ? {} : { names: { ...nameSets(names, patterns), resolved } }),
          ...(rule.resolves === undefined
            ? {}
            : { resolves: rule.resolves.map((pattern) => ({ pattern, depth: 'one' as const })) }),
        };
      });
      return found[direction];
    },
  };
}
