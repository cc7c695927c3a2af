import { type OriginalRow, rowsOf } from '../row.ts';

const group = rowsOf('resource group', 'subscription');
const definition = rowsOf('policy definition', 'subscription');
const plan = rowsOf('defender plan', 'subscription');
const subscription = rowsOf('policy assignment', 'subscription');
const hubs = rowsOf('policy assignment', 'rg-enterprise-networking-hubs');
const spokes = rowsOf('policy assignment', 'rg-enterprise-networking-spokes');
const watchers = rowsOf('policy assignment', 'networkWatcherRG');
const workload = rowsOf('policy assignment', 'rg-bu0001a0005');

const onlyAudited = 'The original’s assignment is named after a denial and only audits; ours denies.';

/** Groups, policy and Defender of the original's first stage, and the assignments of later ones that are not about the cluster. */
export const subscriptionRows: readonly OriginalRow[] = [
  group('rg-enterprise-networking-hubs', 'hubs of the network team', 'subscription/hub-eastus2'),
  group(
    'rg-enterprise-networking-spokes',
    'spokes of every workload',
    ['subscription/spoke-01', 'subscription/images'],
    'A group for each spoke, so that a right on one cluster’s network is no right on another’s.',
  ),
  group(
    'rg-bu0001a0005',
    'cluster, registry, vault, gateway, jump boxes and their image',
    ['subscription/cluster-01', 'subscription/jump-box-images'],
    'Images of jump boxes are built apart from the cluster that they administer.',
  ),
  group('networkWatcherRG', 'network watchers', 'subscription/network-watchers'),

  definition(
    'EnableDefenderForAks',
    'turns the plan KubernetesService on',
    'defender/Containers',
    'Today plans are enforced by themselves; those of 2021 are turned on again by a policy whose identity may.',
    { in2021: ['defender/KubernetesService', 'policy/definition-defender-KubernetesService'] },
  ),
  definition(
    'EnableDefenderForAcr',
    'turns the plan ContainerRegistry on',
    'defender/Containers',
    'The plan has been part of Containers since December 2021.',
    { in2021: ['defender/ContainerRegistry', 'policy/definition-defender-ContainerRegistry'] },
  ),
  definition('EnableDefenderForAkv', 'turns the plan KeyVaults on', 'defender/KeyVaults', 'As for clusters.', {
    in2021: ['defender/KeyVaults', 'policy/definition-defender-KeyVaults'],
  }),
  definition(
    'EnableDefender',
    'initiative of the three before',
    ['decision:defender-plans-are-enforced'],
    'Its identity had no role, so it could not repair anything.',
    { in2021: ['policy/definition-defender-plans'] },
  ),
  definition('DenyPublicAks', 'clusters are private', 'policy/aks-is-private', 'A built-in definition says the same.', {
    in2021: ['policy/definition-aks-is-private'],
  }),
  definition(
    'DenyAagWithoutWaf',
    'gateways have the SKU WAF_v2',
    ['policy/gateway-has-a-web-firewall', 'policy/gateway-has-a-firewall-policy', 'policy/web-firewall-prevents'],
    'The original’s looks at the SKU only: a gateway whose firewall is off passes it.',
    { in2021: ['policy/definition-gateway-has-a-web-firewall'] },
  ),
  definition(
    'NoPublicIPsForNICsInVnet',
    'network interfaces and scale sets of one network have no public address',
    'policy/definition-no-public-address-on-interfaces',
    'In the whole subscription, not in one network.',
  ),
  definition(
    'NoPublicIPsForVMScaleSets',
    'scale sets have no public address',
    'policy/definition-no-public-address-on-interfaces',
    'One definition asks about both.',
  ),

  subscription(
    'EnableDefender',
    'the custom initiative, with an identity without a role',
    'decision:defender-plans-are-enforced',
    'Enforcement of the plans is Defender’s own; policies that mend have the roles that they need (decision policies-act-through-named-identities).',
    { in2021: ['policy/defender-plans', 'policy/compliance-may-turn-plans-on'] },
  ),
  subscription('NoPublicIPsForNICsInVnet', 'deny, for the cluster’s network', 'policy/no-public-address-on-interfaces'),
  hubs(
    'Allowed resource types',
    'deny; 15 types, firewall policies not among them',
    'policy/rg-contoso-prod-hub-eastus2/known-types-only',
    'The list is computed from what is deployed there, so that it cannot forget a type.',
  ),
  hubs(
    'Network Watcher should be enabled',
    'audit',
    'policy/network-watcher-is-there',
    'Assigned to the subscription, where its definition looks.',
  ),
  spokes(
    'Network Watcher should be enabled',
    'audit',
    'policy/network-watcher-is-there',
    'Assigned once, to the subscription.',
  ),
  spokes('Allowed resource types', 'deny; 8 types', [
    'policy/rg-bu0001a0005-prod-spoke-01/known-types-only',
    'policy/rg-bu0001a0005-prod-images/known-types-only',
  ]),
  watchers(
    'Allowed resource types',
    'not enforced; watchers and flow logs',
    'policy/NetworkWatcherRG/known-types-only',
    'Enforced here.',
  ),
  workload('Allowed resource types', 'deny; 22 types', [
    'policy/rg-bu0001a0005-prod-cluster-01/known-types-only',
    'policy/rg-bu0001a0005-prod-jump-box-images/known-types-only',
  ]),
  workload('DenyPublicAks', 'deny', 'policy/aks-is-private', 'Assigned to the subscription: no group is left out.'),
  workload('NoPublicIPsForVMScaleSets', 'deny', 'policy/no-public-address-on-interfaces'),
  workload(
    'DenyAagWithoutWaf',
    'deny',
    ['policy/gateway-has-a-web-firewall', 'policy/gateway-has-a-firewall-policy'],
    undefined,
    { in2021: ['policy/gateway-has-a-web-firewall'] },
  ),
  workload(
    'DenyAksWithoutPolicy',
    'audit: the policy add-on is installed',
    'policy/aks-runs-the-policy-add-on',
    onlyAudited,
  ),
  workload('DenyAksWithoutRbac', 'audit: Kubernetes RBAC is on', 'policy/aks-asks-entra', onlyAudited),
  workload(
    'DenyOldAks',
    'audit: no version up to 1.13.4',
    'decision:supported-for-long',
    'Its list of versions ends in 2019. Here the version is checked on the spec against AKS’s calendar, before anything is deployed, and by the rule clusters-are-supported-for-long.',
    { in2021: ['decision:version-of-2021'] },
  ),
  workload(
    'Operating system and data disks are encrypted with a customer-managed key',
    'audit; the original’s own cluster fails it',
    'cluster-01/cluster#properties.diskEncryptionSetID',
    'Proved on every cluster by the rule cluster-disks-have-our-key.',
    { in2021: ['cluster-01/cluster#properties.diskEncryptionSetID', 'policy/aks-disks-have-our-key'] },
  ),
  workload(
    'Temp disks are encrypted at the host',
    'audit; the original’s own cluster fails it',
    'policy/aks-encrypts-at-the-host',
    'Denied here, and the cluster passes.',
  ),

  plan('KeyVaults', 'Standard', 'defender/KeyVaults'),
  plan('ContainerRegistry', 'Standard', 'defender/Containers', 'Merged into Containers in December 2021.', {
    in2021: ['defender/ContainerRegistry'],
  }),
  plan('KubernetesService', 'Standard', 'defender/Containers', 'Merged into Containers in December 2021.', {
    in2021: ['defender/KubernetesService'],
  }),
  plan('Arm', 'Standard', 'defender/Arm'),
  plan(
    'Dns',
    'Standard',
    'defender/VirtualMachines',
    'No longer sold by itself: part of Defender for servers, plan 2.',
    { in2021: ['defender/Dns'] },
  ),
];
