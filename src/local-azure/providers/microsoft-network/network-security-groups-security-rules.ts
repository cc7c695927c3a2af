import type { ArmResource } from '../../../model/resource.ts';
import type { ProviderContext, ResourceTypeProvider } from '../contract.ts';
import { parentOf, sameId } from '../ids.ts';
import type { Members } from '../members.ts';
import { propertiesOf, resourceOf, takeIn, withEtag } from '../resource-form.ts';
import { networkApiVersions } from './api-versions.ts';
import { referrers } from './attachments.ts';
import { checkBastionRules } from './bastion-subnet.ts';
import { checkConflicts, checkRule } from './security-rule-checks.ts';

export const securityRuleType = 'Microsoft.Network/networkSecurityGroups/securityRules';

/** One rule of a group. */
export const securityRules: ResourceTypeProvider = {
  type: securityRuleType,
  apiVersions: networkApiVersions,
  location: 'none',
  longRunning: true,
  put(input, context) {
    const { properties } = takeIn(securityRuleType, input.body);
    const group = context.view.get(parentOf(input.id));
    const checked = checkRule({ id: input.id, properties }, group?.location, context);
    const beside = others(input.id, context);
    checkConflicts(
      { id: input.id, properties: checked },
      beside.map((rule) => ({ id: rule.id, properties: propertiesOf(rule) })),
    );
    const rule = ruleToStore(input.id, checked);
    if (group !== undefined) checkBastion(group, [...beside, rule], context);
    return { put: [rule], delete: [] };
  },
  delete(existing, context) {
    const group = context.view.get(parentOf(existing.id));
    if (group !== undefined) checkBastion(group, others(existing.id, context), context);
    return { put: [], delete: [] };
  },
  read: (stored) => withEtag(stored),
};

const others = (id: string, context: ProviderContext): readonly ArmResource[] =>
  context.view.children(parentOf(id), 'securityRules').filter((rule) => !sameId(rule.id, id));

/** A group that AzureBastionSubnet uses keeps the rules that Bastion needs. */
export function checkBastion(group: ArmResource, rules: readonly ArmResource[], context: ProviderContext): void {
  const subnets = referrers('Microsoft.Network/virtualNetworks/subnets', 'networkSecurityGroup', group.id, context);
  if (subnets.some(({ name }) => name.toLowerCase() === 'azurebastionsubnet')) checkBastionRules(group, rules);
}

/** The rule to store. ARM shows the lists even where they are empty. */
export function ruleToStore(id: string, properties: Members): ArmResource {
  return resourceOf(
    securityRuleType,
    { id },
    {},
    {
      ...properties,
      provisioningState: 'Succeeded',
      sourcePortRanges: properties.sourcePortRanges ?? [],
      destinationPortRanges: properties.destinationPortRanges ?? [],
      sourceAddressPrefixes: properties.sourceAddressPrefixes ?? [],
      destinationAddressPrefixes: properties.destinationAddressPrefixes ?? [],
    },
  );
}
