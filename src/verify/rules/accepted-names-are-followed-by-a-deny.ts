import { outwardDeny, prepare } from '../../reachability/index.ts';
import { policyRules } from './policy-rules.ts';
import { type Rule, violation } from './rule.ts';

/** Accepting host names narrows nothing unless the rest is denied further down (statement 38). */
export const acceptedNamesAreFollowedByADeny: Rule = {
  id: 'accepted-names-are-followed-by-a-deny',
  statement: 'Where a cluster-wide policy accepts host names, the rest of the way out is denied',
  controls: ['pci-dss-4.0.1:1.3.2'],
  level: 'warning',
  check(_state, model) {
    const naming = policyRules(model).filter(
      ({ policy, rule }) => policy.stage !== 'namespace' && rule.peers?.some((peer) => peer.kind === 'names'),
    );
    const { cluster } = prepare(model, []);
    if (cluster === undefined || naming.length === 0) return [];
    return naming.flatMap(({ policy, rule }) => {
      const open = outwardDeny(cluster, policy);
      return open === undefined
        ? []
        : [
            violation(
              this,
              policy.id,
              `${policy.id} ${rule.name} accepts host names, and nothing denies the rest for ${open}: every other name is reachable too.`,
            ),
          ];
    });
  },
  looksAt: (model) => policyRules(model).filter(({ rule }) => rule.peers?.some((peer) => peer.kind === 'names')).length,
};
