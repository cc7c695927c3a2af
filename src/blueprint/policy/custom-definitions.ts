import type { Json } from '../../kernel/canonical-json.ts';

/** A policy of ours, where Azure brings none or only one that watches. */
export interface CustomPolicy {
  readonly name: string;
  readonly title: string;
  readonly refusal: string;
  /** The `if` of its rule; what it meets is denied. */
  readonly when: Json;
  readonly decision: string;
}

const cluster = 'Microsoft.ContainerService/managedClusters';
const scaleSet = 'Microsoft.Compute/virtualMachineScaleSets';
const account = 'Microsoft.Storage/storageAccounts';

export const isType = (type: string): Json => ({ field: 'type', equals: type });
/** A setting that is missing counts as not set. */
export const without = (type: string, property: string): Json => ({
  allOf: [isType(type), { field: `${type}/${property}`, notEquals: true }],
});

/** Aliases as in Azure/azure-policy; those that no built-in uses are in Microsoft's list of aliases (`az provider show --expand`). */
export const customPolicies: readonly CustomPolicy[] = [
  {
    name: 'aks-runs-the-policy-add-on',
    title: 'Clusters run the policy add-on',
    refusal: 'A cluster without the policy add-on enforces none of the policies for pods.',
    when: without(cluster, 'addonProfiles.azurePolicy.enabled'),
    decision: 'clusters-are-denied-what-azure-only-audits',
  },
  {
    name: 'aks-has-a-defender-sensor',
    title: 'Clusters run the Defender sensor',
    refusal: 'A cluster without the Defender sensor is not watched while it runs.',
    when: without(cluster, 'securityProfile.defender.securityMonitoring.enabled'),
    decision: 'clusters-are-denied-what-azure-only-audits',
  },
  {
    name: 'aks-takes-no-commands-through-azure',
    title: 'Clusters take no commands through Azure Resource Manager',
    refusal: 'Commands through Azure go around the jump boxes and their recorded sessions.',
    when: without(cluster, 'apiServerAccessProfile.disableRunCommand'),
    decision: 'clusters-are-denied-what-azure-only-audits',
  },
  {
    name: 'aks-asks-entra',
    title: 'Clusters authorize through Entra and Azure RBAC',
    refusal: 'Access to a cluster is given and reviewed in one place, which is Azure RBAC.',
    when: {
      allOf: [
        isType(cluster),
        {
          anyOf: [
            { field: `${cluster}/enableRBAC`, equals: false },
            { field: `${cluster}/aadProfile.enableAzureRBAC`, notEquals: true },
          ],
        },
      ],
    },
    decision: 'clusters-are-denied-what-azure-only-audits',
  },
  {
    name: 'no-public-address-on-interfaces',
    title: 'No machine has a public address',
    refusal: 'Machines are reached through Bastion and send through the firewall. Neither takes a public address.',
    when: {
      anyOf: [
        {
          allOf: [
            isType('Microsoft.Network/networkInterfaces'),
            {
              count: {
                field: 'Microsoft.Network/networkInterfaces/ipconfigurations[*]',
                where: {
                  field: 'Microsoft.Network/networkInterfaces/ipconfigurations[*].publicIpAddress.id',
                  exists: true,
                },
              },
              greater: 0,
            },
          ],
        },
        {
          allOf: [
            isType(scaleSet),
            {
              count: {
                field: `${scaleSet}/virtualMachineProfile.networkProfile.networkInterfaceConfigurations[*].ipConfigurations[*]`,
                where: {
                  field: `${scaleSet}/virtualMachineProfile.networkProfile.networkInterfaceConfigurations[*].ipConfigurations[*].publicIPAddressConfiguration`,
                  exists: true,
                },
              },
              greater: 0,
            },
          ],
        },
      ],
    },
    decision: 'no-machine-has-a-public-address',
  },
  {
    name: 'gateway-has-a-firewall-policy',
    title: 'Application gateways have a firewall policy',
    refusal:
      'A gateway needs a web application firewall policy; the older settings on the gateway itself do not count.',
    when: {
      allOf: [
        isType('Microsoft.Network/applicationGateways'),
        { field: 'Microsoft.Network/applicationGateways/firewallPolicy.id', exists: false },
      ],
    },
    decision: 'web-firewall-is-required-and-prevents',
  },
  {
    name: 'storage-takes-tls-12',
    title: 'Storage accounts take TLS 1.2 or newer',
    refusal: 'Older versions of TLS are broken.',
    when: {
      allOf: [isType(account), { not: { field: `${account}/minimumTlsVersion`, in: ['TLS1_2', 'TLS1_3'] } }],
    },
    decision: 'storage-is-closed-by-policy',
  },
  {
    name: 'registry-has-no-administrator',
    title: 'Registries have no administrator account',
    refusal: 'The administrator account is one password for everybody and everything.',
    when: {
      allOf: [
        isType('Microsoft.ContainerRegistry/registries'),
        { field: 'Microsoft.ContainerRegistry/registries/adminUserEnabled', equals: true },
      ],
    },
    decision: 'registries-are-closed-by-policy',
  },
];
