import { resourceRule, setting, together, wants } from './resource-rule.ts';

const id = 'firewalls-deny-known-attacks';
const about = {
  statement: 'Firewalls deny what threat intelligence names, and where their tier can, what intrusion signatures match',
  controls: ['11.5.1', '1.4.2', '5.3.3'],
} as const;

/** The mode is in the policy, and on the firewall itself where it has rules of its own. */
export const firewallsDenyKnownAttacks = together(
  resourceRule({
    id,
    ...about,
    type: 'Microsoft.Network/firewallPolicies',
    faults: (policy) => [
      wants(policy, 'properties.threatIntelMode', 'Deny'),
      String(setting(policy, 'properties.sku.tier')).toLowerCase() === 'premium'
        ? wants(policy, 'properties.intrusionDetection.mode', 'Deny')
        : undefined,
    ],
  }),
  resourceRule({
    id,
    ...about,
    type: 'Microsoft.Network/azureFirewalls',
    about: (firewall) => setting(firewall, 'properties.firewallPolicy') === undefined,
    faults: (firewall) => [wants(firewall, 'properties.threatIntelMode', 'Deny')],
  }),
);
