import { fields } from '../../arm-view.ts';
import { extensionRule } from './extension-rule.ts';
import { setting } from './resource-rule.ts';

export const fluxHasNoMoreThanItNeeds = extensionRule('extensions', {
  id: 'flux-has-no-more-than-it-needs',
  statement:
    'Flux runs without the controllers that it does not use, keeps tenants apart, and signs in without a secret',
  controls: ['2.2.4', '8.6.2', '7.2.5'],
  about: (extension) => String(setting(extension, 'properties.extensionType')).toLowerCase() === 'microsoft.flux',
  faults: (extension) => {
    const off = ['helm', 'notification', 'image-automation', 'image-reflector'].map(
      (name) => `${name}-controller.enabled`,
    );
    const settings = fields(setting(extension, 'properties.configurationSettings'));
    return [
      ...off.map((name) => (settings[name] === 'false' ? undefined : `leaves ${name} on`)),
      settings['multiTenancy.enforce'] === 'true' ? undefined : 'does not keep tenants apart',
      settings['workloadIdentity.enable'] === 'true' ? undefined : 'does not sign in as its service account',
    ];
  },
});
