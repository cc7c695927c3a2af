import type { ResourceTypeProvider } from '../contract.ts';
import { nameIn } from '../ids.ts';
import { membersOf, numberOf } from '../members.ts';
import { propertiesOf, resourceOf, takeIn, withEtag } from '../resource-form.ts';
import { badRequest, conflict } from '../service-checks.ts';
import { storageApiVersions } from './api-versions.ts';

const type = 'Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies';

/**
 * Time-based retention of a container, called `default`. Made unlocked; that it is locked (`POST …/lock`) or extended is not modelled,
 * so nothing becomes undeletable by accident.
 */
export const immutabilityPolicies: ResourceTypeProvider = {
  type,
  apiVersions: storageApiVersions,
  location: 'none',
  longRunning: false,
  put(input) {
    const { properties } = takeIn(type, input.body);
    if (nameIn(input.id).toLowerCase() !== 'default')
      throw badRequest('InvalidResourceName', "The immutability policy must be called 'default'.");
    const before = propertiesOf(input.existing);
    const days = numberOf(properties.immutabilityPeriodSinceCreationInDays) ?? 0;
    if (days < 1 || days > 146_000) {
      throw badRequest('InvalidRequestPropertyValue', `The immutability period must be 1 to 146000 days, not ${days}.`);
    }
    if (before.state === 'Locked')
      throw conflict('ContainerImmutabilityPolicyLocked', 'A locked immutability policy can only be extended.');
    const { allowProtectedAppendWrites, allowProtectedAppendWritesAll } = membersOf(properties);
    if (allowProtectedAppendWrites === true && allowProtectedAppendWritesAll === true) {
      throw badRequest(
        'InvalidRequestPropertyValue',
        'allowProtectedAppendWrites and allowProtectedAppendWritesAll exclude each other.',
      );
    }
    const policy = resourceOf(
      type,
      input,
      {},
      { ...properties, immutabilityPeriodSinceCreationInDays: days, state: 'Unlocked' },
    );
    return { put: [policy], delete: [] };
  },
  delete(existing) {
    if (propertiesOf(existing).state === 'Locked')
      throw conflict('ContainerImmutabilityPolicyLocked', 'A locked immutability policy cannot be deleted.');
    return { put: [], delete: [] };
  },
  read: (stored) => withEtag(stored),
};
