import type { Hop } from '../model/witness.ts';
import type { EndpointClass } from './cluster/classes.ts';
import type { Cluster } from './cluster/cluster.ts';
import type { Flow } from './flow.ts';
import { flowsFrom } from './flows.ts';
import { type Intervals, intersect, intersects } from './intervals.ts';
import { translatedSource } from './layers/firewall.ts';
import { arrivingSteps, classText, passages, trafficPackets } from './layers/policies.ts';
import type { Group, Network } from './network.ts';
import { intersectSets, isEmpty, type PacketSet, packets, part, withPart } from './packets.ts';
import { addressSet, flowOf, holders, membersIn } from './places.ts';

/** What comes from addresses to workloads: through the network to where they stand, then by what policies say of the source that is seen. */
export function flowsIntoPods(
  network: Network,
  cluster: Cluster,
  groups: readonly Group[],
  sources: Intervals,
  to: Intervals,
): readonly Flow[] {
  const atoms = cluster.classes.all.filter((one) => one.kind === 'addresses');
  return cluster.classes.all.flatMap((one): readonly Flow[] => {
    if (one.kind === 'addresses' || !intersects(one.coordinates, to)) return [];
    const destination = intersect(one.coordinates, to);
    if (one.place === undefined || addressSet(cluster, one.members).length === 0) {
      const stranger: Group = network.internet;
      return atoms.flatMap((atom) => {
        const source = intersect(atom.coordinates, sources);
        if (source.length === 0) return [];
        return passages(cluster, arrivingSteps(cluster, one, cluster.judge(atom, one))).map((passage) =>
          flowOf(
            stranger,
            trafficPackets(cluster, passage.traffic, source, destination),
            passage.allowed ? 'allowed' : 'denied',
            passage.hops,
            passage.dependsOn,
          ),
        );
      });
    }
    return groups.flatMap((group) =>
      intoPlaced(network, cluster, atoms, group, one, intersect(group.addresses, sources), destination),
    );
  });
}

function intoPlaced(
  network: Network,
  cluster: Cluster,
  atoms: readonly EndpointClass[],
  group: Group,
  to: EndpointClass,
  sources: Intervals,
  destination: Intervals,
): readonly Flow[] {
  if (sources.length === 0) return [];
  if (to.place?.overlay === true && to.kind === 'pods') {
    const hop: Hop = {
      layer: 'node',
      resource: `pod:${classText(cluster, to)}`,
      rule: '(addresses of an overlay)',
      effect: 'drop',
      detail: 'Nothing outside the cluster has a way to them.',
    };
    return [flowOf(group, packets({ source: sources, destination }), 'denied', [hop])];
  }
  const members = membersIn(cluster, destination);
  const place = packets({ source: sources, destination: addressSet(cluster, members) });
  return flowsFrom(network, group).flatMap((way): readonly Flow[] => {
    const arriving = intersectSets(way.packets, place);
    const onPods = (set: PacketSet): PacketSet =>
      set.flatMap((box) => {
        const ends = holders(cluster, members, part(box, 'destination'));
        return ends.length === 0 ? [] : [withPart(box, 'destination', ends)];
      });
    const set = onPods(arriving);
    if (isEmpty(set)) return [];
    const add = way.assumption === undefined ? {} : { assumption: way.assumption };
    if (way.outcome === 'denied') return [{ ...flowOf(group, set, 'denied', way.hops), ...add }];
    const seen = way.translatedBy === undefined ? undefined : translatedSource(network, way.translatedBy);
    return atoms.flatMap((atom) => {
      const source = intersect(atom.coordinates, seen ?? sources);
      if (source.length === 0) return [];
      return passages(cluster, arrivingSteps(cluster, to, cluster.judge(atom, to))).flatMap((passage) => {
        const judged = intersectSets(
          set,
          trafficPackets(cluster, passage.traffic, seen === undefined ? source : sources, destination),
        );
        if (isEmpty(judged)) return [];
        const outcome = passage.allowed ? way.outcome : 'denied';
        return [{ ...flowOf(group, judged, outcome, [...way.hops, ...passage.hops], passage.dependsOn), ...add }];
      });
    });
  });
}
