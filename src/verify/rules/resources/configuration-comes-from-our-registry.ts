import { extensionRule } from './extension-rule.ts';
import { has, setting, wants } from './resource-rule.ts';

export const configurationComesFromOurRegistry = extensionRule('fluxConfigurations', {
  id: 'configuration-comes-from-our-registry',
  statement: 'Flux fetches the configuration from a registry, encrypted, without a secret',
  controls: ['1.3.2', '6.5.1', '8.6.2'],

  faults: (configuration) => [
    wants(configuration, 'properties.sourceKind', 'OCIRepository'),
    wants(configuration, 'properties.ociRepository.useWorkloadIdentity', true),
    has(configuration, 'properties.ociRepository.serviceAccountName'),
    has(configuration, 'properties.ociRepository.repositoryRef'),
    wants(configuration, 'properties.ociRepository.insecure', false),
    /^oci:\/\/[a-z0-9]+\.azurecr\.io\//.test(String(setting(configuration, 'properties.ociRepository.url')))
      ? undefined
      : 'fetches from a registry that is none of ours',
  ],
});
