import type { ProviderContext } from '../contract.ts';
import { listOf, membersOf, textOf } from '../members.ts';
import { badRequest, isSubscription, requireFound } from '../service-checks.ts';

/** What an alert watches must be there: a subscription, a group, or a resource. At least one. */
export function checkScopes(scopes: readonly string[], context: ProviderContext): void {
  if (scopes.length === 0) throw badRequest('BadRequest', 'An alert rule needs one scope or several.');
  for (const scope of scopes) {
    if (isSubscription(scope) || context.view.get(scope) !== undefined) continue;
    throw badRequest('BadRequest', `Scope '${scope}' does not exist.`);
  }
}

/** The action groups that an alert calls must be there. */
export function checkActionGroups(ids: readonly unknown[], context: ProviderContext): void {
  for (const id of ids) requireFound(context, textOf(id), 'Microsoft.Insights/actionGroups');
}

/** Ids of `[{actionGroupId}]`. */
export function actionGroupIds(actions: unknown): readonly unknown[] {
  return listOf(actions).map((action) => membersOf(action).actionGroupId);
}

/** `PT5M` in minutes; undefined for what is no such duration. */
export function minutesOf(duration: unknown): number | undefined {
  const match = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/.exec(String(duration));
  if (match === null || duration === undefined) return undefined;
  const [, days = '0', hours = '0', minutes = '0'] = match;
  return Number(days) * 1440 + Number(hours) * 60 + Number(minutes);
}
