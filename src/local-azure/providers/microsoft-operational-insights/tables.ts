import type { ResourceTypeProvider } from '../contract.ts';
import { nameIn, parentOf } from '../ids.ts';
import { defined, listOf, membersOf, numberOf } from '../members.ts';
import { propertiesOf, resourceOf, takeIn } from '../resource-form.ts';
import { badRequest } from '../service-checks.ts';

const type = 'Microsoft.OperationalInsights/workspaces/tables';

/** Tables that a user makes end with one of these (learn.microsoft.com, create custom tables). */
const made = /_(CL|SRCH|RST)$/i;

/**
 * Tables of a workspace: plan, retention, columns. Azure's own tables stand only once they are written, without their columns. Refused
 * under the service's `InvalidParameter`.
 */
export const tables: ResourceTypeProvider = {
  type,
  apiVersions: ['2026-03-01', '2025-07-01', '2025-02-01', '2023-09-01', '2022-10-01', '2021-12-01-preview'],
  location: 'none',
  longRunning: true,
  put(input, context) {
    const { properties } = takeIn(type, input.body);
    const name = nameIn(input.id);
    const plan = properties.plan ?? propertiesOf(input.existing).plan ?? 'Analytics';
    const workspaceDays = numberOf(propertiesOf(context.view.get(parentOf(input.id))).retentionInDays) ?? 30;
    const asked = numberOf(properties.retentionInDays);
    const days = plan === 'Analytics' ? (asked === undefined || asked === -1 ? workspaceDays : asked) : 30;
    const total = numberOf(properties.totalRetentionInDays);
    const all = total === undefined || total === -1 ? days : total;
    if (plan === 'Analytics' && (days < 4 || days > 730))
      throw invalid(`retentionInDays of table ${name} must be 4 to 730, not ${days}.`);
    if (all < days || all > 4383)
      throw invalid(`totalRetentionInDays of table ${name} must be ${days} to 4383, not ${all}.`);
    const schema = membersOf(properties.schema);
    if (
      made.test(name) &&
      input.existing === undefined &&
      listOf(schema.columns).length === 0 &&
      properties.searchResults === undefined &&
      properties.restoredLogs === undefined
    ) {
      throw invalid(`Table ${name} needs columns.`);
    }
    if (
      /_CL$/i.test(name) &&
      schema.columns !== undefined &&
      !listOf(schema.columns).some((column) => membersOf(column).name === 'TimeGenerated')
    ) {
      throw invalid(`Table ${name} needs a column TimeGenerated.`);
    }
    const table = resourceOf(
      type,
      input,
      {},
      defined({
        ...properties,
        plan,
        retentionInDays: days,
        totalRetentionInDays: all,
        archiveRetentionInDays: all - days,
        retentionInDaysAsDefault: days === workspaceDays,
        totalRetentionInDaysAsDefault: all === days,
        schema:
          properties.schema === undefined
            ? propertiesOf(input.existing).schema
            : { ...schema, tableType: made.test(name) ? 'CustomLog' : 'Microsoft' },
        provisioningState: 'Succeeded',
      }),
    );
    return { put: [table], delete: [] };
  },
  delete(existing) {
    if (!made.test(existing.name)) throw invalid(`Table ${existing.name} is Azure's own and cannot be deleted.`);
    return { put: [], delete: [] };
  },
};

const invalid = (message: string): Error => badRequest('InvalidParameter', message);
