import { type OriginalRow, rowsOf } from '../row.ts';

const stamp = rowsOf('resource', 'cluster-stamp');
const vault = rowsOf('setting', 'kv-aks-H');
const registry = rowsOf('setting', 'acraksH');
const right = rowsOf('role assignment', 'cluster-stamp');

/** Vault, registry, identities and rights of the original's cluster stamp. */
export const supplyRows: readonly OriginalRow[] = [
  stamp('mi-aks-H-controlplane', 'identity', 'cluster-01/identity-control-plane'),
  stamp('mi-appgateway-frontend', 'identity', 'cluster-01/identity-gateway'),
  stamp('podmi-ingress-controller', 'identity', 'cluster-01/identity-ingress'),
  stamp(
    'kv-aks-H',
    'vault, standard',
    'cluster-01/vault',
    'Premium: keys live in hardware. The key of the disks has a vault of its own.',
  ),
  vault(
    'access policies',
    'gateway and ingress read every secret and certificate',
    ['cluster-01/identity-gateway/secret-gateway-listener', 'cluster-01/identity-ingress/secret-ingress-server'],
    'Azure roles on single secrets, in both profiles.',
  ),
  vault('networkAcls', 'everything is allowed', 'cluster-01/vault#properties.networkAcls'),
  vault('enabledForDeployment and others', 'off', [
    'cluster-01/vault#properties.enabledForDeployment',
    'cluster-01/vault#properties.enabledForDiskEncryption',
    'cluster-01/vault#properties.enabledForTemplateDeployment',
  ]),
  vault('soft delete', 'on', 'cluster-01/vault#properties.enableSoftDelete'),
  vault('purge protection', 'absent', 'cluster-01/vault#properties.enablePurgeProtection', 'On.'),
  stamp(
    'kv-aks-H/sslcert',
    'the listener’s certificate, through a plain parameter',
    'cluster-01/identity-gateway/secret-gateway-listener',
    'Put into the vault by the certificates stage, from inside; never in a template.',
  ),
  stamp(
    'kv-aks-H/appgw-ingress-internal-aks-ingress-contoso-com-tls',
    'the ingress’s certificate, for the gateway to trust',
    'cluster-01/identity-gateway/secret-ingress-authority',
    'The authority that signed it, so that renewal needs no change at the gateway.',
  ),
  stamp(
    'kv-aks-H/ingress-internal-aks-ingress-contoso-com-tls',
    'certificate and key, imported by hand',
    'cluster-01/identity-ingress/secret-ingress-server',
  ),
  stamp(
    'acraksH',
    'registry, Premium',
    ['cluster-01/registry-quarantine', 'cluster-01/registry-live'],
    'Two registries: what runs comes from one that images enter only by promotion.',
    { in2021: ['cluster-01/registry'] },
  ),
  registry('adminUserEnabled', 'false', 'cluster-01/registry-live#properties.adminUserEnabled', undefined, {
    in2021: ['cluster-01/registry#properties.adminUserEnabled'],
  }),
  registry('publicNetworkAccess', 'Disabled', 'cluster-01/registry-live#properties.publicNetworkAccess', undefined, {
    in2021: ['cluster-01/registry#properties.publicNetworkAccess'],
  }),
  registry('networkRuleSet', 'Deny', 'cluster-01/registry-live#properties.networkRuleSet', undefined, {
    in2021: ['cluster-01/registry#properties.networkRuleSet'],
  }),
  registry(
    'networkRuleBypassOptions',
    'AzureServices',
    'cluster-01/registry-live#properties.networkRuleBypassOptions',
    undefined,
    { in2021: ['cluster-01/registry#properties.networkRuleBypassOptions'] },
  ),
  registry('dataEndpointEnabled', 'true', 'cluster-01/registry-live#properties.dataEndpointEnabled', undefined, {
    in2021: ['cluster-01/registry#properties.dataEndpointEnabled'],
  }),
  registry('quarantinePolicy', 'disabled', 'cluster-01/registry-live#properties.policies.quarantinePolicy', undefined, {
    in2021: ['cluster-01/registry#properties.policies.quarantinePolicy'],
  }),
  registry(
    'trustPolicy',
    'Notary, enabled',
    'decision:only-signed-configuration',
    'Content trust cannot be enabled since 2026-05-31; signatures follow the Notary Project.',
    { in2021: ['cluster-01/registry#properties.policies.trustPolicy'] },
  ),
  registry(
    'retentionPolicy',
    '15 days for untagged manifests',
    'cluster-01/registry-quarantine#properties.policies.retentionPolicy',
    'In quarantine, 30 days; live forgets nothing by itself.',
    { in2021: ['cluster-01/registry#properties.policies.retentionPolicy'] },
  ),
  registry(
    'encryption',
    'no key of the customer’s',
    [],
    'Layers hold no card data and are encrypted by the platform; a key of ours would make every pull depend on the vault.',
  ),
  registry('zoneRedundancy', 'Disabled', 'cluster-01/registry-live#properties.zoneRedundancy', undefined, {
    in2021: ['cluster-01/registry#properties.zoneRedundancy'],
  }),
  stamp(
    'acraksH/replications',
    'a second region',
    'decision:registries-outlive-a-zone',
    'Zones outlive a building; a second region is a choice that costs a second registry.',
  ),
  stamp('acraksH/agentPools/acragent', 'one agent, S1', 'cluster-01/registry-quarantine/agent-pool', undefined, {
    in2021: ['cluster-01/registry/agent-pool'],
  }),
  stamp('pe-kv-aks-H', 'private endpoint of the vault', [
    'cluster-01/vault/endpoint',
    'cluster-01/vault/endpoint/names',
  ]),
  stamp(
    'pe-acraksH',
    'private endpoint of the registry',
    [
      'cluster-01/registry-live/endpoint',
      'cluster-01/registry-live/endpoint/names',
      'cluster-01/registry-quarantine/endpoint',
    ],
    undefined,
    { in2021: ['cluster-01/registry/endpoint', 'cluster-01/registry/endpoint/names'] },
  ),

  right(
    'control plane on vnet-spoke-01',
    'Private DNS Zone Contributor',
    'cluster-01/identity-control-plane/network',
    'A custom role that may link a network to a zone, and nothing else.',
  ),
  right(
    'control plane on privatelink.LOC.azmk8s.io',
    'Private DNS Zone Contributor',
    'cluster-01/identity-control-plane/zone',
  ),
  right(
    'control plane on snet-cluster-systemnodepool',
    'Network Contributor',
    'cluster-01/identity-control-plane/subnet-cluster-systemnodepool',
    'A custom role that may join it.',
  ),
  right(
    'control plane on snet-cluster-inscopenodepools',
    'Network Contributor',
    'cluster-01/identity-control-plane/subnet-cluster-inscopenodepools',
    'A custom role that may join it.',
  ),
  right(
    'control plane on snet-cluster-outofscopenodepools',
    'Network Contributor',
    'cluster-01/identity-control-plane/subnet-cluster-outofscopenodepools',
    'A custom role that may join it.',
  ),
  right(
    'control plane on snet-cluster-ingressservices',
    'Network Contributor',
    'cluster-01/identity-control-plane/subnet-cluster-ingressservices',
    'A custom role that may join it.',
  ),
  right(
    'control plane on podmi-ingress-controller',
    'Managed Identity Operator',
    'cluster-01/identity-ingress/trust',
    'Pods sign in by their account: nothing has to be assigned to nodes.',
    { in2021: ['cluster-01/identity-control-plane/ingress'] },
  ),
  right(
    'kubelet on the registry',
    'AcrPull',
    'cluster-01/identity-kubelet/images',
    'A reader of the live registry’s repositories; AcrPull does not count where rights are by repository.',
  ),
  right(
    'monitoring add-on on the cluster',
    'Monitoring Metrics Publisher',
    'decision:metrics-by-prometheus',
    'Managed Prometheus needs no such right.',
    { in2021: ['cluster-01/cluster/agent-publishes-metrics'] },
  ),
  right(
    'operator on the vault (temporary)',
    'access policy to import certificates',
    'policy/role-security',
    'The stage’s role has the right; nobody gives it to themselves.',
  ),
  right(
    'Enable Defender’s identity',
    'none, although its definition asks for Security Admin',
    'decision:policies-act-through-named-identities',
    'In 2021 a role of our own with the five actions that turning a plan on takes.',
    { in2021: ['policy/compliance-may-turn-plans-on', 'policy/role-plan-keeper'] },
  ),
];
