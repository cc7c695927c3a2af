import { type AddressRange, contains } from '../../kernel/address.ts';
import type { ClusterModel, Place, Subnet } from '../../reachability/index.ts';
import { type ArmView, fields, type Item, idKey, items, text, texts } from '../arm-view.ts';
import { stringMap } from './object-view.ts';
import type { PodShape } from './read-workloads.ts';

/** The node pools of a cluster, as far as they tell where pods are. */
interface Pool {
  readonly name: string;
  readonly labels: { readonly [key: string]: string };
  readonly taints: readonly string[];
  readonly nodeSubnet: Subnet | undefined;
  readonly podSubnet: Subnet | undefined;
}

export interface Placement {
  readonly dataplane: ClusterModel['dataplane'];
  readonly podRanges: readonly AddressRange[];
  readonly nodeRanges: readonly AddressRange[];
  place(pod: PodShape, addresses: readonly AddressRange[]): Place | undefined;
}

/**
 * Where pods stand in the Azure network: by their own addresses where the state has them, else by the pools that their node selector and
 * tolerations let them run on. Without a cluster in the state they stand nowhere, and the layers of Kubernetes judge alone.
 */
export function readPlacement(
  view: ArmView,
  subnets: readonly Subnet[],
  name: string | undefined,
  seesCilium: boolean,
  assume: (assumption: string) => void,
): Placement {
  const clusters = view.ofType('Microsoft.ContainerService/managedClusters');
  const cluster = clusters.find((one) => one.name === name);
  if (cluster === undefined) {
    if (clusters.length > 0 && name !== undefined)
      assume(
        `The state has Kubernetes objects of a cluster ${name} and no managed cluster of that name: they are placed by their addresses only.`,
      );
    if (clusters.length > 1 && name === undefined)
      assume(
        `The state has ${clusters.length} clusters (${clusters.map((one) => one.name).join(', ')}) and does not say which its Kubernetes objects are of: they are placed by their addresses only.`,
      );
    return {
      dataplane: seesCilium ? 'cilium' : 'unknown',
      podRanges: [],
      nodeRanges: [],
      place: (_pod, addresses) => byAddresses(subnets, addresses),
    };
  }
  const profile = fields(cluster.properties.networkProfile);
  const overlay = text(profile.networkPluginMode)?.toLowerCase() === 'overlay';
  const pools = readPools(view, cluster, subnets);
  if (overlay) {
    assume(
      `Cluster ${cluster.name} has an overlay network: between pods only the layers of Kubernetes are judged (the network sees addresses of ${text(profile.podCidr) ?? 'the pod range'}, which every pool shares); what leaves the cluster is judged as its node (statement 92).`,
    );
  }
  const encryption = fields(fields(fields(profile.advancedNetworking).security).transitEncryption);
  const encrypted = text(encryption.type)?.toLowerCase() === 'wireguard';
  if (encrypted) {
    assume(
      `Cluster ${cluster.name} encrypts what passes between its nodes (WireGuard): security groups see UDP between nodes only and do not separate its pods, which the layers of Kubernetes alone are judged to do (statement 92).`,
    );
  }
  const hidden = encrypted ? { encrypted } : {};
  const podSubnets = overlay ? [] : pools.flatMap((pool) => pool.podSubnet ?? pool.nodeSubnet ?? []);
  return {
    dataplane: dataplaneOf(profile, seesCilium),
    podRanges: podSubnets.flatMap((subnet) => subnet.prefixes),
    nodeRanges: pools.flatMap((pool) =>
      pool.podSubnet === undefined && !overlay ? [] : (pool.nodeSubnet?.prefixes ?? []),
    ),
    place(pod, addresses) {
      const host = pod.spec.hostNetwork === true;
      const own = byAddresses(subnets, addresses);
      if (own !== undefined && !overlay) return { ...own, ...hidden };
      const possible = pools
        .filter((pool) => mayRunOn(pod, pool))
        .flatMap((pool) => (host || overlay ? pool.nodeSubnet : (pool.podSubnet ?? pool.nodeSubnet)) ?? []);
      const unique = [...new Set(possible.map((subnet) => subnet.id))];
      return unique.length === 0
        ? undefined
        : { subnets: unique.sort(), addresses: [], ...(overlay ? { overlay } : {}), ...hidden };
    },
  };
}

function dataplaneOf(profile: ReturnType<typeof fields>, seesCilium: boolean): ClusterModel['dataplane'] {
  const words = [profile.networkDataplane, profile.networkPolicy].map((one) => text(one)?.toLowerCase());
  if (words.includes('cilium') || seesCilium) return 'cilium';
  return words[1] === 'calico' || words[1] === 'azure' ? words[1] : 'unknown';
}

function readPools(view: ArmView, cluster: Item, subnets: readonly Subnet[]): readonly Pool[] {
  const subnetOf = (id: unknown): Subnet | undefined => {
    const given = text(id);
    return given === undefined ? undefined : subnets.find((subnet) => idKey(subnet.id) === idKey(given));
  };
  const profiles = new Map<string, Pool>();
  const take = (name: string, properties: ReturnType<typeof fields>): void => {
    profiles.set(name.toLowerCase(), {
      name,
      labels: {
        'kubernetes.azure.com/agentpool': name,
        agentpool: name,
        ...stringMap(properties.nodeLabels),
        ...modeLabel(properties),
      },
      taints: texts(properties.nodeTaints),
      nodeSubnet: subnetOf(properties.vnetSubnetID),
      podSubnet: subnetOf(properties.podSubnetID),
    });
  };
  for (const item of items(cluster.properties.agentPoolProfiles)) {
    const one = fields(item);
    const name = text(one.name);
    if (name !== undefined) take(name, one);
  }
  for (const pool of view.children(cluster, 'agentPools')) take(pool.name, pool.properties);
  return [...profiles.values()];
}

function modeLabel(properties: ReturnType<typeof fields>): { readonly [key: string]: string } {
  const mode = text(properties.mode)?.toLowerCase();
  return mode === undefined ? {} : { 'kubernetes.azure.com/mode': mode };
}

/** Whether a pod's node selector and tolerations let it onto a pool. What affinity adds is not counted: it only narrows. */
function mayRunOn(pod: PodShape, pool: Pool): boolean {
  const selector = stringMap(pod.spec.nodeSelector);
  const unknown = (key: string): boolean => !key.startsWith('kubernetes.azure.com/') && key.includes('kubernetes.io/');
  for (const [key, value] of Object.entries(selector)) {
    // Labels that nodes get by themselves (os, arch, zone) are not in the pool's description.
    if (pool.labels[key] === undefined && unknown(key)) continue;
    if (pool.labels[key] !== value) return false;
  }
  return pool.taints.every((taint) => {
    const [label = '', effect = ''] = taint.split(':');
    if (effect === 'PreferNoSchedule') return true;
    const [key = '', value = ''] = label.split('=');
    return items(pod.spec.tolerations).some((item) => {
      const one = fields(item);
      const exists = text(one.operator) === 'Exists';
      if (text(one.effect) !== undefined && one.effect !== effect) return false;
      if (text(one.key) === undefined) return exists;
      return one.key === key && (exists || (text(one.value) ?? '') === value);
    });
  });
}

function byAddresses(subnets: readonly Subnet[], addresses: readonly AddressRange[]): Place | undefined {
  const ipv4 = addresses.filter((one) => one.family === 4);
  const holders = ipv4.flatMap((one) =>
    subnets.filter((subnet) => subnet.prefixes.some((prefix) => contains(prefix, one))),
  );
  const unique = [...new Set(holders.map((subnet) => subnet.id))];
  return unique.length === 0 ? undefined : { subnets: unique.sort(), addresses: ipv4 };
}
