import type { ResourceTypeProvider } from '../contract.ts';
import { nameIn } from '../ids.ts';
import { defined, membersOf, numberOf } from '../members.ts';
import { resourceOf, takeIn } from '../resource-form.ts';
import { badRequest } from '../service-checks.ts';
import { storageApiVersions } from './api-versions.ts';

const type = 'Microsoft.Storage/storageAccounts/blobServices';

/** The blob service of an account, called `default`. Stands only once it is written; Azure has it from the start. */
export const blobServices: ResourceTypeProvider = {
  type,
  apiVersions: storageApiVersions,
  location: 'none',
  longRunning: false,
  put(input) {
    const { envelope, properties } = takeIn(type, input.body);
    if (nameIn(input.id).toLowerCase() !== 'default')
      throw badRequest('InvalidResourceName', "The blob service must be called 'default'.");
    for (const name of ['deleteRetentionPolicy', 'containerDeleteRetentionPolicy', 'restorePolicy']) {
      const { enabled, days } = membersOf(properties[name]);
      const count = numberOf(days);
      if (enabled !== true || (count !== undefined && count >= 1 && count <= 365)) continue;
      throw badRequest('InvalidRequestPropertyValue', `The days of ${name} must be 1 to 365, not ${String(days)}.`);
    }
    const restores = membersOf(properties.restorePolicy).enabled === true;
    const needed =
      ['isVersioningEnabled'].every((name) => properties[name] === true) &&
      membersOf(properties.changeFeed).enabled === true;
    if (restores && !needed) {
      throw badRequest(
        'ConflictFeatureEnabled',
        'Point-in-time restore needs versioning, the change feed and soft delete of blobs.',
      );
    }
    const service = resourceOf(
      type,
      input,
      envelope,
      defined({
        cors: { corsRules: [] },
        deleteRetentionPolicy: { enabled: false, allowPermanentDelete: false },
        ...properties,
      }),
    );
    return { put: [service], delete: [] };
  },
  delete() {
    throw badRequest('OperationNotAllowed', 'The blob service of an account cannot be deleted.');
  },
};
