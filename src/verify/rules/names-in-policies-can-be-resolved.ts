import { prepare, unresolvableNames } from '../../reachability/index.ts';
import { policyRules } from './policy-rules.ts';
import { type Rule, violation } from './rule.ts';

/** Cilium fills rules by name from the DNS answers that its proxy sees (statement 40). */
export const namesInPoliciesCanBeResolved: Rule = {
  id: 'names-in-policies-can-be-resolved',
  statement: 'Where a policy allows host names, a rule lets the same pods resolve them through the proxy',
  controls: ['pci-dss-4.0.1:1.2.5'],
  level: 'warning',
  check(_state, model) {
    const naming = policyRules(model).filter(({ rule }) =>
      rule.peers?.some((peer) => peer.kind === 'names' && peer.resolved),
    );
    const network = prepare(model, []);
    if (network.cluster === undefined) return [];
    const { cluster } = network;
    return naming.flatMap(({ policy, rule }) => {
      const who = unresolvableNames(cluster, policy, rule);
      return who === undefined
        ? []
        : [
            violation(
              this,
              policy.id,
              `${policy.id} ${rule.name} allows host names, but no rule lets ${who} resolve any of them through Cilium's proxy: it matches nothing.`,
            ),
          ];
    });
  },
  looksAt: (model) =>
    policyRules(model).filter(({ rule }) => rule.peers?.some((peer) => peer.kind === 'names' && peer.resolved)).length,
};
