import type { CostLine } from '../../model/cost-line.ts';
import type { Resource } from '../../model/resource.ts';
import { clusterLines, coresOf, machinesOf } from './machines.ts';

type Line = Omit<CostLine, 'resource'>;
type Tree = Readonly<Record<string, unknown>>;

const tree = (value: unknown): Tree => (typeof value === 'object' && value !== null ? (value as Tree) : {});
const properties = (resource: Resource): Tree => tree(resource.properties);
const word = (value: unknown): string => String(value ?? 'unknown').toLowerCase();

const hourly = (meter: string, quantity = 1): Line => ({ meter, quantity, unit: 'hour' });
const monthly = (meter: string, quantity = 1): Line => ({ meter, quantity, unit: 'month' });
const byUse = (meter: string, unit: CostLine['unit'] = 'gib'): Line => ({ meter, quantity: 'by use', unit });

/** Azure: "each instance reserves ten capacity units" (Understanding pricing for Application Gateway). */
const capacityUnitsAnInstance = 10;
/** Bastion Standard and Premium include two scale units (Bastion pricing). */
const includedScaleUnits = 2;

/**
 * What Azure bills of each type of resource, at the least that the resource runs with. Types that are free are in `free.ts`; a type in
 * neither list fails a test.
 */
export const billed: Readonly<Record<string, (resource: Resource, all: readonly Resource[]) => readonly Line[]>> = {
  'Microsoft.Network/azureFirewalls': (resource) => {
    const tier = word(tree(properties(resource).sku).tier);
    return [hourly(`firewall/${tier}/deployment`), byUse(`firewall/${tier}/data`)];
  },
  'Microsoft.Network/publicIPAddresses': () => [hourly('public-address/standard')],
  'Microsoft.Network/bastionHosts': (resource) => {
    const more = Number(properties(resource).scaleUnits ?? includedScaleUnits) - includedScaleUnits;
    const host = hourly(`bastion/${word(tree(resource.sku).name ?? 'basic')}`);
    return more > 0 ? [host, hourly('bastion/scale-unit', more)] : [host];
  },
  'Microsoft.Network/privateEndpoints': () => [hourly('private-endpoint'), byUse('private-endpoint/data')],
  'Microsoft.Network/privateDnsZones': () => [monthly('private-dns-zone')],
  'Microsoft.Network/virtualNetworks/virtualNetworkPeerings': () => [byUse('peering/data')],
  'Microsoft.Network/networkWatchers/flowLogs': () => [byUse('flow-log/collected'), byUse('flow-log/analytics')],
  'Microsoft.Network/ddosProtectionPlans': () => [monthly('ddos-protection-plan')],
  'Microsoft.Network/applicationGateways': (resource) => {
    const scale = tree(properties(resource).autoscaleConfiguration);
    const units = Number(scale.minCapacity ?? 0) * capacityUnitsAnInstance;
    return [hourly('gateway/waf-v2/fixed'), hourly('gateway/waf-v2/capacity-unit', units)];
  },
  'Microsoft.ContainerService/managedClusters': clusterLines,
  'Microsoft.Compute/virtualMachineScaleSets': (resource) => {
    const { name, capacity } = tree(resource.sku);
    return [hourly(`machine/${name}`, Number(capacity))];
  },
  'Microsoft.Compute/galleries/images': () => [byUse('storage/image-versions')],
  'Microsoft.VirtualMachineImages/imageTemplates': (resource) => [
    byUse(`machine/${tree(properties(resource).vmProfile).vmSize}`, 'hour'),
  ],
  'Microsoft.ContainerRegistry/registries': (resource) => [monthly(`registry/${word(tree(resource.sku).name)}`)],
  'Microsoft.ContainerRegistry/registries/replications': () => [monthly('registry/premium')],
  'Microsoft.ContainerRegistry/registries/agentPools': (resource) => {
    const { tier, count } = properties(resource);
    return [hourly(`registry/agent-pool/${word(tier)}`, Number(count))];
  },
  'Microsoft.KeyVault/vaults': () => [byUse('vault/operations', 'operation')],
  'Microsoft.KeyVault/vaults/keys': (resource) =>
    word(properties(resource).kty).endsWith('-hsm') ? [monthly('vault/hardware-key')] : [],
  'Microsoft.DataProtection/backupVaults/backupInstances': () => [monthly('backup/protected-instance')],
  'Microsoft.OperationalInsights/workspaces': () => [byUse('logs/ingestion'), byUse('logs/retention')],
  'Microsoft.OperationalInsights/workspaces/tables': () => [byUse('logs/archive')],
  'Microsoft.OperationalInsights/workspaces/dataExports': () => [byUse('logs/export')],
  'Microsoft.OperationalInsights/workspaces/providers/onboardingStates': () => [byUse('sentinel/ingestion')],
  'Microsoft.OperationsManagement/solutions': (resource) =>
    resource.name.startsWith('SecurityInsights') ? [byUse('sentinel/ingestion')] : [],
  'Microsoft.Monitor/accounts': () => [byUse('prometheus/samples', 'operation')],
  'Microsoft.Storage/storageAccounts': (resource) => [byUse(`storage/${word(tree(resource.sku).name)}`)],
  'Microsoft.Insights/scheduledQueryRules': () => [monthly('alert/log-query')],
  'Microsoft.Insights/metricAlerts': () => [monthly('alert/metric')],
  'Microsoft.AlertsManagement/prometheusRuleGroups': () => [byUse('prometheus/samples', 'operation')],
  'Microsoft.Security/pricings': (resource, all) => defenderLines(resource, all),
};

function defenderLines({ name, properties: body }: Resource, all: readonly Resource[]): readonly Line[] {
  if (tree(body).pricingTier !== 'Standard') return [];
  const count = (type: string) => all.filter((one) => one.type === type && one.amends === undefined).length;
  const machines = all.flatMap(machinesOf);
  const cores = machines
    .filter(({ ofCluster }) => ofCluster)
    .reduce((sum, { size, count }) => sum + coresOf(size) * count, 0);
  switch (name) {
    case 'Containers':
    case 'KubernetesService':
      return [monthly('defender/containers/core', cores)];
    case 'KeyVaults':
      return [monthly('defender/vault', count('Microsoft.KeyVault/vaults'))];
    case 'Arm':
      return [monthly('defender/resource-manager')];
    case 'VirtualMachines':
      return [
        monthly(
          'defender/server-p2',
          machines.reduce((sum, one) => sum + one.count, 0),
        ),
      ];
    case 'StorageAccounts':
      return [monthly('defender/storage', count('Microsoft.Storage/storageAccounts'))];
    default:
      return [byUse(`defender/${name.toLowerCase()}`, 'operation')];
  }
}
