import type { Hop } from '../model/witness.ts';
import type { EndpointClass } from './cluster/classes.ts';
import type { Cluster, Judged } from './cluster/cluster.ts';
import type { Traffic } from './cluster/traffic.ts';
import type { Flow } from './flow.ts';
import { type Intervals, intersects, unite } from './intervals.ts';
import { arrivingSteps, classText, leavingSteps, type Passage, passages, trafficPackets } from './layers/policies.ts';
import { type Group, memoized, type Network } from './network.ts';
import { intersectSets, isEmpty, type PacketSet, packets, part, withPart } from './packets.ts';
import { addressSet, flowOf, holders, membersIn, ways } from './places.ts';

/** What stands under answers about workloads that share a subnet or a node. */
const oneNode =
  'Workloads that may run on one node reach each other there without crossing the network: what only its rules would stop is left open.';
const loopback =
  'A pod always reaches itself, whatever policies say (statement 18): answers about one workload and itself are about two of its pods.';

/** A class as the journeys of packets know it. */
export function groupOf(network: Network, cluster: Cluster, one: EndpointClass): Group {
  return memoized(network, `pods ${one.index}`, () => ({
    id: `pods ${one.index}`,
    name: classText(cluster, one),
    kind: 'pods',
    addresses: one.coordinates,
  }));
}

/** Everything that the workloads of a class send to some destinations: to other workloads, and to addresses. */
export function flowsFromPods(network: Network, cluster: Cluster, from: EndpointClass, to: Intervals): readonly Flow[] {
  const group = groupOf(network, cluster, from);
  return alike(cluster, from, to).flatMap(({ classes, judged }) => {
    const [first] = classes as [EndpointClass];
    const destination = classes.map((one) => one.coordinates).reduce(unite, []);
    if (first.kind === 'addresses') return toAddresses(network, cluster, group, from, judged, destination);
    const flows = toPods(network, cluster, group, from, first, judged, destination);
    return classes.includes(from) ? flows.map((flow) => ({ ...flow, assumption: flow.assumption ?? loopback })) : flows;
  });
}

interface Alike {
  readonly classes: readonly EndpointClass[];
  readonly judged: Judged;
}

/** Destinations of one source that are judged by the same rules and stand in the same place: one flow for all. */
function alike(cluster: Cluster, from: EndpointClass, to: Intervals): readonly Alike[] {
  const numbers = new Map<unknown, number>();
  const number = (value: unknown): number => {
    const found = numbers.get(value) ?? numbers.size;
    numbers.set(value, found);
    return found;
  };
  const groups = new Map<string, { readonly classes: EndpointClass[]; readonly judged: Judged }>();
  for (const one of cluster.classes.all) {
    if (!intersects(one.coordinates, to)) continue;
    const judged = cluster.judge(from, one);
    const parts = [judged.egress, judged.ingress, judged.meshEgress, judged.meshIngress].map(number);
    const place = one.kind === 'addresses' ? `#${one.index}` : (one.place?.subnets.join() ?? '');
    const key = `${one.kind} ${place} ${parts.join()}`;
    const found = groups.get(key);
    if (found === undefined) groups.set(key, { classes: [one], judged });
    else found.classes.push(one);
  }
  return [...groups.values()];
}

function toPods(
  network: Network,
  cluster: Cluster,
  group: Group,
  from: EndpointClass,
  first: EndpointClass,
  judged: Judged,
  destination: Intervals,
): readonly Flow[] {
  const inside = (passage: Passage, before: readonly Hop[] = []): Flow =>
    flowOf(
      group,
      trafficPackets(cluster, passage.traffic, from.coordinates, destination),
      passage.allowed ? 'allowed' : 'denied',
      [...before, ...passage.hops],
      passage.dependsOn,
    );
  const end = arrivingSteps(cluster, first, judged);
  const [near, far] = [from.place, first.place];
  const members = membersIn(cluster, destination);
  const [sources, ends] = [addressSet(cluster, from.members), addressSet(cluster, members)];
  const unseen =
    (near?.overlay === true && far?.overlay === true) || (near?.encrypted === true && far?.encrypted === true);
  if (near === undefined || far === undefined || unseen || sources.length === 0 || ends.length === 0)
    return passages(cluster, [...leavingSteps(cluster, from, judged), ...end]).map((passage) => inside(passage));
  const between = ways(network, near.subnets, sources, ends);
  const together =
    near.subnets.some((subnet) => far.subnets.includes(subnet)) || from.kind === 'node' || first.kind === 'node';
  return passages(cluster, leavingSteps(cluster, from, judged)).flatMap((out) => {
    if (!out.allowed) return [inside(out)];
    const beyond = passages(cluster, end, out.traffic).map((passage) => ({
      ...passage,
      dependsOn: [...out.dependsOn, ...passage.dependsOn],
    }));
    const across = between.flatMap((way) =>
      (way.outcome === 'denied' ? [out] : beyond).flatMap((passage): readonly Flow[] => {
        const set = onMembers(cluster, way.packets, passage.traffic, from.members, members);
        if (isEmpty(set)) return [];
        const outcome = passage.allowed ? way.outcome : 'denied';
        return [
          flowOf(
            group,
            set,
            outcome,
            [...out.hops, ...aroundWay(way, passage === out ? [] : passage.hops)],
            passage.dependsOn,
          ),
        ];
      }),
    );
    if (!together || between.every((way) => way.outcome === 'allowed')) return across;
    const hop: Hop = { layer: 'node', resource: `pod:${group.name}`, rule: '(both on one node)', effect: 'forward' };
    const local = beyond.map((passage) => ({ ...inside(passage, [...out.hops, hop]), assumption: oneNode }));
    return [...across, ...local];
  });
}

/** Packets of a way of the network, as those of the workloads that may hold its addresses. */
function onMembers(
  cluster: Cluster,
  way: PacketSet,
  traffic: Traffic,
  from: readonly number[],
  to: readonly number[],
): PacketSet {
  const wanted = cluster.traffic.boxes(traffic).flatMap((parts) => packets(parts));
  return intersectSets(way, wanted).flatMap((box) => {
    const sources = holders(cluster, from, part(box, 'source'));
    const ends = holders(cluster, to, part(box, 'destination'));
    return sources.length === 0 || ends.length === 0
      ? []
      : [withPart(withPart(box, 'source', sources), 'destination', ends)];
  });
}

/** Hops in the order in which packets meet them: the network, what is said of arriving, the way of the reply. */
function aroundWay(way: Flow, arrival: readonly Hop[]): readonly Hop[] {
  const replies = way.hops.filter((hop) => hop.direction === 'reply');
  return [...way.hops.filter((hop) => hop.direction !== 'reply'), ...arrival, ...replies];
}

function toAddresses(
  network: Network,
  cluster: Cluster,
  group: Group,
  from: EndpointClass,
  judged: Judged,
  destination: Intervals,
): readonly Flow[] {
  const { place } = from;
  const sources = addressSet(cluster, from.members);
  return passages(cluster, leavingSteps(cluster, from, judged)).flatMap((passage): readonly Flow[] => {
    const wanted = trafficPackets(cluster, passage.traffic, from.coordinates, destination);
    if (!passage.allowed || place === undefined || sources.length === 0)
      return [flowOf(group, wanted, passage.allowed ? 'allowed' : 'denied', passage.hops, passage.dependsOn)];
    const free = wanted.map((box) => withPart(box, 'source', sources));
    const hops: readonly Hop[] =
      place.overlay === true
        ? [
            ...passage.hops,
            {
              layer: 'node',
              resource: `pod:${group.name}`,
              rule: '(source translation)',
              effect: 'translate',
              detail: 'The source becomes the address of its node.',
            },
          ]
        : passage.hops;
    return ways(network, place.subnets, sources, destination).flatMap((way) => {
      const set = intersectSets(way.packets, free).flatMap((box) => {
        const holding = holders(cluster, from.members, part(box, 'source'));
        return holding.length === 0 ? [] : [withPart(box, 'source', holding)];
      });
      if (isEmpty(set)) return [];
      const flow = flowOf(group, set, way.outcome, [...hops, ...way.hops], passage.dependsOn);
      return [way.assumption === undefined ? flow : { ...flow, assumption: flow.assumption ?? way.assumption }];
    });
  });
}
