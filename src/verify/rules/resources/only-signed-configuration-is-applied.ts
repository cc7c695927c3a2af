import { extensionRule } from './extension-rule.ts';
import { has, setting } from './resource-rule.ts';

export const onlySignedConfigurationIsApplied = extensionRule('fluxConfigurations', {
  id: 'only-signed-configuration-is-applied',
  statement: 'Flux applies signed configuration, or none',
  controls: ['6.5.1', '6.3.2', '1.2.2'],

  faults: (configuration) => [
    setting(configuration, 'properties.suspend') === true ||
    (has(configuration, 'properties.ociRepository.verify.provider') === undefined &&
      has(configuration, 'properties.ociRepository.verify.verificationConfig') === undefined)
      ? undefined
      : 'applies what nobody has signed',
  ],
});
