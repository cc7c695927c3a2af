import type { ResourceTypeProvider } from '../contract.ts';
import { resourceOf, takeIn, withEtag } from '../resource-form.ts';
import { networkApiVersionsSince } from './api-versions.ts';
import { checkName } from './network-checks.ts';
import { networkError } from './network-errors.ts';

const type = 'Microsoft.Network/networkWatchers';

/** Network watchers: one a region and subscription. */
export const networkWatchers: ResourceTypeProvider = {
  type,
  apiVersions: networkApiVersionsSince('2016-09-01'),
  location: 'required',
  longRunning: false,
  put(input, context) {
    const { envelope, properties } = takeIn(type, input.body);
    checkName(input.id);
    const subscription = input.id.split('/').slice(0, 3).join('/').toLowerCase();
    const twin = context.view
      .ofType(type)
      .find(
        (other) =>
          other.location === envelope.location &&
          other.id.toLowerCase() !== input.id.toLowerCase() &&
          other.id.toLowerCase().startsWith(`${subscription}/`),
      );
    if (twin !== undefined) {
      throw networkError(
        'NetworkWatcherCountLimitReached',
        `Cannot create more than 1 network watchers for this subscription in this region.`,
      );
    }
    const made = { ...properties, provisioningState: 'Succeeded' };
    return { put: [resourceOf(type, input, envelope, made)], delete: [] };
  },
  read: (stored) => withEtag(stored),
};
