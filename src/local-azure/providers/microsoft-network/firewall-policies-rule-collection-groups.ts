import type { ProviderContext, ResourceTypeProvider } from '../contract.ts';
import { nameIn, parentOf, sameId } from '../ids.ts';
import { type Members, membersOf, textOf } from '../members.ts';
import { propertiesOf, resourceOf, takeIn, withEtag } from '../resource-form.ts';
import { networkApiVersionsSince } from './api-versions.ts';
import { checkName, requireResource } from './network-checks.ts';
import { networkError } from './network-errors.ts';
import { checkRuleCollections } from './rule-collection-checks.ts';
import { collectionsOf, groupsInRules, usesNamesInNetworkRules } from './rule-collections.ts';

const type = 'Microsoft.Network/firewallPolicies/ruleCollectionGroups';

/** A group of rule collections of a firewall policy. */
export const ruleCollectionGroups: ResourceTypeProvider = {
  type,
  apiVersions: networkApiVersionsSince('2020-05-01'),
  location: 'none',
  longRunning: true,
  put(input, context) {
    const { properties } = takeIn(type, input.body);
    checkName(input.id);
    const policy = context.view.get(parentOf(input.id));
    const settings = propertiesOf(policy);
    const tier = textOf(membersOf(settings.sku).tier) ?? 'Standard';
    checkRuleCollections(nameIn(input.id), properties, tier);
    checkGroupPriority(input.id, properties, context);
    for (const group of groupsInRules(properties)) {
      const by = { id: input.id, path: 'properties.ruleCollections.rules.ipGroups' };
      requireResource(context, group, by, 'Microsoft.Network/ipGroups');
    }
    if (usesNamesInNetworkRules(properties)) requireProxy(parentOf(input.id), settings);
    const group = {
      ...properties,
      provisioningState: 'Succeeded',
      ruleCollections: collectionsOf(properties),
    };
    return { put: [resourceOf(type, input, {}, group)], delete: [] };
  },
  read: (stored) => withEtag(stored),
};

function checkGroupPriority(id: string, properties: Members, context: ProviderContext): void {
  const twin = context.view
    .children(parentOf(id), 'ruleCollectionGroups')
    .find((other) => !sameId(other.id, id) && propertiesOf(other).priority === properties.priority);
  if (twin === undefined) return;
  throw networkError(
    'InvalidRequestFormat',
    `Rule collection group ${nameIn(id)} has the same priority ${String(properties.priority)} as rule collection group ${twin.name} of the same policy.`,
  );
}

/** Names in network rules need the DNS proxy (network-semantics.md 80). */
export function requireProxy(policyId: string, settings: Members): void {
  if (membersOf(settings.dnsSettings).enableProxy === true) return;
  throw networkError(
    'InvalidRequestFormat',
    `Firewall policy ${policyId} has network rules with FQDNs, which need dnsSettings.enableProxy.`,
  );
}
