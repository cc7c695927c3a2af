import { policyRules } from './policy-rules.ts';
import { type Rule, violation } from './rule.ts';

/** Names of ports are looked up at pods: towards addresses they match nothing (statement 15). */
export const noPolicyNamesAPortOfAddresses: Rule = {
  id: 'no-policy-names-a-port-of-addresses',
  statement: 'No policy names a port towards addresses, where names of ports match nothing',
  controls: ['pci-dss-4.0.1:1.2.5'],
  level: 'warning',
  check(_state, model) {
    return policyRules(model)
      .filter(({ direction }) => direction === 'egress')
      .flatMap(({ policy, rule }) => {
        const names = (rule.ports ?? []).flatMap((term) => (term.kind === 'named' ? [term.name] : []));
        const outside = (rule.peers ?? []).some((peer) => peer.kind === 'block' || peer.kind === 'names');
        return names.length === 0 || !outside
          ? []
          : [
              violation(
                this,
                policy.id,
                `${policy.id} ${rule.name} names the port ${names.join(', ')} towards addresses: it matches nothing there.`,
              ),
            ];
      });
  },
  looksAt: (model) => policyRules(model).length,
};
