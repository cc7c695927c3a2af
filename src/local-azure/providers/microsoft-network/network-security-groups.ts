import type { ResourceTypeProvider } from '../contract.ts';
import { defined, listOf, without } from '../members.ts';
import { propertiesOf, resourceOf, takeIn, withEtag, withProperties } from '../resource-form.ts';
import { networkApiVersions } from './api-versions.ts';
import { references, referrers } from './attachments.ts';
import { defaultSecurityRules } from './default-security-rules.ts';
import { dropped, inGivenOrder, inlineChildren, orderOf } from './inline-children.ts';
import { checkName } from './network-checks.ts';
import { networkError } from './network-errors.ts';
import { checkBastion, ruleToStore } from './network-security-groups-security-rules.ts';
import { checkConflicts, checkRule } from './security-rule-checks.ts';

const type = 'Microsoft.Network/networkSecurityGroups';

/** Security groups. An inline list of rules replaces the rules; no list takes them away, as ARM does. */
export const networkSecurityGroups: ResourceTypeProvider = {
  type,
  apiVersions: networkApiVersions,
  location: 'required',
  longRunning: true,
  put(input, context) {
    const { envelope, properties } = takeIn(type, input.body);
    checkName(input.id);
    const drafts = inlineChildren(input.id, 'securityRules', listOf(properties.securityRules), context);
    const group = resourceOf(type, input, envelope, {
      ...without(properties, 'securityRules'),
      provisioningState: 'Succeeded',
      resourceGuid: context.stableGuid(input.id, 'resourceGuid'),
      securityRules: orderOf(drafts),
    });
    const checked = drafts.map((draft) => ({
      id: draft.id,
      properties: checkRule(draft, group.location, context),
    }));
    for (const [i, rule] of checked.entries()) checkConflicts(rule, checked.slice(0, i));
    const rules = checked.map((rule) => ruleToStore(rule.id, rule.properties));
    checkBastion(group, rules, context);
    const gone = dropped(input.id, 'securityRules', drafts, context);
    return { put: [group, ...rules], delete: gone.map(({ id }) => id) };
  },
  delete(existing, context) {
    const users = [
      ...referrers('Microsoft.Network/virtualNetworks/subnets', 'networkSecurityGroup', existing.id, context),
      ...referrers('Microsoft.Network/networkInterfaces', 'networkSecurityGroup', existing.id, context),
    ];
    if (users.length > 0) {
      throw networkError(
        'InUseNetworkSecurityGroupCannotBeDeleted',
        `Network security group ${existing.id} cannot be deleted because it is in use by the following resources: ${users.map(({ id }) => id).join(', ')}. In order to delete the Network security group, remove the association with the resource(s). To learn how to do this, see aka.ms/deletensg.`,
      );
    }
    return { put: [], delete: [] };
  },
  read(stored, context) {
    const kept = context.view.children(stored.id, 'securityRules');
    const rules = inGivenOrder(kept, propertiesOf(stored).securityRules).map((one) => withEtag(one));
    return withEtag(
      withProperties(
        stored,
        defined({
          securityRules: rules,
          defaultSecurityRules: defaultSecurityRules(stored.id),
          networkInterfaces: references(
            referrers('Microsoft.Network/networkInterfaces', 'networkSecurityGroup', stored.id, context),
          ),
          subnets: references(
            referrers('Microsoft.Network/virtualNetworks/subnets', 'networkSecurityGroup', stored.id, context),
          ),
        }),
      ),
    );
  },
};
