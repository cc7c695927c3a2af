import {
  applicationRulePackets,
  firewallRuleName,
  isEmpty,
  networkRulePackets,
  orderedCollections,
  type PacketSet,
  prepare,
  subtractSets,
  uniteSets,
} from '../../reachability/index.ts';
import { type Rule, violation } from './rule.ts';

export const noFirewallRuleIsShadowed: Rule = {
  id: 'no-firewall-rule-is-shadowed',
  statement: 'Every firewall rule decides about some packet that no earlier rule of its type takes',
  controls: ['pci-dss-4.0.1:1.2.5', 'pci-dss-4.0.1:1.2.7'],
  level: 'warning',
  check(_state, model) {
    const network = prepare(model, []);
    return model.firewalls.flatMap((firewall) =>
      (['network', 'application'] as const).flatMap((kind) => {
        let taken: PacketSet = [];
        return orderedCollections(firewall, kind).flatMap((collection) =>
          collection.rules.flatMap((rule) => {
            if (rule.kind !== kind) return [];
            const { may, must } =
              rule.kind === 'network'
                ? networkRulePackets(network, firewall, rule, true)
                : applicationRulePackets(network, firewall, rule);
            const left = subtractSets(may, taken);
            taken = uniteSets(taken, must);
            if (!isEmpty(left)) return [];
            const name = firewallRuleName(collection, rule);
            return [
              violation(
                this,
                firewall.id,
                `Firewall rule ${name} never decides: earlier ${kind} rules take all of its packets.`,
              ),
            ];
          }),
        );
      }),
    );
  },
  looksAt: (model) =>
    model.firewalls.reduce(
      (sum, one) => sum + one.collections.reduce((rules, { rules: all }) => rules + all.length, 0),
      0,
    ),
};
