import { createHash } from 'node:crypto';
import { ArmError } from '../../../arm/arm-error.ts';
import type { ProviderContext, PutInput, ResourceTypeProvider } from '../contract.ts';
import { nameIn } from '../ids.ts';
import { defined, type Members, membersOf, numberOf, textOf } from '../members.ts';
import { propertiesOf, resourceOf, takeIn, withEtag } from '../resource-form.ts';

const type = 'Microsoft.OperationalInsights/workspaces';

const skus = ['Free', 'Standard', 'Premium', 'PerNode', 'PerGB2018', 'Standalone', 'CapacityReservation', 'LACluster'];

/** SKUs that are not sold any more: those that have one keep it. */
const oldSkus: ReadonlySet<string> = new Set(['Free', 'Standard', 'Premium', 'PerNode', 'Standalone']);

/** Log Analytics workspaces. */
export const workspaces: ResourceTypeProvider = {
  type,
  apiVersions: [
    '2026-03-01',
    '2025-07-01',
    '2025-02-01',
    '2023-09-01',
    '2022-10-01',
    '2021-12-01-preview',
    '2021-06-01',
    '2020-10-01',
    '2020-08-01',
    '2020-03-01-preview',
    '2015-11-01-preview',
    '2015-03-20',
  ],
  location: 'required',
  longRunning: true,
  put(input, context) {
    const { envelope, properties } = takeIn(type, input.body);
    checkName(nameIn(input.id));
    const sku = checkSku(input, properties);
    const retention = checkRetention(sku.name, numberOf(properties.retentionInDays));
    const workspace = resourceOf(
      type,
      input,
      envelope,
      defined({
        ...properties,
        customerId: context.stableGuid(input.id, 'customerId'),
        provisioningState: 'Succeeded',
        sku,
        retentionInDays: retention,
        features: {
          legacy: 0,
          searchVersion: 1,
          enableLogAccessUsingOnlyResourcePermissions: true,
          ...membersOf(properties.features),
        },
        workspaceCapping: checkCap(properties.workspaceCapping),
        publicNetworkAccessForIngestion: properties.publicNetworkAccessForIngestion ?? 'Enabled',
        publicNetworkAccessForQuery: properties.publicNetworkAccessForQuery ?? 'Enabled',
      }),
    );
    return { put: [workspace], delete: [] };
  },
  read: (stored) => withEtag(stored),
  actions: { sharedkeys: (existing, _body, context) => sharedKeys(existing.id, context) },
};

const refuse = (code: string, message: string): ArmError => new ArmError(400, { code, message });

/** 4 to 63 letters, digits and hyphens, no hyphen at the ends (learn.microsoft.com, resource name rules). */
function checkName(name: string): void {
  if (/^[a-z0-9][a-z0-9-]{2,61}[a-z0-9]$/i.test(name)) return;
  throw refuse(
    'InvalidResourceName',
    `The workspace name '${name}' is invalid: 4 to 63 letters, digits and hyphens, beginning and ending with a letter or digit.`,
  );
}

function checkSku(input: PutInput, properties: Members): Members & { readonly name: string } {
  const given = membersOf(properties.sku);
  const before = textOf(membersOf(propertiesOf(input.existing).sku).name);
  const text = textOf(given.name) ?? before ?? 'PerGB2018';
  const name = skus.find((item) => item.toLowerCase() === text.toLowerCase());
  if (name === undefined || (oldSkus.has(name) && name !== before)) {
    throw refuse('InvalidParameter', `The pricing tier '${text}' is not valid for this workspace.`);
  }
  const level = numberOf(given.capacityReservationLevel);
  if (name === 'CapacityReservation' && (level === undefined || level < 100 || level % 100 !== 0)) {
    throw refuse(
      'InvalidParameter',
      `The capacity reservation level '${String(level)}' is not valid: a multiple of 100.`,
    );
  }
  return { ...given, name };
}

/** 30 to 730 days, where the SKU does not fix it (learn.microsoft.com, data retention in Azure Monitor Logs). */
function checkRetention(sku: string, days: number | undefined): number {
  if (days === undefined) return sku === 'Free' ? 7 : 30;
  const isValid = sku === 'Free' ? days === 7 : Number.isInteger(days) && days >= 30 && days <= 730;
  if (isValid) return days;
  throw refuse('InvalidParameter', `'RetentionInDays' property doesn't match the SKU limits: ${days} days for ${sku}.`);
}

/** -1 is no cap. */
function checkCap(value: unknown): Members {
  const quota = numberOf(membersOf(value).dailyQuotaGb) ?? -1;
  if (quota !== -1 && quota < 0.023)
    throw refuse('InvalidParameter', `The daily cap ${quota} GB is not valid: -1, or 0.023 and more.`);
  return { dailyQuotaGb: quota, dataIngestionStatus: 'RespectQuota' };
}

/** Keys of the same workspace are the same in every run; nothing accepts them. */
function sharedKeys(id: string, context: ProviderContext): Members {
  const key = (purpose: string): string =>
    createHash('sha512').update(context.stableGuid(id, purpose)).digest('base64');
  return { primarySharedKey: key('primarySharedKey'), secondarySharedKey: key('secondarySharedKey') };
}
