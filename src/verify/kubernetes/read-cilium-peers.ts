import { parsePrefix } from '../../kernel/address.ts';
import type { NamePattern, Peer, Service } from '../../reachability/index.ts';
import { type Fields, fields, items, text, texts } from '../arm-view.ts';
import type { ObjectView } from './object-view.ts';
import { readEndpointSelector } from './read-cilium-selector.ts';
import { isRefused, type OrRefused, readBlock, refused } from './read-network-policies.ts';
import { readSelector } from './read-selector.ts';

export interface CiliumScope {
  readonly view: ObjectView;
  readonly services: readonly Service[];
  /** The policy's namespace; undefined for a cluster-wide one. */
  readonly home: string | undefined;
}

const everyPod = { namespaces: { kind: 'selected' as const, selector: [] }, pods: [] };

/** Who an entity stands for (Cilium documentation, layer 3, "Entities based"). Undefined: nobody that a state can show. */
function entity(name: string, all: readonly string[]): readonly Peer[] | 'everyone' {
  switch (name) {
    case 'all':
      return 'everyone';
    case 'world':
    case 'world-ipv4':
      return [{ kind: 'outside' }];
    case 'cluster':
      return [
        { kind: 'pods', term: everyPod },
        { kind: 'nodes', sure: true },
      ];
    case 'host':
    case 'remote-node': {
      // One is the pod's own node, the other every other one: together they are all nodes.
      const both = all.includes('host') && all.includes('remote-node');
      return [{ kind: 'nodes', sure: both }];
    }
    case 'kube-apiserver':
    case 'ingress':
    case 'unmanaged':
      return [{ kind: 'addresses', what: `the entity ${name}` }];
    default:
      return [];
  }
}

/** The other side of a rule. `undefined` peers: everybody. A rule that speaks of nobody and of no port allows nothing. */
export function readCiliumPeers(
  rule: Fields,
  direction: 'ingress' | 'egress',
  scope: CiliumScope,
): OrRefused<{ readonly peers: readonly Peer[] | undefined; readonly spoken: boolean }> {
  const side = direction === 'ingress' ? 'from' : 'to';
  const peers: Peer[] = [];
  let spoken = false;
  let everyone = false;
  const given = (field: string): readonly unknown[] => {
    if (Array.isArray(rule[field])) spoken = true;
    return items(rule[field]);
  };
  for (const value of given(`${side}Endpoints`)) {
    const selected = readEndpointSelector(value, scope.home);
    if (selected === undefined) return refused(`has a selector that is none in ${side}Endpoints`);
    peers.push(selected.unclear ? { kind: 'unknown', what: 'a selector' } : { kind: 'pods', term: selected.term });
  }
  const entities = texts(given(`${side}Entities`));
  for (const name of entities) {
    const stands = entity(name, entities);
    if (stands === 'everyone') everyone = true;
    else peers.push(...stands);
  }
  for (const cidr of texts(given(`${side}CIDR`))) {
    const block = readBlock({ cidr: cidr.includes('/') ? cidr : `${cidr}/${cidr.includes(':') ? 128 : 32}` }, 'cilium');
    if (isRefused(block)) return block;
    peers.push(block);
  }
  for (const value of given(`${side}CIDRSet`)) {
    const set = fields(value);
    const blocks = cidrSet(set, scope.view);
    if (isRefused(blocks)) return blocks;
    peers.push(...blocks.peers);
  }
  for (const _ of given(`${side}Groups`)) peers.push({ kind: 'addresses', what: 'a group of a cloud' });
  for (const _ of given(`${side}Nodes`)) peers.push({ kind: 'nodes', sure: false });
  if (direction === 'egress') {
    for (const value of given('toServices')) peers.push(...serviceBackends(fields(value), scope));
    const patterns = given('toFQDNs').flatMap((value): readonly NamePattern[] => {
      const one = fields(value);
      const pattern = text(one.matchName) ?? text(one.matchPattern);
      return pattern === undefined ? [] : [{ pattern: pattern.toLowerCase(), depth: 'one' }];
    });
    // Names hold as far as the pod's lookups went through the proxy (statement 40).
    if (patterns.length > 0) peers.push({ kind: 'names', patterns, resolved: true });
  }
  return { peers: everyone || !spoken ? undefined : peers, spoken };
}

function cidrSet(set: Fields, view: ObjectView): OrRefused<{ readonly peers: readonly Peer[] }> {
  const group = text(set.cidrGroupRef);
  if (group === undefined && set.cidrGroupSelector === undefined) {
    const block = readBlock(set, 'cilium');
    return isRefused(block) ? block : { peers: [block] };
  }
  const found = view.of('cilium.io', 'CiliumCIDRGroup').find((one) => one.name === group);
  if (found === undefined) return { peers: [{ kind: 'addresses', what: `the CIDR group ${group ?? ''}` }] };
  const except = texts(set.except).flatMap((one) => parsePrefix(one) ?? []);
  return {
    peers: texts(found.spec.externalCIDRs).flatMap((cidr): readonly Peer[] => {
      const range = parsePrefix(cidr);
      return range === undefined ? [] : [{ kind: 'block', range, except, inside: 'no' }];
    }),
  };
}

/** `toServices`: the pods that the services select. */
function serviceBackends(value: Fields, { services, home }: CiliumScope): readonly Peer[] {
  const named = fields(value.k8sService);
  const bySelector = fields(value.k8sServiceSelector);
  const name = text(named.serviceName);
  const namespace = text(named.namespace) ?? text(bySelector.namespace) ?? home;
  const selector = readSelector(bySelector.selector);
  const unknown: Peer = { kind: 'unknown', what: `the service ${namespace ?? ''}/${name ?? 'by selector'}` };
  if (name === undefined || selector === undefined) return [unknown];
  const found = services.find((one) => one.name === name && one.namespace === namespace);
  if (found === undefined) return [unknown];
  // Without a selector the service stands for addresses, and blocks never match pods.
  if (found.selector === undefined) return [{ kind: 'addresses', what: `the endpoints of service ${name}` }];
  return [{ kind: 'pods', term: { namespaces: { kind: 'named', name: found.namespace }, pods: found.selector } }];
}
