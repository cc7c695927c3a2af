import type { ResourceTypeProvider } from '../contract.ts';
import { nameIn } from '../ids.ts';
import { resourceOf, takeIn, withEtag } from '../resource-form.ts';
import { badRequest, requireFound, scopeOf } from '../service-checks.ts';

const type = 'Microsoft.SecurityInsights/onboardingStates';

/** Sentinel on a workspace: an extension of it, called `default`. */
export const onboardingStates: ResourceTypeProvider = {
  type,
  apiVersions: [
    '2025-09-01',
    '2025-07-01-preview',
    '2025-06-01',
    '2025-03-01',
    '2024-09-01',
    '2024-03-01',
    '2023-11-01',
    '2023-02-01',
    '2022-11-01',
    '2021-03-01-preview',
  ],
  location: 'none',
  longRunning: false,
  put(input, context) {
    const { properties } = takeIn(type, input.body);
    if (nameIn(input.id).toLowerCase() !== 'default')
      throw badRequest('BadRequest', "The onboarding state must be called 'default'.");
    requireFound(context, scopeOf(input.id), 'Microsoft.OperationalInsights/workspaces');
    const state = resourceOf(
      type,
      input,
      {},
      { ...properties, customerManagedKey: properties.customerManagedKey ?? false },
    );
    return { put: [state], delete: [] };
  },
  read: (stored) => withEtag(stored),
};
