import { has, list, resourceRule, setting } from './resource-rule.ts';

export const keysRotate = resourceRule({
  id: 'keys-rotate',
  statement: 'Keys are renewed by themselves and end',
  controls: ['3.7.4', '3.7.1'],
  type: 'Microsoft.KeyVault/vaults/keys',
  faults: (resource) => [
    has(resource, 'properties.rotationPolicy.attributes.expiryTime'),
    list(resource, 'properties.rotationPolicy.lifetimeActions').some(
      (action) => String(setting(action, 'action.type')).toLowerCase() === 'rotate',
    )
      ? undefined
      : 'is not renewed by itself',
  ],
});
