import type { ProviderContext, PutInput } from '../contract.ts';
import { nameIn } from '../ids.ts';
import { defined, type Members, membersOf, textOf } from '../members.ts';
import { propertiesOf } from '../resource-form.ts';
import { defaultVersion, fullVersion } from './kubernetes-versions.ts';

/** What the service adds to a cluster's properties: defaults (REST reference, managed clusters), names, addresses. */
export function clusterProperties(
  input: PutInput,
  envelope: Members,
  sent: Members,
  context: ProviderContext,
): Record<string, unknown> {
  const before = propertiesOf(input.existing);
  const version = textOf(sent.kubernetesVersion) ?? textOf(before.kubernetesVersion) ?? defaultVersion(context);
  const access = membersOf(sent.apiServerAccessProfile);
  const oidc = membersOf(sent.oidcIssuerProfile);
  const group = input.id.split('/')[4] ?? '';
  const location = String(envelope.location);
  return defined({
    ...sent,
    provisioningState: 'Succeeded',
    powerState: { code: 'Running' },
    kubernetesVersion: version,
    currentKubernetesVersion: fullVersion(version),
    maxAgentPools: 100,
    resourceUID: context.stableGuid(input.id, 'resourceUID').replaceAll('-', '').slice(0, 24),
    ...names(input.id, sent, access, location, context),
    nodeResourceGroup:
      textOf(sent.nodeResourceGroup) ??
      textOf(before.nodeResourceGroup) ??
      `MC_${group}_${nameIn(input.id)}_${location}`.slice(0, 80),
    enableRBAC: sent.enableRBAC ?? true,
    supportPlan: sent.supportPlan ?? 'KubernetesOfficial',
    disableLocalAccounts: sent.disableLocalAccounts ?? false,
    servicePrincipalProfile: sent.servicePrincipalProfile ?? { clientId: 'msi' },
    networkProfile: networkProfile(membersOf(sent.networkProfile)),
    apiServerAccessProfile: sent.apiServerAccessProfile === undefined ? undefined : accessProfile(access),
    autoUpgradeProfile: { nodeOSUpgradeChannel: 'NodeImage', ...membersOf(sent.autoUpgradeProfile) },
    oidcIssuerProfile:
      oidc.enabled === true || membersOf(before.oidcIssuerProfile).enabled === true
        ? {
            ...oidc,
            enabled: true,
            issuerURL: `https://${location}.oic.prod-aks.azure.com/${context.tenantId}/${context.stableGuid(input.id, 'oidcIssuer')}/`,
          }
        : { enabled: false },
    bootstrapProfile: { artifactSource: 'Direct', ...membersOf(sent.bootstrapProfile) },
    storageProfile: {
      diskCSIDriver: { enabled: true },
      fileCSIDriver: { enabled: true },
      snapshotController: { enabled: true },
      ...membersOf(sent.storageProfile),
    },
    aadProfile:
      sent.aadProfile === undefined ? undefined : { tenantID: context.tenantId, ...membersOf(sent.aadProfile) },
  });
}

/** Names of the API server: a public one unless that is turned off, a private one for private clusters. */
function names(id: string, sent: Members, access: Members, location: string, context: ProviderContext): Members {
  const hash = context.stableGuid(id, 'fqdn').slice(0, 8);
  const prefix = textOf(sent.fqdnSubdomain) ?? `${String(sent.dnsPrefix)}-${hash}`;
  const isPrivate = access.enablePrivateCluster === true;
  const zone = textOf(access.privateDNSZone);
  const own = zone?.startsWith('/') ? nameIn(zone) : undefined;
  const word = access.enableVnetIntegration === true ? 'private' : 'privatelink';
  const system = `${context.stableGuid(id, 'privateDNSZone')}.${word}.${location}.azmk8s.io`;
  const hasPublic = !isPrivate || (access.enablePrivateClusterPublicFQDN ?? true) === true;
  return defined({
    dnsPrefix: sent.dnsPrefix,
    fqdn: hasPublic ? `${prefix}.hcp.${location}.azmk8s.io` : undefined,
    privateFQDN: isPrivate && zone !== 'none' ? `${prefix}.${own ?? system}` : undefined,
    azurePortalFQDN: `${prefix}.portal.hcp.${location}.azmk8s.io`,
  });
}

function accessProfile(access: Members): Members {
  const isPrivate = access.enablePrivateCluster === true;
  return defined({
    ...access,
    privateDNSZone: isPrivate ? (access.privateDNSZone ?? 'system') : access.privateDNSZone,
    enablePrivateClusterPublicFQDN: isPrivate ? (access.enablePrivateClusterPublicFQDN ?? true) : undefined,
  });
}

function networkProfile(given: Members): Members {
  const plugin = given.networkPlugin ?? 'azure';
  const serviceCidr = textOf(given.serviceCidr) ?? '10.0.0.0/16';
  const isOverlay = given.networkPluginMode === 'overlay' || plugin === 'kubenet';
  const podCidr = given.podCidr ?? (isOverlay ? '10.244.0.0/16' : undefined);
  return defined({
    ...given,
    networkPlugin: plugin,
    networkPolicy: given.networkPolicy ?? 'none',
    networkDataplane: given.networkDataplane ?? 'azure',
    loadBalancerSku: textOf(given.loadBalancerSku)?.toLowerCase() ?? 'standard',
    outboundType: given.outboundType ?? 'loadBalancer',
    serviceCidr,
    serviceCidrs: given.serviceCidrs ?? [serviceCidr],
    dnsServiceIP: given.dnsServiceIP ?? (given.serviceCidr === undefined ? '10.0.0.10' : undefined),
    podCidr,
    podCidrs: given.podCidrs ?? (podCidr === undefined ? undefined : [podCidr]),
    ipFamilies: given.ipFamilies ?? ['IPv4'],
  });
}
