/**
 * What platform and operators reach outside, by host name. Sources: Microsoft, "Outbound network and FQDN rules for AKS clusters"
 * (azure-aks-docs `outbound-rules-control-egress`), "Azure Container Registry task agent pools", "Azure VM Image Builder networking",
 * Microsoft Defender for Containers' network requirements. Azure's public cloud.
 */
const resourceManager = 'management.azure.com';
const signIn = 'login.microsoftonline.com';
const timeServer = 'ntp.ubuntu.com';

/** What stands behind the name tag: Microsoft keeps the list of what AKS nodes need. */
export const aksNameTag = 'AzureKubernetesService';

export const policyAddOnNames = ['data.policy.core.windows.net', 'store.policy.core.windows.net'] as const;

export function extensionNames(region: string): readonly string[] {
  return [`${region}.dp.kubernetesconfiguration.azure.com`, resourceManager, signIn];
}

export const defenderNames = ['*.cloud.defender.microsoft.com'] as const;

export const operatorNames = [resourceManager, signIn] as const;

export const timeNames = [timeServer] as const;

/** Registry task agents, by service tag; Storage and Event Hubs are those of the registry's region. */
export function registryAgentTags(region: string): readonly string[] {
  return ['AzureKeyVault', `Storage.${region}`, `EventHub.${region}`, 'AzureActiveDirectory', 'AzureMonitor'];
}

/** The service tag and port of the agents' own diagnostics. */
export const registryAgentDiagnostics = { tag: 'AzureMonitor', port: 12000 } as const;

/** Packages of the build machine's system, over HTTP too: packages are signed, and the mirrors offer nothing else everywhere. */
export const packageNames = [
  'azure.archive.ubuntu.com',
  'archive.ubuntu.com',
  'security.ubuntu.com',
  'packages.microsoft.com',
] as const;

/** Releases of kubectl, Helm, and of what is released on GitHub (Flux, kubelogin). */
export const toolNames = [
  'dl.k8s.io',
  'cdn.dl.k8s.io',
  'get.helm.sh',
  'github.com',
  'objects.githubusercontent.com',
  'release-assets.githubusercontent.com',
] as const;

/** The builder makes a storage account with a name of its own for every build, hence the wildcard. */
export const imageBuilderServiceNames = [resourceManager, signIn, '*.blob.core.windows.net'] as const;

/** Where Flux fetches from when its source is a repository on GitHub. */
export const gitHostNames = ['github.com', 'api.github.com'] as const;
