import type { AddressRange } from '../kernel/address.ts';
import { type AddressSpace, addressSpace } from './address-space.ts';
import type { ClusterModel, PolicyRule, Workload } from './cluster/model.ts';
import { coveringPattern } from './cluster/names.ts';
import type { Intervals } from './intervals.ts';
import type { AddressTerm, FirewallRule, NetworkModel } from './model.ts';
import { type NameSpace, nameSpace } from './name-space.ts';
import type { Question } from './question.ts';

/** The coordinates of one model and the questions asked of it. */
export interface Spaces {
  readonly addresses: AddressSpace;
  readonly names: NameSpace;
  /** Service tags that the model or a question speaks of. */
  readonly tags: readonly string[];
  /** A workload in the address dimension. */
  ofWorkload(workload: Workload): Intervals;
}

/** Tags whose addresses are worked out from the model, not opaque. */
const computedTags = new Set([
  'internet',
  'virtualnetwork',
  'azureloadbalancer',
  'azureplatformdns',
  'azureplatformimds',
  'azureplatformlkm',
]);

/** Every address range that a cluster speaks of. */
function clusterRanges(cluster: ClusterModel): readonly AddressRange[] {
  const ofRules = rulesOf(cluster).flatMap((rule) =>
    (rule.peers ?? []).flatMap((peer) =>
      peer.kind === 'block'
        ? [peer.range, ...peer.except]
        : peer.kind === 'identity'
          ? [...(peer.identity.blocks ?? []), ...(peer.identity.notBlocks ?? [])]
          : [],
    ),
  );
  const ofPlaces = cluster.workloads.flatMap((workload) => workload.place?.addresses ?? []);
  return [...ofRules, ...ofPlaces, ...cluster.podRanges, ...cluster.nodeRanges];
}

/** Every host name that a cluster's policies speak of, as the patterns that hold them. */
function clusterNames(cluster: ClusterModel): readonly string[] {
  return rulesOf(cluster).flatMap((rule) => [
    ...(rule.peers ?? []).flatMap((peer) => (peer.kind === 'names' ? peer.patterns.map(coveringPattern) : [])),
    ...(rule.resolves ?? []).map((pattern) => coveringPattern({ pattern, depth: 'one' })),
  ]);
}

function rulesOf(cluster: ClusterModel): readonly PolicyRule[] {
  return cluster.policies.flatMap(({ ingress, egress }) => [...(ingress?.rules ?? []), ...(egress?.rules ?? [])]);
}

/** One workload in every state that has it: what tells two apart. */
export function workloadKey(workload: Workload): string {
  return `${workload.kind} ${workload.namespace}/${workload.name}`;
}

/** Collects every tag, host name and IPv6 boundary in use, and makes coordinates for them. */
export function spacesFor(model: NetworkModel, questions: readonly Question[]): Spaces {
  return spacesForAll([model], questions);
}

/** The coordinates of several models: what is the same in them is at the same place. */
export function spacesForAll(models: readonly NetworkModel[], questions: readonly Question[]): Spaces {
  const tags = new Map<string, string>();
  const names = new Set<string>();
  const nameTags = new Set<string>();
  const ranges: AddressRange[] = [];
  const addTag = (tag: string): void => {
    if (!computedTags.has(tag.toLowerCase()) && !tags.has(tag.toLowerCase())) tags.set(tag.toLowerCase(), tag);
  };
  const addTerms = (terms: readonly AddressTerm[]): void => {
    for (const term of terms) {
      if (term.kind === 'tag') addTag(term.tag);
      if (term.kind === 'range') ranges.push(term.range);
    }
  };

  for (const rule of models.flatMap((model) => model.securityGroups).flatMap((group) => group.rules)) {
    addTerms(rule.sources);
    addTerms(rule.destinations);
  }
  for (const model of models) {
    for (const holder of [...model.cards, ...model.privateEndpoints]) ranges.push(...holder.addresses);
    for (const frontend of model.frontends) {
      ranges.push(frontend.address, ...frontend.rules.flatMap((rule) => rule.backends));
    }
    for (const gateway of model.gateways) ranges.push(...gateway.backends.flatMap((one) => one.addresses));
    for (const rule of model.adminRules ?? []) {
      addTerms(rule.sources);
      addTerms(rule.destinations);
    }
  }
  for (const { destination, nextHop } of models
    .flatMap((model) => model.routeTables)
    .flatMap((table) => table.routes)) {
    if (nextHop.kind === 'appliance') ranges.push(nextHop.address);
    if ('tag' in destination) addTag(destination.tag);
    else ranges.push(destination);
  }
  for (const subnet of models.flatMap((model) => model.subnets)) {
    ranges.push(...subnet.prefixes);
    for (const service of subnet.serviceEndpoints) addTag(service);
  }
  const addRule = (rule: FirewallRule): void => {
    addTerms(rule.sources);
    addTerms(rule.destinations);
    if (rule.kind === 'translation' && rule.translatedAddress !== undefined) ranges.push(rule.translatedAddress);
    if (rule.kind === 'network') for (const name of rule.destinationNames) names.add(name);
    if (rule.kind !== 'application') return;
    for (const name of [...rule.names, ...rule.mayNames]) names.add(name);
    for (const tag of rule.nameTags) nameTags.add(tag);
  };
  for (const firewall of models.flatMap((model) => model.firewalls)) {
    ranges.push(firewall.address, ...firewall.unsourced);
    for (const collection of firewall.collections) collection.rules.forEach(addRule);
  }
  for (const question of questions) {
    const ends = [...question.from, ...question.to, ...(question.exceptFrom ?? []), ...(question.exceptTo ?? [])];
    for (const end of ends) {
      if (end.kind === 'addresses') ranges.push(...end.ranges);
      if (end.kind === 'name' || end.kind === 'private-name') names.add(end.pattern);
      if (end.kind === 'private-name') ranges.push(...end.answers);
      if (end.kind === 'tag' && end.addresses) addTag(end.tag);
      if (end.kind === 'tag' && end.names) nameTags.add(end.tag);
    }
    if (question.name !== undefined) names.add(question.name);
  }
  const pods = new Map<string, number>();
  const podNames: string[] = [];
  for (const cluster of models.flatMap((model) => model.cluster ?? [])) {
    ranges.push(...clusterRanges(cluster));
    for (const pattern of clusterNames(cluster)) names.add(pattern);
    for (const workload of cluster.workloads) {
      const key = workloadKey(workload);
      if (pods.has(key)) continue;
      pods.set(key, podNames.length);
      podNames.push(`${workload.namespace}/${workload.name}`);
    }
  }
  const own = models.flatMap((model) => model.networks).flatMap((network) => network.space);
  const addresses = addressSpace(own, tags.values(), ranges, podNames);
  return {
    addresses,
    names: nameSpace(names, nameTags),
    tags: [...tags.values()],
    ofWorkload: (workload) => addresses.ofPod(pods.get(workloadKey(workload)) ?? -1),
  };
}
