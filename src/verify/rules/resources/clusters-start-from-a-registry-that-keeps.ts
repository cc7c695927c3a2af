import { since } from '../offers.ts';
import { ofType, resourceRule, setting, wants } from './resource-rule.ts';

export const clustersStartFromARegistryThatKeeps = resourceRule({
  id: 'clusters-start-from-a-registry-that-keeps',
  statement: 'Clusters start from a registry of ours that exports nothing and removes nothing by itself',
  controls: ['6.3.2', '1.3.2', '6.5.1'],
  type: 'Microsoft.ContainerService/managedClusters',
  faults: (cluster, state) => {
    const id = String(setting(cluster, 'properties.bootstrapProfile.containerRegistryId')).toLowerCase();
    const registry = ofType(state, 'Microsoft.ContainerRegistry/registries').find((one) => one.id.toLowerCase() === id);
    const source = wants(cluster, 'properties.bootstrapProfile.artifactSource', 'Cache');
    if (source !== undefined) return since('start from a registry of ours', source);
    if (registry === undefined)
      return since('start from a registry of ours', 'starts from a registry that is not in the state');
    const exports = String(setting(registry, 'properties.policies.exportPolicy.status')).toLowerCase() !== 'disabled';
    const forgets =
      String(setting(registry, 'properties.policies.retentionPolicy.status')).toLowerCase() !== 'disabled';
    return since(
      'start from a registry of ours',
      exports ? 'starts from a registry that lets images be exported' : undefined,
      forgets ? 'starts from a registry that removes images by itself' : undefined,
    );
  },
});
