import type { ResourceTypeProvider } from '../contract.ts';
import { resourceOf, takeIn, withEtag, withProperties } from '../resource-form.ts';
import { networkApiVersionsSince } from './api-versions.ts';
import { references, referrers } from './attachments.ts';
import { checkName } from './network-checks.ts';
import { networkError } from './network-errors.ts';

const type = 'Microsoft.Network/ddosProtectionPlans';

/** DDoS protection plans. */
export const ddosProtectionPlans: ResourceTypeProvider = {
  type,
  apiVersions: networkApiVersionsSince('2018-02-01'),
  location: 'required',
  longRunning: true,
  put(input, context) {
    const { envelope, properties } = takeIn(type, input.body);
    checkName(input.id);
    const resourceGuid = context.stableGuid(input.id, 'resourceGuid');
    const made = { ...properties, provisioningState: 'Succeeded', resourceGuid };
    return { put: [resourceOf(type, input, envelope, made)], delete: [] };
  },
  delete(existing, context) {
    const users = referrers('Microsoft.Network/virtualNetworks', 'ddosProtectionPlan', existing.id, context);
    if (users.length > 0) {
      throw networkError(
        'DdosProtectionPlanInUse',
        `DDoS protection plan ${existing.id} cannot be deleted because it is in use by the following resources: ${users.map(({ id }) => id).join(', ')}.`,
      );
    }
    return { put: [], delete: [] };
  },
  read(stored, context) {
    const networks = referrers('Microsoft.Network/virtualNetworks', 'ddosProtectionPlan', stored.id, context);
    return withEtag(withProperties(stored, { virtualNetworks: references(networks) ?? [] }));
  },
};
