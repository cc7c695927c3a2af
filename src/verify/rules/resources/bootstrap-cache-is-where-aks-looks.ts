import { ofType, resourceRule, setting } from './resource-rule.ts';

export const bootstrapCacheIsWhereAksLooks = resourceRule({
  id: 'bootstrap-cache-is-where-aks-looks',
  statement: 'A registry that clusters start from caches Microsoft’s images where AKS looks for them',
  controls: ['6.3.2'],
  type: 'Microsoft.ContainerService/managedClusters',
  about: (cluster) => setting(cluster, 'properties.bootstrapProfile.artifactSource') === 'Cache',
  faults: (cluster, state) => {
    const registry = String(setting(cluster, 'properties.bootstrapProfile.containerRegistryId')).toLowerCase();
    const caches = ofType(state, 'Microsoft.ContainerRegistry/registries/cacheRules').some(
      (rule) =>
        rule.id.toLowerCase().startsWith(`${registry}/`) &&
        setting(rule, 'properties.sourceRepository') === 'mcr.microsoft.com/*' &&
        setting(rule, 'properties.targetRepository') === 'aks-managed-repository/*',
    );
    return [
      caches ? undefined : 'starts from a registry that does not cache mcr.microsoft.com as aks-managed-repository',
    ];
  },
});
