import type { ResourceTypeProvider } from '../contract.ts';
import { defined, listOf, type Members, membersOf, numberOf, textOf } from '../members.ts';
import { resourceOf, takeIn, withEtag, withProperties } from '../resource-form.ts';
import { networkApiVersionsSince } from './api-versions.ts';
import { gatewaysOfPolicy } from './application-gateways.ts';
import { references } from './attachments.ts';
import { checkName } from './network-checks.ts';
import { networkError } from './network-errors.ts';

const type = 'Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies';

/** Rule sets by version, with the day until which a new policy can take them (learn.microsoft.com, WAF rule sets; N-2 since Feb 2026). */
const ruleSets: Readonly<Record<string, Readonly<Record<string, string | undefined>>>> = {
  Microsoft_DefaultRuleSet: { '2.2': undefined, '2.1': undefined },
  Microsoft_BotManagerRuleSet: { '1.1': undefined, '1.0': undefined, '0.1': '2026-02-28' },
  Microsoft_HTTPDDoSRuleSet: { '1.0': undefined },
  OWASP: { '3.2': undefined, '3.1': '2026-02-28', '3.0': '2026-02-28', '2.2.9': '2024-09-01' },
};

/**
 * Firewall policies of application gateways. ApplicationGatewayFirewallUnknownRuleSet, …RuleSetRetired, …PrimaryRuleSetMissing and
 * …CustomRulePriorityConflict are named here; the refusals are documented.
 */
export const webApplicationFirewallPolicies: ResourceTypeProvider = {
  type,
  apiVersions: networkApiVersionsSince('2018-12-01'),
  location: 'required',
  longRunning: true,
  put(input, context) {
    const { envelope, properties } = takeIn(type, input.body);
    checkName(input.id);
    const day = context.asOf.toISOString().slice(0, 10);
    const sets = listOf(membersOf(properties.managedRules).managedRuleSets).map(membersOf);
    for (const set of sets) checkRuleSet(input.id, set, input.existing === undefined, day);
    const primary = sets.filter(
      ({ ruleSetType }) => ruleSetType === 'OWASP' || ruleSetType === 'Microsoft_DefaultRuleSet',
    );
    if (primary.length !== 1) {
      throw networkError(
        'ApplicationGatewayFirewallPrimaryRuleSetMissing',
        `Policy ${input.id} must have one of the rule sets OWASP and Microsoft_DefaultRuleSet.`,
      );
    }
    checkCustomRules(input.id, listOf(properties.customRules).map(membersOf));
    const settings = membersOf(properties.policySettings);
    const policy = resourceOf(
      type,
      input,
      envelope,
      defined({
        ...properties,
        customRules: properties.customRules ?? [],
        policySettings: {
          state: 'Enabled',
          mode: 'Detection',
          requestBodyCheck: true,
          requestBodyEnforcement: true,
          requestBodyInspectLimitInKB: 128,
          maxRequestBodySizeInKb: 128,
          fileUploadEnforcement: true,
          fileUploadLimitInMb: 100,
          ...settings,
        },
        managedRules: {
          exclusions: [],
          ...membersOf(properties.managedRules),
          managedRuleSets: sets.map((set) => ({ ruleGroupOverrides: [], ...set })),
        },
        provisioningState: 'Succeeded',
        resourceState: 'Enabled',
      }),
    );
    return { put: [policy], delete: [] };
  },
  delete(existing, context) {
    const users = gatewaysOfPolicy(existing.id, context);
    if (users.length > 0) {
      throw networkError(
        'ApplicationGatewayFirewallPolicyInUse',
        `Policy ${existing.id} is used by ${users.map(({ id }) => id).join(', ')} and cannot be deleted.`,
      );
    }
    return { put: [], delete: [] };
  },
  read: (stored, context) =>
    withEtag(
      withProperties(stored, defined({ applicationGateways: references(gatewaysOfPolicy(stored.id, context)) })),
    ),
};

function checkRuleSet(id: string, set: Members, isNew: boolean, day: string): void {
  const [name, version] = [String(set.ruleSetType), String(set.ruleSetVersion)];
  const versions = ruleSets[name];
  if (versions === undefined || !Object.hasOwn(versions, version)) {
    const known = Object.entries(ruleSets).map(([key, value]) => `${key} ${Object.keys(value).join('/')}`);
    throw networkError(
      'ApplicationGatewayFirewallUnknownRuleSet',
      `Policy ${id}: rule set ${name} ${version} is not known. Known: ${known.join(', ')}.`,
    );
  }
  const until = versions[version];
  if (until === undefined || day <= until || !isNew) return;
  throw networkError(
    'ApplicationGatewayFirewallRuleSetRetired',
    `Policy ${id}: rule set ${name} ${version} cannot be used in new policies since ${until}.`,
  );
}

function checkCustomRules(id: string, rules: readonly Members[]): void {
  const seen = new Map<number, string>();
  for (const rule of rules) {
    const priority = numberOf(rule.priority) ?? 0;
    const twin = seen.get(priority);
    if (twin !== undefined || priority < 1 || priority > 100) {
      throw networkError(
        'ApplicationGatewayFirewallCustomRulePriorityConflict',
        `Policy ${id}: custom rule ${String(textOf(rule.name))} needs a priority of its own, 1 to 100, not ${priority}.`,
      );
    }
    seen.set(priority, String(rule.name));
  }
}
