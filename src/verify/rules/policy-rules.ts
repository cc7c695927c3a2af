import type { NetworkModel, Policy, PolicyRule } from '../../reachability/index.ts';

/** Every rule of every policy of a cluster. */
export function policyRules(
  model: NetworkModel,
): readonly { readonly policy: Policy; readonly rule: PolicyRule; readonly direction: 'ingress' | 'egress' }[] {
  return (model.cluster?.policies ?? []).flatMap((policy) =>
    (['ingress', 'egress'] as const).flatMap((direction) =>
      (policy[direction]?.rules ?? []).map((rule) => ({ policy, rule, direction })),
    ),
  );
}
