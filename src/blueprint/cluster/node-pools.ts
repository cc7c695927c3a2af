import type { Value } from '../../model/resource.ts';
import { podsPerNode } from '../../spec/data/node-sizes.ts';
import type { ClusterSpec } from '../../spec/spec.ts';
import type { BuildContext } from '../context.ts';
import { idOf } from '../handles.ts';
import { zones } from '../network/public-address.ts';
import { type SubnetId, spokeRefs } from '../spoke/refs.ts';

/** The label by which workloads choose, and the taint by which pools refuse. */
export const scopeLabel = 'pci-scope';

interface PoolShape {
  readonly name: string;
  readonly mode: 'System' | 'User';
  readonly nodes: SubnetId;
  readonly pods: SubnetId;
  readonly scope: string;
  /** Without a taint everything may run there: what tolerates nothing needs one such pool. */
  readonly taint?: string;
}

export const poolShapes: Readonly<Record<keyof ClusterSpec['nodePools'], PoolShape>> = {
  system: {
    name: 'npsystem',
    mode: 'System',
    nodes: 'systemNodePool',
    pods: 'podsSystem',
    scope: 'system',
    taint: 'CriticalAddonsOnly=true:NoSchedule',
  },
  platform: {
    name: 'npplatform',
    mode: 'User',
    nodes: 'platformNodePool',
    pods: 'podsPlatform',
    scope: 'platform',
  },
  inScope: {
    name: 'npinscope01',
    mode: 'User',
    nodes: 'inScopeNodePools',
    pods: 'podsInScope',
    scope: 'in-scope',
    taint: `${scopeLabel}=in-scope:NoSchedule`,
  },
  outOfScope: {
    name: 'npooscope01',
    mode: 'User',
    nodes: 'outOfScopeNodePools',
    pods: 'podsOutOfScope',
    scope: 'out-of-scope',
    taint: `${scopeLabel}=out-of-scope:NoSchedule`,
  },
};

export function nodePools(context: BuildContext, cluster: ClusterSpec, version: string): readonly Value[] {
  const spoke = spokeRefs(context, cluster);
  const subnet = (id: SubnetId): Value => idOf(spoke.network, ['subnets', spoke.subnetName(id)]);
  return (Object.keys(poolShapes) as (keyof typeof poolShapes)[]).flatMap((pool): Value[] => {
    const { name, mode, nodes, pods, scope, taint } = poolShapes[pool];
    const own = cluster.nodePools[pool];
    if (own === undefined) return [];
    const { size, minimum, maximum, systemDisk } = own;
    return [
      {
        name,
        mode,
        type: 'VirtualMachineScaleSets',
        osType: 'Linux',
        osSKU: 'AzureLinux3',
        orchestratorVersion: version,
        vmSize: size,
        enableAutoScaling: true,
        count: minimum,
        minCount: minimum,
        maxCount: maximum,
        availabilityZones: [...zones],
        scaleSetPriority: 'Regular',
        scaleDownMode: 'Delete',
        osDiskType: 'Ephemeral',
        osDiskSizeGB: systemDisk,
        kubeletDiskType: 'OS',
        enableEncryptionAtHost: true,
        securityProfile: { enableSecureBoot: true, enableVTPM: true, sshAccess: 'Disabled' },
        enableNodePublicIP: false,
        vnetSubnetID: subnet(nodes),
        podSubnetID: subnet(pods),
        maxPods: podsPerNode[pool],
        nodeLabels: { [scopeLabel]: scope },
        nodeTaints: taint === undefined ? [] : [taint],
        tags: { ...context.tags },
        upgradeSettings: {
          maxSurge: '33%',
          maxUnavailable: '0',
          drainTimeoutInMinutes: 30,
          nodeSoakDurationInMinutes: 5,
          undrainableNodeBehavior: 'Cordon',
        },
      },
    ];
  });
}
