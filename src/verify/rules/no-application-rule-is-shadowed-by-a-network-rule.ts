import {
  applicationRulePackets,
  describePackets,
  type Firewall,
  firewallRuleName,
  internetPackets,
  intersectSets,
  isEmpty,
  type Network,
  networkRulePackets,
  orderedCollections,
  type PacketSet,
  prepare,
  sourcesOf,
  subtractSets,
  uniteSets,
  withSource,
} from '../../reachability/index.ts';
import { type Rule, violation } from './rule.ts';

/** Network rules come first whatever the priorities (statement 76): one to port 443 of everywhere makes host names meaningless. */
export const noApplicationRuleIsShadowedByANetworkRule: Rule = {
  id: 'no-application-rule-is-shadowed-by-a-network-rule',
  statement: 'No network rule takes packets away that an application rule means to judge by host name',
  controls: ['pci-dss-4.0.1:1.2.5', 'pci-dss-4.0.1:1.3.2'],
  level: 'error',
  check(_state, model) {
    const network = prepare(model, []);
    return model.firewalls.flatMap((firewall) => {
      const taken = networkPackets(network, firewall);
      return orderedCollections(firewall, 'application').flatMap((collection) =>
        collection.rules.flatMap((rule) => {
          if (rule.kind !== 'application') return [];
          const all = intersectSets(applicationRulePackets(network, firewall, rule).may, internetPackets(network));
          const left = subtractSets(all, taken);
          // Sources of which nothing is left for the application rule: partly taken destinations (a service tag) are no harm.
          const kept = left.length === 0 ? [] : withSource(all, sourcesOf(left));
          const shadowed = subtractSets(all, kept);
          if (isEmpty(shadowed)) return [];
          const name = firewallRuleName(collection, rule);
          const words = describePackets(network, shadowed)[0] ?? '';
          return [
            violation(
              this,
              firewall.id,
              `Application rule ${name} never sees ${words}: network rules take these packets first.`,
            ),
          ];
        }),
      );
    });
  },
  looksAt: (model) =>
    model.firewalls.reduce(
      (sum, one) =>
        sum +
        one.collections.reduce(
          (rules, { rules: all }) => rules + all.filter((rule) => rule.kind === 'application').length,
          0,
        ),
      0,
    ),
};

function networkPackets(network: Network, firewall: Firewall): PacketSet {
  let taken: PacketSet = [];
  for (const collection of orderedCollections(firewall, 'network')) {
    for (const rule of collection.rules) {
      if (rule.kind === 'network') taken = uniteSets(taken, networkRulePackets(network, firewall, rule, true).must);
    }
  }
  return taken;
}
