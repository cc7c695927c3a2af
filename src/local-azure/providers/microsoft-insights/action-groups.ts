import { isRegion, normalizeLocation } from '../../resources/regions.ts';
import type { ResourceTypeProvider } from '../contract.ts';
import { listOf, type Members, membersOf, textOf } from '../members.ts';
import { resourceOf, takeIn } from '../resource-form.ts';
import { badRequest, withIdentity } from '../service-checks.ts';

const type = 'Microsoft.Insights/actionGroups';

const receivers = [
  'emailReceivers',
  'smsReceivers',
  'webhookReceivers',
  'itsmReceivers',
  'azureAppPushReceivers',
  'automationRunbookReceivers',
  'voiceReceivers',
  'logicAppReceivers',
  'azureFunctionReceivers',
  'armRoleReceivers',
  'eventHubReceivers',
];

/** Who is told, and how. Global, or in one of a few regions (learn.microsoft.com, action groups). */
export const actionGroups: ResourceTypeProvider = {
  type,
  apiVersions: [
    '2024-10-01-preview',
    '2023-09-01-preview',
    '2023-01-01',
    '2022-06-01',
    '2021-09-01',
    '2019-06-01',
    '2019-03-01',
    '2018-09-01',
    '2018-03-01',
    '2017-04-01',
  ],
  location: 'none',
  longRunning: false,
  put(input, context) {
    const { envelope, properties } = takeIn(type, input.body);
    const location = textOf(envelope.location) ?? '';
    if (normalizeLocation(location) !== 'global' && !isRegion(location)) {
      throw badRequest('LocationRequired', `The location '${location}' of an action group must be Global or a region.`);
    }
    const short = textOf(properties.groupShortName) ?? '';
    if (short.length < 1 || short.length > 12)
      throw badRequest('BadRequest', `The short name '${short}' must have 1 to 12 characters.`);
    const names = new Set<string>();
    const lists = receivers.map((list) => {
      const items = listOf(properties[list]).map(membersOf);
      for (const item of items) checkReceiver(item, names);
      return [
        list,
        items.map((item) =>
          list === 'emailReceivers' || list === 'smsReceivers' ? { ...item, status: 'Enabled' } : item,
        ),
      ] as const;
    });
    const group = resourceOf(
      type,
      input,
      {
        ...withIdentity(input.id, envelope, context),
        location: normalizeLocation(location) === 'global' ? 'Global' : normalizeLocation(location),
      },
      {
        ...properties,
        enabled: properties.enabled ?? true,
        ...Object.fromEntries(lists),
      },
    );
    return { put: [group], delete: [] };
  },
};

function checkReceiver(receiver: Members, names: Set<string>): void {
  const name = String(receiver.name).toLowerCase();
  if (names.has(name))
    throw badRequest('BadRequest', `The receiver name '${String(receiver.name)}' is there more than once.`);
  names.add(name);
  const email = textOf(receiver.emailAddress);
  if (email !== undefined && !/^[^@\s]+@[^@\s]+$/.test(email))
    throw badRequest('BadRequest', `'${email}' is no e-mail address.`);
}
