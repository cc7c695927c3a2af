import type { ResourceTypeProvider } from '../contract.ts';
import { nameIn } from '../ids.ts';
import { type Members, membersOf, numberOf, textOf, textsOf } from '../members.ts';
import { resourceOf, takeIn, withEtag } from '../resource-form.ts';
import { badRequest } from '../service-checks.ts';

const type = 'Microsoft.Consumption/budgets';

/** Budgets of a subscription or group (REST reference, Budgets - Create Or Update). Refused with the service's `400`, as its wire code is. */
export const budgets: ResourceTypeProvider = {
  type,
  apiVersions: [
    '2026-06-01',
    '2024-08-01',
    '2023-11-01',
    '2023-05-01',
    '2023-03-01',
    '2021-10-01',
    '2021-05-01',
    '2019-10-01',
    '2019-05-01',
    '2018-10-01',
  ],
  location: 'none',
  longRunning: false,
  put(input) {
    const { envelope, properties } = takeIn(type, input.body);
    if (!/^[\w-]{1,63}$/.test(nameIn(input.id))) throw invalid(`The name '${nameIn(input.id)}' is not valid.`);
    if ((numberOf(properties.amount) ?? 0) <= 0) throw invalid('The amount must be more than 0.');
    checkPeriod(membersOf(properties.timePeriod));
    const notifications = Object.entries(membersOf(properties.notifications));
    if (notifications.length > 5) throw invalid('A budget has 5 notifications at most.');
    for (const [name, notification] of notifications) checkNotification(name, membersOf(notification));
    const budget = resourceOf(type, input, envelope, {
      ...properties,
      currentSpend: { amount: 0, unit: 'USD' },
    });
    return { put: [budget], delete: [] };
  },
  read: (stored) => withEtag(stored, 'eTag'),
};

const invalid = (message: string): Error => badRequest('400', message);

/** Begins on the first of a month, and ends after that. */
function checkPeriod({ startDate, endDate }: Members): void {
  const start = new Date(textOf(startDate) ?? '');
  if (Number.isNaN(start.getTime()) || start.getUTCDate() !== 1) {
    throw invalid(`The start date '${String(startDate)}' is not valid: the first day of a month.`);
  }
  if (start < new Date('2017-06-01T00:00:00Z')) throw invalid('The start date must not be before 2017-06-01.');
  if (endDate !== undefined && !(new Date(String(endDate)) > start)) {
    throw invalid(`The end date '${String(endDate)}' must be after the start date.`);
  }
}

/** Thresholds are per cent, 0 to 1000; somebody must be told. */
function checkNotification(name: string, notification: Members): void {
  const threshold = numberOf(notification.threshold);
  if (threshold === undefined || threshold < 0 || threshold > 1000) {
    throw invalid(`The threshold of notification '${name}' must be 0 to 1000 per cent.`);
  }
  const told = ['contactEmails', 'contactRoles', 'contactGroups'].flatMap((member) => textsOf(notification[member]));
  if (told.length === 0) throw invalid(`Notification '${name}' names nobody to tell.`);
}
