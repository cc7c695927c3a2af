import { type NetworkModel, overlappingRules, prepare } from '../../reachability/index.ts';
import { type Rule, violation } from './rule.ts';

/** Of cluster-wide policies with one priority the platform may apply any to what more than one of them matches (statement 33). */
export const clusterPoliciesHaveOneOrder: Rule = {
  id: 'cluster-policies-have-one-order',
  statement: 'Cluster-wide policies that could disagree have different priorities',
  controls: ['pci-dss-4.0.1:1.2.5', 'pci-dss-4.0.1:1.2.7'],
  level: 'error',
  check(_state, model) {
    const tiered = tieredPolicies(model);
    const { cluster } = prepare(model, []);
    if (cluster === undefined || tiered.length < 2) return [];
    return tiered.flatMap((one, index) =>
      tiered.slice(index + 1).flatMap((other) => {
        if (one.stage !== other.stage || one.priority !== other.priority) return [];
        const [met] = overlappingRules(cluster, one, other);
        return met === undefined
          ? []
          : [
              violation(
                this,
                one.id,
                `${one.id} ${met.rule} and ${other.id} ${met.other} have priority ${one.priority}, match the same traffic and say ${met.effects.join(' and ')}: which of them is applied is not defined.`,
              ),
            ];
      }),
    );
  },
  looksAt: (model) => tieredPolicies(model).length,
};

function tieredPolicies(model: NetworkModel) {
  return (model.cluster?.policies ?? []).filter((one) => one.stage === 'admin' || one.stage === 'baseline');
}
