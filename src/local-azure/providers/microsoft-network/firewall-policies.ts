import type { ArmResource } from '../../../model/resource.ts';
import type { ProviderContext, ResourceTypeProvider } from '../contract.ts';
import { sameId } from '../ids.ts';
import { defined, listOf, type Members, membersOf, referenceOf, textOf } from '../members.ts';
import { propertiesOf, resourceOf, takeIn, withEtag, withProperties } from '../resource-form.ts';
import { networkApiVersionsSince } from './api-versions.ts';
import { references, referrers } from './attachments.ts';
import { requireProxy } from './firewall-policies-rule-collection-groups.ts';
import { checkName, requireOneOf, requireResource } from './network-checks.ts';
import { networkError } from './network-errors.ts';
import { usesNamesInNetworkRules } from './rule-collections.ts';

const type = 'Microsoft.Network/firewallPolicies';
const tiers = ['Basic', 'Standard', 'Premium'];

/** Firewall policies: settings of a firewall, with groups of rules below. */
export const firewallPolicies: ResourceTypeProvider = {
  type,
  apiVersions: networkApiVersionsSince('2019-06-01'),
  location: 'required',
  longRunning: true,
  put(input, context) {
    const { envelope, properties } = takeIn(type, input.body);
    checkName(input.id);
    const tier = requireOneOf(membersOf(properties.sku).tier ?? 'Standard', tiers, 'properties.sku.tier');
    checkTier(input.id, tier, properties);
    const threatIntelMode = requireOneOf(
      properties.threatIntelMode ?? 'Alert',
      ['Alert', 'Deny', 'Off'],
      'properties.threatIntelMode',
    );
    checkParent(input.id, tier, threatIntelMode, properties, context);
    const before = textOf(membersOf(propertiesOf(input.existing).sku).tier);
    if (before !== undefined && tiers.indexOf(tier) < tiers.indexOf(before)) {
      checkFirewallTiers(input.id, tier, context);
    }
    const groups = context.view.children(input.id, 'ruleCollectionGroups');
    if (groups.some((group) => usesNamesInNetworkRules(propertiesOf(group)))) requireProxy(input.id, properties);
    const workspaces = listOf(membersOf(membersOf(properties.insights).logAnalyticsResources).workspaces);
    for (const item of workspaces) {
      const id = referenceOf(membersOf(item).workspaceId) ?? '';
      const by = { id: input.id, path: 'properties.insights.logAnalyticsResources.workspaces.workspaceId.id' };
      requireResource(context, id, by, 'Microsoft.OperationalInsights/workspaces');
    }
    const policy = { ...properties, provisioningState: 'Succeeded', sku: { tier }, threatIntelMode };
    return { put: [resourceOf(type, input, envelope, policy)], delete: [] };
  },
  delete(existing, context) {
    const users = [
      ...referrers('Microsoft.Network/azureFirewalls', 'firewallPolicy', existing.id, context),
      ...referrers(type, 'basePolicy', existing.id, context),
    ];
    if (users.length > 0) {
      throw networkError(
        'FirewallPolicyInUse',
        `Firewall policy ${existing.id} cannot be deleted because it is in use by the following resources: ${users.map(({ id }) => id).join(', ')}.`,
      );
    }
    return { put: [], delete: [] };
  },
  read(stored, context) {
    return withEtag(
      withProperties(
        stored,
        defined({
          ruleCollectionGroups: references(context.view.children(stored.id, 'ruleCollectionGroups')) ?? [],
          firewalls:
            references(referrers('Microsoft.Network/azureFirewalls', 'firewallPolicy', stored.id, context)) ?? [],
          childPolicies: references(referrers(type, 'basePolicy', stored.id, context)) ?? [],
        }),
      ),
    );
  },
};

/** IDPS and TLS inspection are Premium's; DNS proxy and custom DNS are not Basic's (learn.microsoft.com, choose a firewall SKU). */
function checkTier(id: string, tier: string, properties: Members): void {
  const above = defined({
    IntrusionDetection: tier !== 'Premium' ? properties.intrusionDetection : undefined,
    TransportSecurity: tier !== 'Premium' ? properties.transportSecurity : undefined,
    DnsSettings: tier === 'Basic' ? properties.dnsSettings : undefined,
  });
  const names = Object.keys(above);
  if (names.length > 0) {
    throw networkError(
      'FirewallPolicyHigherTierOnlyPropertiesSet',
      `Firewall policy ${id} of tier ${tier} has properties set that only a higher tier has: ${names.join(', ')}.`,
    );
  }
  const mode = membersOf(properties.intrusionDetection).mode;
  if (mode !== undefined) requireOneOf(mode, ['Off', 'Alert', 'Deny'], 'properties.intrusionDetection.mode');
}

const strictness = ['Off', 'Alert', 'Deny'];

/** A parent lies in the same region, has no higher tier, and a child may only be stricter (network-semantics.md 75). */
function checkParent(
  id: string,
  tier: string,
  threatIntelMode: string,
  properties: Members,
  context: ProviderContext,
): void {
  const parentId = referenceOf(properties.basePolicy);
  if (parentId === undefined) return;
  const parent = requireResource(context, parentId, { id, path: 'properties.basePolicy.id' }, type);
  if (sameId(parent.id, id))
    throw networkError('InvalidRequestFormat', `Firewall policy ${id} cannot be its own base policy.`);
  const settings = propertiesOf(parent);
  const parentTier = textOf(membersOf(settings.sku).tier) ?? 'Standard';
  if (tiers.indexOf(parentTier) > tiers.indexOf(tier)) {
    throw networkError(
      'InvalidRequestFormat',
      `Firewall policy ${id} of tier ${tier} cannot inherit from ${parent.id} of tier ${parentTier}.`,
    );
  }
  if (strictness.indexOf(threatIntelMode) < strictness.indexOf(String(settings.threatIntelMode))) {
    throw networkError(
      'InvalidRequestFormat',
      `Firewall policy ${id} cannot have threatIntelMode ${threatIntelMode}, which is weaker than ${String(settings.threatIntelMode)} of its base policy ${parent.id}.`,
    );
  }
}

function checkFirewallTiers(id: string, tier: string, context: ProviderContext): void {
  const firewalls: readonly ArmResource[] = referrers(
    'Microsoft.Network/azureFirewalls',
    'firewallPolicy',
    id,
    context,
  );
  if (firewalls.length === 0) return;
  throw networkError(
    'InvalidRequestFormat',
    `Firewall policy ${id} cannot change to tier ${tier} while firewall ${firewalls[0]?.id} uses it.`,
  );
}
