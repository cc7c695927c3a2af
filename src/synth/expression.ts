import type { Scope } from '../model/scope.ts';

/** What an id expression points at: full type and one name for each segment after the namespace. */
export interface Target {
  readonly type: string;
  readonly names: readonly string[];
  readonly scope: Scope;
}

const resourceGroupType = 'microsoft.resources/resourcegroups';

/** Whether two scopes are the same place; Azure compares names without regard to case. */
export function sameScope(a: Scope, b: Scope): boolean {
  return scopeKey(a) === scopeKey(b);
}

/** One text per scope, for maps. */
export function scopeKey(scope: Scope): string {
  return scope.kind === 'subscription' ? 'subscription' : `resourceGroup ${scope.name.toLowerCase()}`;
}

/**
 * The expression, without brackets, that yields the id of `target` in a template that is deployed to `from`. The forms are the
 * ones that Microsoft's "ARM template functions in deployment scopes" gives for each pair of scopes; all stay in the
 * subscription that the template is deployed to, so that no subscription id stands in a template.
 */
export function idExpression(target: Target, from: Scope): string {
  if (target.scope.kind === 'subscription' && target.type.toLowerCase() === resourceGroupType) {
    // A group's id has no `providers` segment, so the resourceId family does not give it.
    return `format('{0}/resourceGroups/{1}', subscription().id, ${quoted(target.names.join('/'))})`;
  }
  return nameExpression(target, from);
}

/** As `idExpression`, in the form that `dependsOn` takes: a resource group is named like any other resource there. */
export function dependencyExpression(target: Target, from: Scope): string {
  return nameExpression(target, from);
}

function nameExpression(target: Target, from: Scope): string {
  const rest = [target.type, ...target.names].map(quoted).join(', ');
  if (target.scope.kind === 'subscription') return `subscriptionResourceId(${rest})`;
  if (sameScope(target.scope, from)) return `resourceId(${rest})`;
  const group = quoted(target.scope.name);
  return from.kind === 'subscription'
    ? `resourceId(subscription().subscriptionId, ${group}, ${rest})`
    : `resourceId(${group}, ${rest})`;
}

/** A string literal of the expression language. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
