import type { ArmResource } from '../../../model/resource.ts';
import type { State } from '../../../model/state.ts';
import { has, ofType, resourceRule, setting, wants } from './resource-rule.ts';

export const keysLiveInHardware = resourceRule({
  id: 'keys-live-in-hardware',
  statement: 'Keys are made in hardware and never leave it, but for those of certificates that a server must present',
  controls: ['3.6.1', '3.7.1'],
  type: 'Microsoft.KeyVault/vaults/keys',
  about: (resource, state) => !isPresented(resource, state),
  faults: (resource) => [
    wants(resource, 'properties.kty', 'RSA-HSM', 'EC-HSM'),
    ...(String(setting(resource, 'properties.kty')).startsWith('EC')
      ? []
      : [wants(resource, 'properties.keySize', 3072, 4096)]),
    wants(resource, 'properties.attributes.exportable', false),
    has(resource, 'properties.keyOps'),
  ],
});

/**
 * A server that ends TLS holds the private key: the vault hands it out as the secret of the same name. It can sign and nothing else.
 */
function isPresented(key: ArmResource, state: State): boolean {
  const operations = setting(key, 'properties.keyOps');
  const signsOnly = Array.isArray(operations) && operations.every((one) => one === 'sign' || one === 'verify');
  const secretId = key.id.replace(/\/keys\//i, '/secrets/').toLowerCase();
  return (
    signsOnly &&
    ofType(state, 'Microsoft.KeyVault/vaults/secrets').some(
      ({ id, properties }) =>
        id.toLowerCase() === secretId &&
        ['application/x-pkcs12', 'application/x-pem-file'].includes(String(properties?.contentType)),
    ) &&
    setting(key, 'properties.attributes.exportable') === true
  );
}
