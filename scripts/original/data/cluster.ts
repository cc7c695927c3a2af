import { type OriginalRow, rowsOf } from '../row.ts';

const stamp = rowsOf('resource', 'cluster-stamp');
const setting = rowsOf('setting', 'aks-H');
const pool = rowsOf('resource', 'aks-H');
const poolSetting = rowsOf('setting', 'aks-H, every pool');

const own = (...paths: readonly string[]) => paths.map((path) => `cluster-01/cluster#properties.${path}`);
const ofPools = (...paths: readonly string[]) => own(...paths.map((path) => `agentPoolProfiles.${path}`));

/** The original's cluster, setting by setting. */
export const clusterRows: readonly OriginalRow[] = [
  stamp('aks-H', 'the managed cluster', 'cluster-01/cluster'),
  stamp(
    'aks-H, second deployment (v2)',
    'the same with pod identity; limits change besides',
    'cluster-01/cluster-with-mesh',
    'Two steps here too, for the mesh: it may read its authority only when its add-on’s identity exists.',
    { in2021: ['cluster-01/cluster-with-pod-identity'] },
  ),
  setting('sku', 'Basic, Paid', ['cluster-01/cluster#sku'], 'Base, Premium: the tier with long-term support.'),
  setting('kubernetesVersion', '1.21.2', own('kubernetesVersion')),
  setting('dnsPrefix', 'derived', own('dnsPrefix')),
  setting(
    'nodeResourceGroup',
    'rg-aks-H-nodepools',
    own('nodeResourceGroup', 'nodeResourceGroupProfile'),
    'Locked for everybody but AKS; such locks came in 2022.',
    { in2021: own('nodeResourceGroup') },
  ),
  setting('maxAgentPools', '3', 'decision:scopes-have-pools', 'Four pools: add-ons that tolerate no taint need one.', {
    in2021: own('agentPoolProfiles'),
  }),
  setting('autoUpgradeProfile', 'commented out', own('autoUpgradeProfile'), 'Patches come by themselves.'),
  setting('identity', 'mi-aks-H-controlplane', ['cluster-01/cluster#identity']),
  setting(
    'servicePrincipalProfile',
    'msi',
    'decision:cluster-acts-through-our-identities',
    'Not written: Azure fills it in.',
  ),
  setting(
    'kubelet identity',
    'made by AKS',
    own('identityProfile'),
    'Made before the cluster, so that its right on the registry is there when nodes start.',
  ),
  setting('enablePrivateCluster', 'true', own('apiServerAccessProfile.enablePrivateCluster')),
  setting('privateDNSZone', 'of our own', own('apiServerAccessProfile.privateDNSZone')),
  setting('enablePrivateClusterPublicFQDN', 'false', own('apiServerAccessProfile.enablePrivateClusterPublicFQDN')),
  setting('enableRBAC', 'true', own('enableRBAC')),
  setting(
    'aadProfile',
    'managed, without Azure RBAC, one group of administrators',
    own('aadProfile'),
    'With Azure RBAC: rights on the cluster are listed with all others, and can be limited in time.',
  ),
  setting(
    'group of administrators',
    'cluster-admins-bu0001a000500',
    ['cluster-01/cluster/administrators-administer', 'cluster-01/cluster/administrators-connect'],
    'By two Azure roles on this cluster.',
  ),
  setting('disableLocalAccounts', 'true', own('disableLocalAccounts')),
  setting(
    'enablePodSecurityPolicy',
    'false',
    'policy/cluster-01/pods-are-restricted',
    'The field is gone with Kubernetes 1.25; Pod Security and policies do it.',
  ),
  setting('networkPlugin', 'azure', own('networkProfile.networkPlugin')),
  setting('networkPolicy', 'azure', own('networkProfile.networkPolicy'), 'Cilium: Azure’s own ends 2028-09-30.'),
  setting('outboundType', 'userDefinedRouting', own('networkProfile.outboundType')),
  setting('loadBalancerSku', 'standard', own('networkProfile.loadBalancerSku')),
  setting(
    'serviceCidr and dnsServiceIP',
    '172.16.0.0/16, 172.16.0.10',
    own('networkProfile.serviceCidr', 'networkProfile.dnsServiceIP'),
  ),
  setting(
    'dockerBridgeCidr',
    '172.18.0.1/16',
    [],
    'There is no Docker on nodes any more; the field has gone from the API.',
    { in2021: own('networkProfile.dockerBridgeCidr') },
  ),
  setting('omsagent', 'on', own('addonProfiles.omsagent'), 'With an identity instead of the workspace’s key.'),
  setting('azurepolicy', 'on, v2', own('addonProfiles.azurepolicy')),
  setting(
    'openServiceMesh',
    'on',
    ['cluster-01/cluster-with-mesh#properties.serviceMeshProfile'],
    'Istio’s add-on: Open Service Mesh ends 2027-09-30 and is archived.',
    { in2021: own('addonProfiles.openServiceMesh') },
  ),
  setting(
    'azureKeyvaultSecretsProvider',
    'on, without rotation',
    own('addonProfiles.azureKeyvaultSecretsProvider'),
    'With rotation: a renewed certificate reaches the pods.',
  ),
  setting('httpApplicationRouting', 'off', own('ingressProfile'), 'Its successor is off, by name.', {
    in2021: own('addonProfiles.httpApplicationRouting'),
  }),
  setting(
    'aciConnectorLinux',
    'off',
    [],
    'Virtual nodes are off unless asked for; no decision is needed to leave them out.',
  ),
  setting(
    'podIdentityProfile',
    'on; ingress’s identity in the second deployment',
    [...own('oidcIssuerProfile', 'securityProfile.workloadIdentity'), 'cluster-01/identity-ingress/trust'],
    'Workload identity: pod identity is out of support since late 2024.',
    { in2021: own('podIdentityProfile') },
  ),
  setting('autoScalerProfile', 'AKS’s defaults, written out', own('autoScalerProfile')),
  setting('diskEncryptionSetID', 'absent', own('diskEncryptionSetID'), 'Present: disks carry a key of ours.'),
  setting('enableEncryptionAtHost', 'absent', ofPools('enableEncryptionAtHost'), 'On.'),
  setting(
    'securityProfile',
    'absent',
    own('securityProfile'),
    'Defender’s sensor, KMS, workload identity, image cleaner: they came in 2022, after the profile’s day.',
    { in2021: [] },
  ),
  setting(
    'authorizedIPRanges',
    'absent',
    'decision:api-server-has-no-public-name',
    'Nothing to list: a private API server has no public address.',
  ),
  setting('disableRunCommand', 'absent', own('apiServerAccessProfile.disableRunCommand'), 'On.'),
  setting(
    'tags',
    'classification, business unit, criticality',
    'decision:scopes-have-pools',
    'The tags of the spec, on every resource; the scope of a pool is a label and a taint.',
  ),
  pool('npsystem', 'System, 3 to 4 DS2_v2', 'cluster-01/cluster#npsystem', 'Tainted for system add-ons.'),
  pool(
    'npinscope01',
    'User, 2 to 5 DS3_v2, label pci-scope=in-scope',
    'cluster-01/cluster#npinscope01',
    'Tainted, too: a label alone keeps nothing out.',
  ),
  pool(
    'npooscope01',
    'User, 2 to 5 DS3_v2, label pci-scope=out-of-scope',
    'cluster-01/cluster#npooscope01',
    'Tainted, too.',
  ),
  poolSetting('osDiskType', 'Ephemeral', ofPools('osDiskType')),
  poolSetting('availabilityZones', '1, 2, 3', ofPools('availabilityZones')),
  poolSetting('maxPods', '30', ofPools('maxPods')),
  poolSetting('upgradeSettings', 'maxSurge 33%', ofPools('upgradeSettings')),
  poolSetting('enableNodePublicIP', 'false', ofPools('enableNodePublicIP')),
  poolSetting('enableAutoScaling', 'true', ofPools('enableAutoScaling')),
  poolSetting('nodeTaints', 'none', ofPools('nodeTaints')),
  poolSetting('orchestratorVersion', 'that of the cluster', ofPools('orchestratorVersion')),
  poolSetting('scaleSetPriority', 'Regular', ofPools('scaleSetPriority')),
  poolSetting(
    'vnetSubnetID',
    'a subnet a pool',
    ofPools('vnetSubnetID', 'podSubnetID'),
    'Pods have subnets of their own.',
    { in2021: ofPools('vnetSubnetID') },
  ),
];
