import type { ResourceTypeProvider } from '../contract.ts';
import { nameIn, parentOf, sameId } from '../ids.ts';
import { textOf } from '../members.ts';
import { propertiesOf, resourceOf, takeIn } from '../resource-form.ts';
import { badRequest, conflict, requireFound } from '../service-checks.ts';
import { registryApiVersions } from './api-versions.ts';

const type = 'Microsoft.ContainerRegistry/registries/cacheRules';

/**
 * Artifact cache (learn.microsoft.com, artifact cache: one rule a target, wildcards on both sides, 1,000 rules). Codes are named here.
 */
export const cacheRules: ResourceTypeProvider = {
  type,
  apiVersions: registryApiVersions.filter((version) => version >= '2023-01-01'),
  location: 'none',
  longRunning: true,
  put(input, context) {
    const { properties } = takeIn(type, input.body);
    const name = nameIn(input.id);
    if (!/^[a-z0-9-]{5,50}$/i.test(name)) {
      throw badRequest(
        'InvalidCacheRuleName',
        `The cache rule name '${name}' is invalid: 5 to 50 letters, digits and hyphens.`,
      );
    }
    const source = textOf(properties.sourceRepository) ?? '';
    const target = textOf(properties.targetRepository) ?? '';
    if (!source.includes('/'))
      throw badRequest('InvalidSourceRepository', `'${source}' is no repository with its login server.`);
    if (source.endsWith('*') !== target.endsWith('*') || /\*./.test(source) || /\*./.test(target)) {
      throw badRequest('InvalidWildcard', `A wildcard ends both '${source}' and '${target}', or neither.`);
    }
    const before = propertiesOf(input.existing);
    if (input.existing !== undefined && (before.sourceRepository !== source || before.targetRepository !== target)) {
      throw badRequest('CacheRuleCannotChange', `The repositories of cache rule '${name}' cannot be changed.`);
    }
    const rules = context.view.children(parentOf(input.id), 'cacheRules').filter(({ id }) => !sameId(id, input.id));
    const twin = rules.find((rule) => propertiesOf(rule).targetRepository === target);
    if (twin !== undefined)
      throw conflict('CacheRuleConflict', `The cache rule '${twin.name}' has the target '${target}' already.`);
    if (rules.length >= 1000) throw badRequest('CacheRuleLimitReached', 'A registry has 1,000 cache rules at most.');
    const credentials = textOf(properties.credentialSetResourceId);
    if (credentials !== undefined) {
      requireFound(context, credentials, 'Microsoft.ContainerRegistry/registries/credentialSets');
    }
    return { put: [resourceOf(type, input, {}, { ...properties, provisioningState: 'Succeeded' })], delete: [] };
  },
};
