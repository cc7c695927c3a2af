import type { ArmResource } from '../../../model/resource.ts';
import type { ProviderContext } from '../contract.ts';
import { nameIn, parentOf, sameId } from '../ids.ts';
import { type Members, membersOf, numberOf, textOf } from '../members.ts';
import { delegationsOf } from '../microsoft-network/subnet-checks.ts';
import { propertiesOf } from '../resource-form.ts';
import { requireFound } from '../service-checks.ts';
import { clusterError } from './cluster-errors.ts';
import { fullVersion, minorOf, supportOf } from './kubernetes-versions.ts';

export const poolType = 'Microsoft.ContainerService/managedClusters/agentPools';
const subnetType = 'Microsoft.Network/virtualNetworks/subnets';
export const clusterService = 'Microsoft.ContainerService/managedClusters';

/** A pool about to be stored, with the cluster that it belongs to. */
export interface PoolDraft {
  readonly id: string;
  readonly properties: Members;
}

/** Rules of node pools (learn.microsoft.com, AKS: system node pools, node pool limits, cluster autoscaler, pod subnets). */
export function checkPool(
  draft: PoolDraft,
  cluster: Members,
  existing: ArmResource | undefined,
  context: ProviderContext,
): void {
  const { properties } = draft;
  const name = nameIn(draft.id);
  const isWindows = properties.osType === 'Windows';
  if (!/^[a-z][a-z0-9]{0,11}$/.test(name) || (isWindows && name.length > 6)) {
    throw clusterError(
      'InvalidAgentPoolName',
      `The agent pool name '${name}' is invalid: lower case letters and digits, beginning with a letter, 12 at most, 6 for Windows.`,
      'agentPoolProfile.name',
      'InvalidParameter',
    );
  }
  if (textOf(properties.vmSize) === undefined) {
    throw clusterError(
      'MissingVmSize',
      `Agent pool '${name}' needs a vmSize.`,
      'agentPoolProfile.vmSize',
      'InvalidParameter',
    );
  }
  checkCounts(name, properties);
  checkVersion(name, properties, cluster, existing, context);
  checkSubnets(draft, cluster, existing, context);
  if (properties.enableEncryptionAtHost === true && properties.type === 'AvailabilitySet') {
    throw clusterError(
      'EncryptionAtHostNotSupported',
      `Agent pool '${name}': encryption at host needs virtual machine scale sets.`,
    );
  }
}

function checkCounts(name: string, properties: Members): void {
  const isSystem = properties.mode === 'System';
  const least = isSystem ? 1 : 0;
  const [count, min, max] = [properties.count, properties.minCount, properties.maxCount].map(numberOf);
  const wrong = (message: string): Error =>
    clusterError(
      'InvalidAgentPoolCount',
      `Agent pool '${name}': ${message}`,
      'agentPoolProfile.count',
      'InvalidParameter',
    );
  if (isSystem && properties.osType === 'Windows') {
    throw clusterError(
      'SystemPoolMustBeLinux',
      `Agent pool '${name}': a system pool must run Linux.`,
      'agentPoolProfile.osType',
      'InvalidParameter',
    );
  }
  if (count !== undefined && (count < least || count > 1000))
    throw wrong(`the count must be ${least} to 1000, not ${count}.`);
  if (properties.enableAutoScaling === true) {
    if (min === undefined || max === undefined) throw wrong('the autoscaler needs minCount and maxCount.');
    if (min < least || max > 1000 || min > max)
      throw wrong(`minCount ${min} and maxCount ${max} must be ${least} to 1000, in this order.`);
    if (count !== undefined && (count < min || count > max))
      throw wrong(`the count ${count} must be between minCount ${min} and maxCount ${max}.`);
  } else if (min !== undefined || max !== undefined) {
    throw wrong('minCount and maxCount are for the autoscaler, which is off.');
  }
  const pods = numberOf(properties.maxPods);
  if (pods !== undefined && (pods < 10 || pods > 250)) throw wrong(`maxPods must be 10 to 250, not ${pods}.`);
}

/** Nodes are not newer than the control plane, and at most three minors older (learn.microsoft.com, AKS version skew). */
function checkVersion(
  name: string,
  properties: Members,
  cluster: Members,
  existing: ArmResource | undefined,
  context: ProviderContext,
): void {
  const wanted = textOf(properties.orchestratorVersion);
  const control = textOf(cluster.kubernetesVersion);
  if (wanted === undefined || control === undefined) return;
  const before = textOf(propertiesOf(existing).orchestratorVersion);
  if (wanted !== before && supportOf(wanted, context) === 'not served') {
    throw clusterError(
      'AgentPoolK8sVersionNotSupported',
      `Version ${wanted} is not supported in this region. Please use [az aks get-versions] command to get the supported version list in this region. For more information, please check https://aka.ms/supported-version-list`,
      undefined,
      'AgentPoolK8sVersionNotSupported',
    );
  }
  const numbers = (version: string): readonly number[] => fullVersion(version).split('.').map(Number);
  const [, nodeMinor = 0, nodePatch = 0] = numbers(wanted);
  const [, minor = 0, patch = 0] = numbers(control);
  const isNewer = nodeMinor > minor || (nodeMinor === minor && nodePatch > patch && minorOf(control) !== undefined);
  if (!isNewer && nodeMinor >= minor - 3) return;
  throw clusterError(
    'NodePoolMcVersionIncompatible',
    `Node pool version ${wanted} and control plane version ${control} are incompatible. Minor version of node pool version ${wanted} is bigger than the control plane's, or more than 3 versions less. For more information, please check aka.ms/aks/UpgradeVersionRules`,
    `agentPoolProfile.${name}`,
    'NodePoolMcVersionIncompatible',
  );
}

function checkSubnets(
  draft: PoolDraft,
  cluster: Members,
  existing: ArmResource | undefined,
  context: ProviderContext,
): void {
  const { vnetSubnetID, podSubnetID } = draft.properties;
  const network = membersOf(cluster.networkProfile);
  const name = nameIn(draft.id);
  const before = propertiesOf(existing);
  for (const [property, value] of Object.entries({ vnetSubnetID, podSubnetID })) {
    const was = textOf(before[property]);
    if (existing !== undefined && was !== undefined && value !== undefined && !sameId(was, String(value))) {
      throw clusterError(
        'PropertyChangeNotAllowed',
        `Changing property 'properties.${property}' is not allowed.`,
        `properties.${property}`,
        'PropertyChangeNotAllowed',
      );
    }
  }
  if (textOf(vnetSubnetID) !== undefined) {
    const subnet = requireFound(context, textOf(vnetSubnetID), subnetType);
    if (delegationsOf(subnet).length > 0) {
      throw clusterError(
        'SubnetIsDelegated',
        `Agent pool '${name}': subnet ${subnet.id} is delegated to ${delegationsOf(subnet).join(', ')}.`,
        'agentPoolProfile.vnetSubnetID',
        'InvalidParameter',
      );
    }
  }
  if (textOf(podSubnetID) === undefined) return;
  // Azure/bicep-registry-modules #3860; learn.microsoft.com, Azure CNI pod subnet.
  if (network.networkPluginMode === 'overlay') {
    throw clusterError(
      'PodSubnetNotSupportedWithOverlay',
      `Agent pool '${name}': podSubnetID cannot be set with network plugin mode overlay.`,
      'agentPoolProfile.podSubnetID',
      'InvalidParameter',
    );
  }
  const pods = requireFound(context, textOf(podSubnetID), subnetType);
  if (
    textOf(vnetSubnetID) === undefined ||
    sameId(textOf(vnetSubnetID), pods.id) ||
    !sameId(parentOf(String(vnetSubnetID)), parentOf(pods.id))
  ) {
    throw clusterError(
      'InvalidPodSubnet',
      `Agent pool '${name}': the pod subnet must be another subnet of the same virtual network as the node subnet.`,
      'agentPoolProfile.podSubnetID',
      'InvalidParameter',
    );
  }
  const other = delegationsOf(pods).find((service) => service !== clusterService);
  if (other !== undefined) {
    throw clusterError(
      'SubnetIsDelegated',
      `Agent pool '${name}': pod subnet ${pods.id} is delegated to ${other}.`,
      'agentPoolProfile.podSubnetID',
      'InvalidParameter',
    );
  }
}

/** The pool as it is stored: the service's defaults filled in (REST reference, agent pools). */
export function poolProperties(properties: Members, cluster: Members): Record<string, unknown> {
  const network = membersOf(cluster.networkProfile);
  const version = textOf(properties.orchestratorVersion) ?? textOf(cluster.kubernetesVersion) ?? '';
  const isOverlay = network.networkPluginMode === 'overlay';
  const isScaling = properties.enableAutoScaling === true;
  return {
    ...properties,
    count: properties.count ?? (isScaling ? properties.minCount : 1),
    mode: properties.mode ?? 'User',
    type: properties.type ?? 'VirtualMachineScaleSets',
    osType: properties.osType ?? 'Linux',
    osSKU: properties.osSKU ?? (properties.osType === 'Windows' ? 'Windows2022' : 'Ubuntu'),
    osDiskType: properties.osDiskType ?? 'Managed',
    osDiskSizeGB: properties.osDiskSizeGB ?? 128,
    kubeletDiskType: properties.kubeletDiskType ?? 'OS',
    maxPods: properties.maxPods ?? (isOverlay ? 250 : network.networkPlugin === 'kubenet' ? 110 : 30),
    enableAutoScaling: isScaling,
    enableNodePublicIP: properties.enableNodePublicIP ?? false,
    enableEncryptionAtHost: properties.enableEncryptionAtHost ?? false,
    enableUltraSSD: properties.enableUltraSSD ?? false,
    enableFIPS: properties.enableFIPS ?? false,
    scaleSetPriority: properties.scaleSetPriority ?? 'Regular',
    upgradeSettings: { maxSurge: '10%', maxUnavailable: '0', ...membersOf(properties.upgradeSettings) },
    orchestratorVersion: version,
    currentOrchestratorVersion: fullVersion(version),
    powerState: { code: 'Running' },
    provisioningState: 'Succeeded',
  };
}
