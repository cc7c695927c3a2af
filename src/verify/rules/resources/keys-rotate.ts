import type { ArmResource } from '../../../model/resource.ts';
import { since } from '../offers.ts';
import { has, list, resourceRule, setting } from './resource-rule.ts';

/** A key that only signs ends with its certificate: renewed by itself, it would no longer fit it. */
function encrypts(key: ArmResource): boolean {
  const operations = list(key, 'properties.keyOps');
  return operations.length === 0 || operations.some((one) => one !== 'sign' && one !== 'verify');
}

export const keysRotate = resourceRule({
  id: 'keys-rotate',
  statement: 'Keys that encrypt are renewed by themselves and end',
  controls: ['3.7.4', '3.7.1'],
  type: 'Microsoft.KeyVault/vaults/keys',
  about: encrypts,
  faults: (resource) =>
    since(
      'rotation policy of keys',
      has(resource, 'properties.rotationPolicy.attributes.expiryTime'),
      list(resource, 'properties.rotationPolicy.lifetimeActions').some(
        (action) => String(setting(action, 'action.type')).toLowerCase() === 'rotate',
      )
        ? undefined
        : 'is not renewed by itself',
    ),
});
