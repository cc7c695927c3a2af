import type { ArmResource } from '../../../model/resource.ts';
import { type Fault, since } from '../offers.ts';
import { list, ofType, resourceRule, setting, wants } from './resource-rule.ts';

export const gatewaysBlockAttacks = resourceRule({
  id: 'gateways-block-attacks',
  statement:
    'Application gateways have a firewall policy that blocks, with managed rules and rules against bots, and no exception',
  controls: ['6.4.2', '6.2.4', '11.5.1'],
  type: 'Microsoft.Network/applicationGateways',
  faults: (gateway, state) => {
    const id = String(setting(gateway, 'properties.firewallPolicy.id')).toLowerCase();
    const policy = ofType(state, 'Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies').find(
      (one) => one.id.toLowerCase() === id,
    );
    if (policy === undefined) return rulesOfItsOwn(gateway);
    const sets = list(policy, 'properties.managedRules.managedRuleSets').map((set) =>
      String(setting(set, 'ruleSetType')),
    );
    return [
      wants(gateway, 'properties.globalConfiguration.enableRequestBuffering', true),
      Number(setting(policy, 'properties.policySettings.requestBodyInspectLimitInKB')) >=
      Number(setting(policy, 'properties.policySettings.maxRequestBodySizeInKb'))
        ? undefined
        : 'takes larger bodies than it inspects',
      wants(policy, 'properties.policySettings.state', 'Enabled'),
      wants(policy, 'properties.policySettings.mode', 'Prevention'),
      wants(policy, 'properties.policySettings.requestBodyCheck', true),
      wants(policy, 'properties.policySettings.requestBodyEnforcement', true),
      wants(policy, 'properties.policySettings.fileUploadEnforcement', true),
      sets.includes('Microsoft_DefaultRuleSet') ? undefined : 'has no default rule set',
      sets.includes('Microsoft_BotManagerRuleSet') ? undefined : 'has no rules against bots',
      list(policy, 'properties.managedRules.exclusions').length > 0 ? 'excludes parts of requests' : undefined,
      list(policy, 'properties.managedRules.exceptions').length > 0 ? 'excepts requests' : undefined,
      list(policy, 'properties.customRules').some((one) => setting(one, 'action') === 'Allow')
        ? 'lets requests past its rules'
        : undefined,
    ];
  },
});

/** Rules on the gateway itself, which was the way before policies could do more: managed rules that block, without exception. */
function rulesOfItsOwn(gateway: ArmResource): readonly Fault[] {
  const own = 'properties.webApplicationFirewallConfiguration';
  const none = 'has no firewall policy in the state';
  if (setting(gateway, own) === undefined) return [none];
  return [
    wants(gateway, `${own}.enabled`, true),
    wants(gateway, `${own}.firewallMode`, 'Prevention'),
    wants(gateway, `${own}.ruleSetType`, 'OWASP'),
    wants(gateway, `${own}.ruleSetVersion`, '3.2'),
    wants(gateway, `${own}.requestBodyCheck`, true),
    list(gateway, `${own}.disabledRuleGroups`).length > 0 ? 'has rules that are off' : undefined,
    list(gateway, `${own}.exclusions`).length > 0 ? 'excludes parts of requests' : undefined,
    ...since('enforcement of request bodies', none),
  ];
}
