import type { ControlId } from './control.ts';
import type { ResourceKey } from './resource.ts';

/**
 * A resource or a Kubernetes object (`objectKey`), or a part of one: `hub/firewall-policy-rules#allow-ntp`,
 * `spoke-01/nsg-pods-inscope#AllowIngress443In`.
 */
export type DecisionTarget = ResourceKey | `${ResourceKey}#${string}`;

/** Why something is as it is. Every rule, route, role assignment and security-relevant property belongs to one. */
export interface Decision {
  /** Stable, kebab-case: `egress-through-firewall`. */
  readonly id: string;
  readonly title: string;
  readonly because: string;
  readonly alternatives: readonly { readonly option: string; readonly whyNot: string }[];
  readonly controls: readonly ControlId[];
  /** Ids of intents or verify rules that fail when the decision is undone. */
  readonly provedBy: readonly string[];
  readonly resources: readonly DecisionTarget[];
  /** What it rests on that nobody has confirmed on Azure yet. */
  readonly assumptions?: readonly string[];
}
