import type { ResourceTypeProvider } from '../contract.ts';
import { parentOf, sameId } from '../ids.ts';
import { propertiesOf, resourceOf, takeIn, withEtag } from '../resource-form.ts';
import { badRequest } from '../service-checks.ts';

const type = 'Microsoft.OperationalInsights/workspaces/savedSearches';

/** Saved queries of a workspace. A function alias is there once. */
export const savedSearches: ResourceTypeProvider = {
  type,
  apiVersions: [
    '2026-03-01',
    '2025-07-01',
    '2025-02-01',
    '2023-09-01',
    '2022-10-01',
    '2020-08-01',
    '2020-03-01-preview',
    '2015-03-20',
  ],
  location: 'none',
  longRunning: false,
  put(input, context) {
    const { properties } = takeIn(type, input.body);
    const twin = context.view
      .children(parentOf(input.id), 'savedSearches')
      .find(
        (other) =>
          !sameId(other.id, input.id) &&
          properties.functionAlias !== undefined &&
          propertiesOf(other).functionAlias === properties.functionAlias,
      );
    if (twin !== undefined)
      throw badRequest(
        'BadArgumentError',
        `The function alias '${String(properties.functionAlias)}' is used by '${twin.name}' already.`,
      );
    return { put: [resourceOf(type, input, {}, { version: 2, ...properties })], delete: [] };
  },
  read: (stored) => withEtag(stored),
};
