import type { ResourceTypeProvider } from '../contract.ts';
import { nameIn, parentOf } from '../ids.ts';
import { defined, membersOf, numberOf, textOf } from '../members.ts';
import { propertiesOf, resourceOf, takeIn } from '../resource-form.ts';
import { badRequest } from '../service-checks.ts';
import { vaultApiVersions } from './api-versions.ts';

const type = 'Microsoft.KeyVault/vaults/keys';

const sizes: Readonly<Record<string, readonly number[]>> = { RSA: [2048, 3072, 4096], 'RSA-HSM': [2048, 3072, 4096] };

/**
 * Keys by the control plane: made once; a PUT of one that is there changes nothing (REST reference, Keys - Create If Not Exist). The key
 * itself is not made, only its names. Refused under the service's `BadParameter`.
 */
export const vaultKeys: ResourceTypeProvider = {
  type,
  apiVersions: vaultApiVersions.filter((version) => version >= '2019-09-01'),
  location: 'none',
  longRunning: false,
  put(input, context) {
    if (input.existing !== undefined) return { put: [input.existing], delete: [] };
    const { envelope, properties } = takeIn(type, input.body);
    const name = nameIn(input.id);
    if (!/^[a-z0-9-]{1,127}$/i.test(name)) {
      throw badRequest('BadParameter', `The key name '${name}' is not valid: 1 to 127 letters, digits and hyphens.`);
    }
    const vault = context.view.get(parentOf(input.id));
    const kty = textOf(properties.kty) ?? 'RSA';
    if (kty.endsWith('-HSM') && membersOf(propertiesOf(vault).sku).name !== 'premium') {
      throw badRequest('BadParameter', `A key of type ${kty} needs a vault of the premium tier.`);
    }
    const keySize = numberOf(properties.keySize) ?? (kty.startsWith('RSA') ? 2048 : undefined);
    if (keySize !== undefined && sizes[kty]?.includes(keySize) === false) {
      throw badRequest('BadParameter', `A key of type ${kty} cannot have ${keySize} bits.`);
    }
    const keyUri = `https://${String(vault?.name).toLowerCase()}.vault.azure.net/keys/${name}`;
    const isProtected = propertiesOf(vault).enablePurgeProtection === true;
    const key = resourceOf(
      type,
      input,
      { location: vault?.location, ...envelope },
      defined({
        ...properties,
        kty,
        keySize,
        curveName: kty.startsWith('EC') ? (properties.curveName ?? 'P-256') : undefined,
        keyOps: properties.keyOps ?? [],
        attributes: {
          enabled: true,
          exportable: false,
          ...membersOf(properties.attributes),
          recoveryLevel: isProtected ? 'Recoverable' : 'Recoverable+Purgeable',
        },
        keyUri,
        keyUriWithVersion: `${keyUri}/${context.stableGuid(input.id, 'version').replaceAll('-', '')}`,
      }),
    );
    return { put: [key], delete: [] };
  },
};
