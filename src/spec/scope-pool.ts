import type { ComponentScopeSpec } from './spec.ts';

/** The pool in which the pods of a component run. Whatever is not in scope shares the cluster with what is: it runs apart. */
export function poolOfScope(scope: ComponentScopeSpec['scope']): 'in-scope' | 'out-of-scope' {
  return scope === 'in-scope' ? 'in-scope' : 'out-of-scope';
}
