import type { ResourceTypeProvider } from '../contract.ts';
import { nameIn } from '../ids.ts';
import { listOf, membersOf, textOf } from '../members.ts';
import { resourceOf, takeIn } from '../resource-form.ts';
import { badRequest } from '../service-checks.ts';
import { storageApiVersions } from './api-versions.ts';

const type = 'Microsoft.Storage/storageAccounts/managementPolicies';

/** Lifecycle rules of an account, called `default` (REST reference, Management Policies). */
export const managementPolicies: ResourceTypeProvider = {
  type,
  apiVersions: storageApiVersions,
  location: 'none',
  longRunning: false,
  put(input) {
    const { properties } = takeIn(type, input.body);
    if (nameIn(input.id).toLowerCase() !== 'default')
      throw badRequest('InvalidResourceName', "The management policy must be called 'default'.");
    const rules = listOf(membersOf(properties.policy).rules).map(membersOf);
    if (rules.length === 0 || rules.length > 100)
      throw badRequest('InvalidRequestPropertyValue', `A management policy has 1 to 100 rules, not ${rules.length}.`);
    const seen = new Set<string>();
    for (const rule of rules) {
      const name = textOf(rule.name) ?? '';
      if (!/^[a-z0-9-]{1,256}$/i.test(name) || seen.has(name))
        throw badRequest('InvalidRequestPropertyValue', `The rule name '${name}' is not valid, or there twice.`);
      seen.add(name);
      const { actions } = membersOf(rule.definition);
      if (Object.keys(membersOf(actions)).length === 0)
        throw badRequest('InvalidRequestPropertyValue', `Rule '${name}' has no action.`);
    }
    const policy = { rules: rules.map((rule) => ({ enabled: true, ...rule })) };
    return { put: [resourceOf(type, input, {}, { ...properties, policy })], delete: [] };
  },
};
