import type { ArmResource } from '../../../model/resource.ts';
import type { ProviderContext, ResourceTypeProvider } from '../contract.ts';
import { nameIn, parentOf } from '../ids.ts';
import { defined, membersOf } from '../members.ts';
import { propertiesOf, resourceOf, takeIn, withEtag, withProperties } from '../resource-form.ts';
import { badRequest, conflict } from '../service-checks.ts';
import { storageApiVersions } from './api-versions.ts';

const type = 'Microsoft.Storage/storageAccounts/blobServices/containers';

/** Blob containers. PublicAccessNotPermitted is the service's code; ContainerProtectedFromDeletion too. */
export const blobContainers: ResourceTypeProvider = {
  type,
  apiVersions: storageApiVersions,
  location: 'none',
  longRunning: false,
  put(input, context) {
    const { properties } = takeIn(type, input.body);
    const name = nameIn(input.id);
    if (!/^(\$root|\$web|\$logs|(?!.*--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9])$/.test(name)) {
      throw badRequest('ContainerOperationFailure', `The specifed resource name contains invalid characters: ${name}.`);
    }
    const account = context.view.get(parentOf(parentOf(input.id)));
    const access = properties.publicAccess ?? 'None';
    if (access !== 'None' && propertiesOf(account).allowBlobPublicAccess === false) {
      throw conflict('PublicAccessNotPermitted', 'Public access is not permitted on this storage account.');
    }
    const versions = membersOf(properties.immutableStorageWithVersioning);
    const container = resourceOf(
      type,
      input,
      {},
      defined({
        ...properties,
        publicAccess: access,
        defaultEncryptionScope: properties.defaultEncryptionScope ?? '$account-encryption-key',
        denyEncryptionScopeOverride: properties.denyEncryptionScopeOverride ?? false,
        immutableStorageWithVersioning:
          versions.enabled === true ? { ...versions, migrationState: 'Completed' } : undefined,
        leaseState: 'Available',
        leaseStatus: 'Unlocked',
        hasLegalHold: false,
      }),
    );
    return { put: [container], delete: [] };
  },
  delete(existing, context) {
    if (propertiesOf(policyOf(existing, context)).state === 'Locked') {
      throw conflict(
        'ContainerProtectedFromDeletion',
        `The container ${existing.name} has a locked immutability policy and cannot be deleted.`,
      );
    }
    return { put: [], delete: [] };
  },
  read(stored, context) {
    const policy = policyOf(stored, context);
    const held = propertiesOf(policy);
    return withEtag(
      withProperties(
        stored,
        defined({
          hasImmutabilityPolicy: policy !== undefined,
          immutabilityPolicy:
            policy === undefined
              ? undefined
              : {
                  properties: {
                    immutabilityPeriodSinceCreationInDays: held.immutabilityPeriodSinceCreationInDays,
                    state: held.state,
                  },
                },
        }),
      ),
    );
  },
};

const policyOf = (container: ArmResource, context: ProviderContext): ArmResource | undefined =>
  context.view.children(container.id, 'immutabilityPolicies')[0];
