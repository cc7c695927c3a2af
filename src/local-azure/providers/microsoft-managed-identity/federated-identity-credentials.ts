import type { ResourceTypeProvider } from '../contract.ts';
import { nameIn, parentOf, sameId } from '../ids.ts';
import { textOf, textsOf, without } from '../members.ts';
import { propertiesOf, resourceOf, takeIn } from '../resource-form.ts';
import { badRequest, conflict } from '../service-checks.ts';

const type = 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials';

/** learn.microsoft.com, workload identity federation: considerations. */
const limit = 20;

/**
 * Federated credentials of an identity. A write is an operation here, though Azure answers at once: only so can one be under way while
 * another comes, which Azure refuses (Azure/bicep #10928, Azure/bicep-registry-modules #1447).
 */
export const federatedIdentityCredentials: ResourceTypeProvider = {
  type,
  apiVersions: ['2024-11-30', '2023-07-31-preview', '2023-01-31', '2022-01-31-preview'],
  location: 'none',
  longRunning: true,
  put(input, context) {
    const { properties } = takeIn(type, input.body);
    const name = nameIn(input.id);
    if (!/^[a-z0-9][\w-]{2,119}$/i.test(name)) {
      throw badRequest(
        'InvalidResourceName',
        `The federated identity credential name '${name}' is invalid: 3 to 120 letters, digits, hyphens and underscores, beginning with a letter or digit.`,
      );
    }
    const identityId = parentOf(input.id);
    const siblings = context.view
      .children(identityId, 'federatedIdentityCredentials')
      .filter(({ id }) => !sameId(id, input.id));
    if (siblings.some((sibling) => propertiesOf(sibling).provisioningState === 'Updating')) {
      throw conflict(
        'ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity',
        `Too many Federated Identity Credentials are written concurrently for the managed identity '${identityId}'. Concurrent Federated Identity Credentials writes under the same managed identity are not supported.`,
      );
    }
    checkTrust(textOf(properties.issuer), textsOf(properties.audiences));
    const twin = siblings.find((sibling) => {
      const { issuer, subject } = propertiesOf(sibling);
      return issuer === properties.issuer && subject === properties.subject;
    });
    if (twin !== undefined) {
      throw conflict('Conflict', 'Issuer and subject combination already exists for this Managed Identity.');
    }
    if (siblings.length >= limit) {
      throw badRequest(
        'FederatedIdentityCredentialsLimitReached',
        `The managed identity '${identityId}' has ${limit} federated identity credentials, and cannot have more.`,
      );
    }
    return { put: [resourceOf(type, input, {}, properties)], delete: [] };
  },
  read: (stored) => ({ ...stored, properties: without(propertiesOf(stored), 'provisioningState') }) as typeof stored,
};

/** An issuer is an HTTPS address; one audience (learn.microsoft.com, workload identity federation). */
function checkTrust(issuer: string | undefined, audiences: readonly string[]): void {
  if (issuer === undefined || !/^https:\/\/\S+$/.test(issuer)) {
    throw badRequest(
      'InvalidFederatedIdentityCredentialValue',
      `The issuer '${issuer ?? ''}' must be an https address.`,
    );
  }
  if (audiences.length !== 1) {
    throw badRequest(
      'InvalidFederatedIdentityCredentialValue',
      `A federated identity credential has one audience, not ${audiences.length}.`,
    );
  }
}
