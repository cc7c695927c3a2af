import type { ResourceTypeProvider } from '../contract.ts';
import { nameIn } from '../ids.ts';
import { textOf } from '../members.ts';
import { resourceOf, takeIn, withEtag } from '../resource-form.ts';
import { badRequest, isGuid, withIdentity } from '../service-checks.ts';

const type = 'Microsoft.Insights/workbooks';

/** Workbooks: a name that is a GUID, a kind, and their content as JSON text. Refused as `BadRequest`. */
export const workbooks: ResourceTypeProvider = {
  type,
  apiVersions: ['2023-06-01', '2022-04-01', '2021-08-01', '2021-03-08', '2020-10-20'],
  location: 'required',
  longRunning: false,
  put(input, context) {
    const { envelope, properties } = takeIn(type, input.body);
    if (!isGuid(nameIn(input.id)))
      throw badRequest('BadRequest', `The workbook name '${nameIn(input.id)}' must be a GUID.`);
    if (envelope.kind !== 'shared')
      throw badRequest('BadRequest', `The workbook kind '${String(envelope.kind)}' must be shared.`);
    const text = textOf(properties.serializedData);
    if (text === undefined || !isJson(text))
      throw badRequest('BadRequest', 'serializedData is not the JSON text of a workbook.');
    const workbook = resourceOf(type, input, withIdentity(input.id, envelope, context), {
      ...properties,
      version: properties.version ?? 'Notebook/1.0',
      sourceId: properties.sourceId ?? 'azure monitor',
      revision: context.stableGuid(`${input.id}|${text}`, 'revision').replaceAll('-', ''),
    });
    return { put: [workbook], delete: [] };
  },
  read: (stored) => withEtag(stored),
};

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
