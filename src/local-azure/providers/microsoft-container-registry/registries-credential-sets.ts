import type { ResourceTypeProvider } from '../contract.ts';
import { parentOf, sameId } from '../ids.ts';
import { listOf, membersOf, textOf } from '../members.ts';
import { propertiesOf, resourceOf, takeIn } from '../resource-form.ts';
import { badRequest, withIdentity } from '../service-checks.ts';
import { registryApiVersions } from './api-versions.ts';

const type = 'Microsoft.ContainerRegistry/registries/credentialSets';

/** Credentials for an upstream registry, as names of vault secrets (learn.microsoft.com, artifact cache). Codes are named here. */
export const credentialSets: ResourceTypeProvider = {
  type,
  apiVersions: registryApiVersions.filter((version) => version >= '2023-01-01'),
  location: 'none',
  longRunning: true,
  put(input, context) {
    const { envelope, properties } = takeIn(type, input.body);
    const credentials = listOf(properties.authCredentials).map(membersOf);
    const secret = /^https:\/\/[a-z0-9-]+\.vault\.[a-z.]+\/secrets\/[^/]+/i;
    const isValid = credentials.every(
      ({ usernameSecretIdentifier, passwordSecretIdentifier }) =>
        secret.test(String(usernameSecretIdentifier)) && secret.test(String(passwordSecretIdentifier)),
    );
    if (credentials.length !== 1 || !isValid) {
      throw badRequest('InvalidAuthCredentials', 'A credential set has one pair of Key Vault secret identifiers.');
    }
    const set = resourceOf(type, input, withIdentity(input.id, envelope, context), {
      ...properties,
      authCredentials: credentials.map((item) => ({
        ...item,
        name: textOf(item.name) ?? 'Credential1',
        credentialHealth: { status: 'Healthy' },
      })),
      provisioningState: 'Succeeded',
    });
    return { put: [set], delete: [] };
  },
  delete(existing, context) {
    const user = context.view
      .children(parentOf(existing.id), 'cacheRules')
      .find((rule) => sameId(textOf(propertiesOf(rule).credentialSetResourceId), existing.id));
    if (user !== undefined)
      throw badRequest(
        'CredentialSetInUse',
        `The credential set '${existing.name}' is used by cache rule '${user.name}'.`,
      );
    return { put: [], delete: [] };
  },
};
