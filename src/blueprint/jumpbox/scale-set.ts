import type { Resource, Value } from '../../model/resource.ts';
import type { ClusterSpec } from '../../spec/spec.ts';
import { roleAssignment } from '../access/role-assignment.ts';
import { apiVersions } from '../api-versions.ts';
import type { BuildContext } from '../context.ts';
import { type Built, claimed, decided, joined } from '../draft.ts';
import { idOf } from '../handles.ts';
import { zones } from '../network/public-address.ts';
import { monitoringRefs } from '../observability/refs.ts';
import { spokeRefs } from '../spoke/refs.ts';
import { customData } from './cloud-init.ts';
import { images } from './image-settings.ts';
import { nobodysKey } from './nobodys-key.ts';
import { jumpBoxImageRefs } from './refs.ts';

const scaleSetType = 'Microsoft.Compute/virtualMachineScaleSets';

/** Agents in every instance. Versions are the least that are taken; Azure updates them. Source: the extensions' own pages. */
const extensions = (agent: string): readonly Value[] => [
  extension('health', 'Microsoft.ManagedServices', 'ApplicationHealthLinux', '1.0', { protocol: 'tcp', port: 22 }),
  extension('entra-login', 'Microsoft.Azure.ActiveDirectory', 'AADSSHLoginForLinux', '1.0', {}),
  extension('monitor-agent', 'Microsoft.Azure.Monitor', 'AzureMonitorLinuxAgent', agent, {}),
  extension('attestation', 'Microsoft.Azure.Security.LinuxAttestation', 'GuestAttestation', '1.0', {}),
];

function extension(name: string, publisher: string, type: string, version: string, settings: Value): Value {
  return {
    name,
    properties: {
      publisher,
      type,
      typeHandlerVersion: version,
      autoUpgradeMinorVersion: true,
      enableAutomaticUpgrade: true,
      settings,
    },
  };
}

/** The jump boxes of one cluster, who may sign in to them, and what they send. */
export function jumpBoxes(context: BuildContext, cluster: ClusterSpec): Built {
  const { naming, spec, tags } = context;
  const { name, region } = cluster;
  const stage = 'jump-boxes';
  const deployment = `jump-boxes-${name}`;
  const scope = { kind: 'resourceGroup', name: naming.clusterGroup(name) } as const;
  const key = `jump-boxes-${name}/scale-set`;
  const scaleSet: Resource = {
    key,
    stage,
    deployment,
    type: scaleSetType,
    apiVersion: apiVersions.compute,
    name: naming.cluster('vmss-jump', name),
    scope,
    location: region,
    tags,
    sku: { name: images[spec.components.jumpBoxImage].size, tier: 'Standard', capacity: 2 },
    zones,
    identity: { type: 'SystemAssigned' },
    properties: properties(context, cluster),
  };
  const monitoring = monitoringRefs(context, region);
  const associate = (word: string, target: Value): Built =>
    claimed(
      {
        key: `${key}/${word}`,
        stage,
        deployment,
        type: `${scaleSetType}/providers/dataCollectionRuleAssociations`,
        apiVersion: apiVersions.dataCollection,
        name: `${scaleSet.name}/Microsoft.Insights/${word}`,
        scope,
        properties: target,
      },
      'agents-send-by-rule',
    );
  const admit = (word: string, role: 'virtual machine administrator login' | 'reader', why: string): Built =>
    roleAssignment(context, {
      key: `jump-boxes-${name}/${word}`,
      stage,
      deployment,
      scope,
      on: scaleSet,
      role,
      principal: spec.azure.clusterAdminGroupId,
      principalType: 'Group',
      why,
      decision: 'people-sign-in-as-themselves',
    });
  return joined(
    decided(scaleSet, scaleSetSettings),
    admit(
      'administrators-may-sign-in',
      'virtual machine administrator login',
      'Administrators of the cluster work here',
    ),
    admit('administrators-may-find-it', 'reader', 'Bastion shows a machine to those who may read it'),
    // The name is Azure's: it makes the endpoint the one that the agent takes its rules from.
    associate('configurationAccessEndpoint', { dataCollectionEndpointId: idOf(monitoring.endpoint) }),
    associate('machines', { dataCollectionRuleId: idOf(monitoring.machineRule) }),
  );
}

const machine = (...settings: readonly string[]): readonly string[] =>
  settings.map((setting) => `properties.virtualMachineProfile.${setting}`);

/** The settings of a scale set that follow each decision. */
const scaleSetSettings: Readonly<Record<string, readonly string[]>> = {
  'jump-box-without-public-address': machine('networkProfile'),
  'people-sign-in-as-themselves': ['identity', ...machine('osProfile')],
  'jump-box-keeps-nothing': machine('storageProfile.osDisk', 'securityProfile.encryptionAtHost'),
  'jump-boxes-boot-what-was-measured': machine(
    'securityProfile.securityType',
    'securityProfile.uefiSettings',
    'extensionProfile.extensions.properties.publisher',
    'extensionProfile.extensions.properties.type',
  ),
  'jump-boxes-follow-the-image': [
    'properties.orchestrationMode',
    'properties.upgradePolicy',
    'properties.automaticRepairsPolicy',
    ...machine('storageProfile.imageReference', 'extensionProfile.extensions.properties.enableAutomaticUpgrade'),
  ],
};

function properties(context: BuildContext, cluster: ClusterSpec): Value {
  const spoke = spokeRefs(context, cluster);
  return {
    orchestrationMode: 'Uniform',
    overprovision: false,
    singlePlacementGroup: false,
    platformFaultDomainCount: 1,
    zoneBalance: false,
    upgradePolicy: {
      mode: 'Rolling',
      rollingUpgradePolicy: {
        maxBatchInstancePercent: 50,
        maxUnhealthyInstancePercent: 50,
        maxUnhealthyUpgradedInstancePercent: 50,
        pauseTimeBetweenBatches: 'PT5M',
      },
      automaticOSUpgradePolicy: { enableAutomaticOSUpgrade: true, disableAutomaticRollback: false },
    },
    automaticRepairsPolicy: { enabled: true, gracePeriod: 'PT30M', repairAction: 'Reimage' },
    virtualMachineProfile: {
      osProfile: {
        computerNamePrefix: 'jump',
        // Azure wants a name and a key; cloud-init makes no such account, and nobody holds the key.
        adminUsername: 'nobody-signs-in',
        customData: customData(context.spec.components.jumpBoxImage),
        linuxConfiguration: {
          disablePasswordAuthentication: true,
          provisionVMAgent: true,
          ssh: { publicKeys: [{ path: '/home/nobody-signs-in/.ssh/authorized_keys', keyData: nobodysKey() }] },
        },
      },
      securityProfile: {
        encryptionAtHost: true,
        securityType: 'TrustedLaunch',
        uefiSettings: { secureBootEnabled: true, vTpmEnabled: true },
      },
      storageProfile: {
        imageReference: { id: idOf(jumpBoxImageRefs(context).image) },
        osDisk: {
          createOption: 'FromImage',
          caching: 'ReadOnly',
          diffDiskSettings: { option: 'Local', placement: 'ResourceDisk' },
        },
      },
      networkProfile: {
        networkInterfaceConfigurations: [
          {
            name: 'operations',
            properties: {
              primary: true,
              enableIPForwarding: false,
              ipConfigurations: [
                {
                  name: 'operations',
                  properties: {
                    primary: true,
                    privateIPAddressVersion: 'IPv4',
                    subnet: { id: idOf(spoke.network, ['subnets', spoke.subnetName('managementOps')]) },
                  },
                },
              ],
            },
          },
        ],
      },
      extensionProfile: {
        extensions: extensions(images[context.spec.components.jumpBoxImage].agent),
        extensionsTimeBudget: 'PT30M',
      },
      diagnosticsProfile: { bootDiagnostics: { enabled: true } },
    },
  };
}
