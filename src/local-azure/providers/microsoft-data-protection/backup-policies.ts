import type { ResourceTypeProvider } from '../contract.ts';
import { nameIn, parentOf, sameId } from '../ids.ts';
import { listOf, membersOf, textOf, textsOf } from '../members.ts';
import { propertiesOf, resourceOf, takeIn } from '../resource-form.ts';
import { badRequest, conflict } from '../service-checks.ts';
import { backupApiVersions } from './api-versions.ts';

const type = 'Microsoft.DataProtection/backupVaults/backupPolicies';

/** Backup policies: they cannot be changed, have a default retention, and rules with names of their own. Codes are named here. */
export const backupPolicies: ResourceTypeProvider = {
  type,
  apiVersions: backupApiVersions,
  location: 'none',
  longRunning: false,
  put(input) {
    const { properties } = takeIn(type, input.body);
    if (!/^[a-z][a-z0-9-]{2,149}$/i.test(nameIn(input.id)))
      throw badRequest('BMSUserErrorInvalidInput', `The policy name '${nameIn(input.id)}' is invalid.`);
    if (textsOf(properties.datasourceTypes).length !== 1)
      throw badRequest('BMSUserErrorInvalidInput', 'A backup policy is for one type of data source.');
    const rules = listOf(properties.policyRules).map(membersOf);
    const names = rules.map(({ name }) => String(name).toLowerCase());
    if (new Set(names).size < names.length)
      throw badRequest('BMSUserErrorInvalidInput', 'The rules of a backup policy have names of their own.');
    const retains = rules.some(
      ({ objectType, isDefault }) => objectType === 'AzureRetentionRule' && isDefault === true,
    );
    const backs = rules.some(({ objectType }) => objectType === 'AzureBackupRule');
    if (backs && !retains)
      throw badRequest('BMSUserErrorInvalidInput', 'A backup policy needs a default retention rule.');
    if (input.existing !== undefined && JSON.stringify(propertiesOf(input.existing)) !== JSON.stringify(properties)) {
      throw badRequest(
        'BMSUserErrorPolicyCannotChange',
        `The backup policy '${nameIn(input.id)}' cannot be changed: make another.`,
      );
    }
    return { put: [resourceOf(type, input, {}, properties)], delete: [] };
  },
  delete(existing, context) {
    const user = context.view
      .children(parentOf(existing.id), 'backupInstances')
      .find((instance) => sameId(textOf(membersOf(propertiesOf(instance).policyInfo).policyId), existing.id));
    if (user !== undefined)
      throw conflict('BMSUserErrorPolicyInUse', `The backup policy '${existing.name}' is used by '${user.name}'.`);
    return { put: [], delete: [] };
  },
};
