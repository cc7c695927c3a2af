import { parseAddress, parsePrefix } from '../../../kernel/address.ts';
import type { ArmResource } from '../../../model/resource.ts';
import type { ProviderContext, ResourceTypeProvider } from '../contract.ts';
import { parentOf, sameId } from '../ids.ts';
import { textsOf } from '../members.ts';
import { propertiesOf, resourceOf, takeIn, withEtag, withProperties } from '../resource-form.ts';
import { networkApiVersionsSince } from './api-versions.ts';
import { references, referrers } from './attachments.ts';
import { checkName } from './network-checks.ts';
import { networkError } from './network-errors.ts';
import { groupsInRules } from './rule-collections.ts';

const type = 'Microsoft.Network/ipGroups';

/** Named sets of addresses, ranges and blocks for firewall rules. */
export const ipGroups: ResourceTypeProvider = {
  type,
  apiVersions: networkApiVersionsSince('2019-09-01'),
  location: 'required',
  longRunning: true,
  put(input) {
    const { envelope, properties } = takeIn(type, input.body);
    checkName(input.id);
    const addresses = textsOf(properties.ipAddresses);
    for (const text of addresses) {
      if (isAddressSet(text)) continue;
      throw networkError(
        'InvalidIpAddressPrefix',
        `IP address, range or prefix ${text} of IP group ${input.id} is not valid.`,
      );
    }
    const group = { ...properties, provisioningState: 'Succeeded', ipAddresses: addresses };
    return { put: [resourceOf(type, input, envelope, group)], delete: [] };
  },
  delete(existing, context) {
    const users = policiesUsing(existing.id, context);
    if (users.length > 0) {
      throw networkError(
        'IpGroupInUse',
        `IP group ${existing.id} cannot be deleted because it is in use by the following resources: ${users.map(({ id }) => id).join(', ')}.`,
      );
    }
    return { put: [], delete: [] };
  },
  read(stored, context) {
    const policies = policiesUsing(stored.id, context);
    const firewalls = policies.flatMap((policy) =>
      referrers('Microsoft.Network/azureFirewalls', 'firewallPolicy', policy.id, context),
    );
    return withEtag(
      withProperties(stored, {
        firewalls: references(firewalls) ?? [],
        firewallPolicies: references(policies) ?? [],
      }),
    );
  },
};

/** `10.0.0.0/24`, `10.0.0.4` or `10.0.0.4-10.0.0.9`. */
function isAddressSet(text: string): boolean {
  const [first, last] = text.split('-').map((part) => part.trim());
  if (first === undefined) return false;
  if (last === undefined) return parsePrefix(first) !== undefined;
  const [low, high] = [parseAddress(first), parseAddress(last)];
  return low !== undefined && high !== undefined && low.family === high.family && low.value <= high.value;
}

function policiesUsing(groupId: string, context: ProviderContext): readonly ArmResource[] {
  const ids = new Set<string>();
  for (const group of context.view.ofType('Microsoft.Network/firewallPolicies/ruleCollectionGroups')) {
    if (groupsInRules(propertiesOf(group)).some((used) => sameId(used, groupId)))
      ids.add(parentOf(group.id).toLowerCase());
  }
  return [...ids].flatMap((id) => context.view.get(id) ?? []);
}
