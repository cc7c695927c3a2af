import { type Rule, violation } from './rule.ts';

export const namesInNetworkRulesResolveAtTheFirewall: Rule = {
  id: 'names-in-network-rules-resolve-at-the-firewall',
  statement: 'A firewall whose network rules name hosts is the DNS proxy of its clients',
  controls: ['pci-dss-4.0.1:1.2.5'],
  level: 'warning',
  check(_state, model) {
    return model.firewalls
      .filter((firewall) => !firewall.dnsProxy)
      .flatMap((firewall) =>
        firewall.collections.flatMap((collection) =>
          collection.rules
            .filter((rule) => rule.kind === 'network' && rule.destinationNames.length > 0)
            .map((rule) =>
              violation(
                this,
                firewall.id,
                `Network rule ${collection.group}/${collection.name}/${rule.name} names hosts, and the firewall's DNS proxy is off: firewall and client may get different answers.`,
              ),
            ),
        ),
      );
  },
  looksAt: (model) => model.firewalls.length,
};
