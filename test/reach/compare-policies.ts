import { parsePrefix } from '../../src/kernel/address.ts';
import type { ArmResource } from '../../src/model/resource.ts';
import { allPairs, type EndpointClass, holds, type NetworkModel, prepare } from '../../src/reachability/index.ts';
import { readNetwork } from '../../src/verify/index.ts';
import { clusterState } from './kube-shapes.ts';
import type { PodPacket } from './naive-policies.ts';
import type { RandomCluster } from './random-clusters.ts';

const protocolNumbers = { TCP: 6, UDP: 17, SCTP: 132, ICMP: 1 } as const;

/** Our answer to one packet of a cluster, from the matrix of all pairs. */
export function ourJudge(
  { objects, ends }: RandomCluster,
  resources: readonly ArmResource[] = [],
  read: (model: NetworkModel) => NetworkModel = (model) => model,
): (packet: PodPacket) => string {
  const network = prepare(read(readNetwork(clusterState(objects, resources)).model), []);
  const { cluster } = network;
  if (cluster === undefined) throw new Error('no cluster');
  const matrix = allPairs(cluster);
  const classes = new Map<string, EndpointClass>();
  cluster.model.workloads.forEach((one, position) => {
    classes.set(`${one.namespace}/${one.name}`, cluster.classes.ofWorkload[position] as EndpointClass);
  });
  for (const end of ends) {
    const range = end.includes('/') ? undefined : parsePrefix(end);
    if (range === undefined) continue;
    const [coordinate = 0] = network.spaces.addresses.ofRange(range);
    const found = cluster.classes.all.find((one) => holds(one.coordinates, coordinate));
    if (found !== undefined) classes.set(end, found);
  }
  return ({ src, dst, protocol, port }) => {
    const verdict = matrix.at(classes.get(src) as EndpointClass, classes.get(dst) as EndpointClass);
    if (verdict === undefined) return 'not judged';
    const number = protocolNumbers[protocol];
    const may = cluster.traffic.holds(verdict.allow, number, port);
    const stopped = cluster.traffic.holds(verdict.deny, number, port);
    return may ? (stopped ? 'depends' : 'allowed') : 'denied';
  };
}
