import type { ResourceTypeProvider } from '../contract.ts';
import { parentOf, sameId } from '../ids.ts';
import { membersOf, textOf, textsOf } from '../members.ts';
import { propertiesOf, resourceOf, takeIn } from '../resource-form.ts';
import { badRequest, requireFound } from '../service-checks.ts';

const type = 'Microsoft.OperationalInsights/workspaces/dataExports';

/** Continuous export of tables (learn.microsoft.com, data export: ten enabled rules a workspace). Refused under the service's `InvalidParameter`. */
export const dataExports: ResourceTypeProvider = {
  type,
  apiVersions: ['2026-03-01', '2025-07-01', '2025-02-01', '2023-09-01', '2022-10-01', '2020-08-01'],
  location: 'none',
  longRunning: false,
  put(input, context) {
    const { properties } = takeIn(type, input.body);
    const names = textsOf(properties.tableNames);
    if (names.length === 0) throw badRequest('InvalidParameter', 'A data export names one table or several.');
    const destination = textOf(membersOf(properties.destination).resourceId) ?? '';
    const isStorage = /\/storageAccounts\//i.test(destination);
    if (isStorage) {
      const account = requireFound(context, destination, 'Microsoft.Storage/storageAccounts');
      const workspace = context.view.get(parentOf(input.id));
      if (account.location !== workspace?.location)
        throw badRequest(
          'InvalidParameter',
          `Storage account ${account.name} must be in ${workspace?.location}, where the workspace is.`,
        );
    }
    const others = context.view.children(parentOf(input.id), 'dataExports').filter(({ id }) => !sameId(id, input.id));
    if (others.length >= 10) throw badRequest('InvalidParameter', 'A workspace has ten data exports at most.');
    const twin = others.find((other) =>
      sameId(textOf(membersOf(propertiesOf(other).destination).resourceId), destination),
    );
    if (twin !== undefined)
      throw badRequest('InvalidParameter', `Data export '${twin.name}' writes to the same destination.`);
    const rule = resourceOf(
      type,
      input,
      {},
      {
        ...properties,
        enable: properties.enable ?? true,
        dataExportId: context.stableGuid(input.id, 'dataExportId'),
        destination: { ...membersOf(properties.destination), type: isStorage ? 'StorageAccount' : 'EventHub' },
      },
    );
    return { put: [rule], delete: [] };
  },
};
