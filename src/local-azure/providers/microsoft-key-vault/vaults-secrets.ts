import type { ResourceTypeProvider } from '../contract.ts';
import { nameIn, parentOf } from '../ids.ts';
import { membersOf, without } from '../members.ts';
import { resourceOf, takeIn } from '../resource-form.ts';
import { badRequest } from '../service-checks.ts';
import { vaultApiVersions } from './api-versions.ts';

const type = 'Microsoft.KeyVault/vaults/secrets';

/** Secrets by the control plane. The value is not kept: the control plane never gives it back. */
export const vaultSecrets: ResourceTypeProvider = {
  type,
  apiVersions: vaultApiVersions.filter((version) => version >= '2016-10-01'),
  location: 'none',
  longRunning: false,
  put(input, context) {
    const { envelope, properties } = takeIn(type, input.body);
    const name = nameIn(input.id);
    if (!/^[a-z0-9-]{1,127}$/i.test(name)) {
      throw badRequest('BadParameter', `The secret name '${name}' is not valid: 1 to 127 letters, digits and hyphens.`);
    }
    const vault = context.view.get(parentOf(input.id));
    const secretUri = `https://${String(vault?.name).toLowerCase()}.vault.azure.net/secrets/${name}`;
    const secret = resourceOf(
      type,
      input,
      { location: vault?.location, ...envelope },
      {
        ...without(properties, 'value'),
        attributes: { enabled: true, ...membersOf(properties.attributes) },
        secretUri,
        secretUriWithVersion: `${secretUri}/${context.stableGuid(input.id, 'version').replaceAll('-', '')}`,
      },
    );
    return { put: [secret], delete: [] };
  },
};
