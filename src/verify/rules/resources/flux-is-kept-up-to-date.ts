import { extensionRule } from './extension-rule.ts';
import { setting, wants } from './resource-rule.ts';

export const fluxIsKeptUpToDate = extensionRule('extensions', {
  id: 'flux-is-kept-up-to-date',
  statement: 'Flux follows the stable train',
  controls: ['6.3.3', '12.3.4'],
  about: (extension) => String(setting(extension, 'properties.extensionType')).toLowerCase() === 'microsoft.flux',
  faults: (extension) => [
    wants(extension, 'properties.autoUpgradeMinorVersion', true),
    wants(extension, 'properties.releaseTrain', 'Stable'),
  ],
});
