import type { ResourceTypeProvider } from '../contract.ts';
import { nameIn } from '../ids.ts';
import { textOf } from '../members.ts';
import { resourceOf, takeIn } from '../resource-form.ts';
import { badRequest } from '../service-checks.ts';

const type = 'Microsoft.Authorization/locks';

/**
 * Management locks, stored and checked. That other writes are refused under a lock (`ScopeLocked`) is the pipeline's to enforce.
 * Codes InvalidLockLevel, InvalidLockName and InvalidLockNotes are named here; the limits are documented (REST reference, management locks).
 */
export const locks: ResourceTypeProvider = {
  type,
  apiVersions: ['2020-05-01', '2017-04-01', '2016-09-01', '2015-06-01', '2015-05-01-preview', '2015-01-01'],
  location: 'none',
  longRunning: false,
  put(input) {
    const { properties } = takeIn(type, input.body);
    const name = nameIn(input.id);
    if (name.length > 260 || /[<>%&:?/\\]/.test(name)) {
      throw badRequest(
        'InvalidLockName',
        `The lock name '${name}' is not valid: at most 260 characters, none of <>%&:\\?/.`,
      );
    }
    if (properties.level !== 'CanNotDelete' && properties.level !== 'ReadOnly') {
      throw badRequest(
        'InvalidLockLevel',
        `The lock level '${String(properties.level)}' is not valid. The lock level must be 'CanNotDelete' or 'ReadOnly'.`,
      );
    }
    if ((textOf(properties.notes) ?? '').length > 512) {
      throw badRequest('InvalidLockNotes', 'The notes of a lock have 512 characters at most.');
    }
    return { put: [resourceOf(type, input, {}, properties)], delete: [] };
  },
};
