import { resourceRule, wants } from './resource-rule.ts';

export const vaultsAuthorizeByRole = resourceRule({
  id: 'vaults-authorize-by-role',
  statement: 'Vaults are opened by roles, and to no platform feature',
  controls: ['3.6.1', '7.2.1', '7.2.2'],
  type: 'Microsoft.KeyVault/vaults',
  faults: (resource) => [
    wants(resource, 'properties.enableRbacAuthorization', true),
    wants(resource, 'properties.enabledForDeployment', false),
    wants(resource, 'properties.enabledForDiskEncryption', false),
    wants(resource, 'properties.enabledForTemplateDeployment', false),
  ],
});
