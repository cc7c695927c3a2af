import type { ResourceTypeProvider } from '../contract.ts';
import { listOf, membersOf } from '../members.ts';
import { propertiesOf, resourceOf, takeIn, withEtag } from '../resource-form.ts';
import { networkApiVersionsSince } from './api-versions.ts';
import { checkName } from './network-checks.ts';
import { networkError } from './network-errors.ts';

const type = 'Microsoft.Network/applicationSecurityGroups';

/** Application security groups: names for network interfaces. */
export const applicationSecurityGroups: ResourceTypeProvider = {
  type,
  apiVersions: networkApiVersionsSince('2017-09-01'),
  location: 'required',
  longRunning: true,
  put(input, context) {
    const { envelope, properties } = takeIn(type, input.body);
    checkName(input.id);
    const resourceGuid = context.stableGuid(input.id, 'resourceGuid');
    const group = { ...properties, provisioningState: 'Succeeded', resourceGuid };
    return { put: [resourceOf(type, input, envelope, group)], delete: [] };
  },
  delete(existing, context) {
    const wanted = existing.id.toLowerCase();
    const mentions = (value: unknown): boolean =>
      listOf(value).some((item) => String(membersOf(item).id).toLowerCase() === wanted);
    const rules = context.view.ofType('Microsoft.Network/networkSecurityGroups/securityRules').filter((rule) => {
      const { sourceApplicationSecurityGroups, destinationApplicationSecurityGroups } = propertiesOf(rule);
      return mentions(sourceApplicationSecurityGroups) || mentions(destinationApplicationSecurityGroups);
    });
    const interfaces = context.view
      .ofType('Microsoft.Network/networkInterfaces')
      .filter((card) =>
        listOf(propertiesOf(card).ipConfigurations).some((item) =>
          mentions(membersOf(membersOf(item).properties).applicationSecurityGroups),
        ),
      );
    const users = [...rules, ...interfaces];
    if (users.length > 0) {
      throw networkError(
        'InUseApplicationSecurityGroupCannotBeDeleted',
        `Application security group ${existing.id} cannot be deleted because it is in use by the following resources: ${users.map(({ id }) => id).join(', ')}.`,
      );
    }
    return { put: [], delete: [] };
  },
  read: (stored) => withEtag(stored),
};
