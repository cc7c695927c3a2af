import type { State } from '../../../model/state.ts';
import type { Rule } from '../rule.ts';
import { type ResourceRuleDraft, resourceRule } from './resource-rule.ts';

/**
 * A rule about what extends a cluster (`…/managedClusters/x/providers/Microsoft.KubernetesConfiguration/extensions/flux`), whatever
 * way its type is written: its id tells what it is.
 */
export function extensionRule(kind: 'extensions' | 'fluxConfigurations', draft: Omit<ResourceRuleDraft, 'type'>): Rule {
  const type = `Microsoft.KubernetesConfiguration/${kind}`;
  const mark = `/providers/${type}/`.toLowerCase();
  const rule = resourceRule({ ...draft, type });
  const named = (state: State): State => ({
    ...state,
    resources: state.resources.flatMap((one) => (one.id.toLowerCase().includes(mark) ? [{ ...one, type }] : [])),
  });
  return {
    ...rule,
    check: (state, model, remarks, day) => rule.check(named(state), model, remarks, day),
    looksAt: (model, state) => rule.looksAt(model, named(state)),
  };
}
