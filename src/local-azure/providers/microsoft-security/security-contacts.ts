import type { ResourceTypeProvider } from '../contract.ts';
import { nameIn } from '../ids.ts';
import { listOf, membersOf, textOf } from '../members.ts';
import { resourceOf, takeIn } from '../resource-form.ts';
import { badRequest } from '../service-checks.ts';

const type = 'Microsoft.Security/securityContacts';

/** Whom Defender writes to. One a subscription, called `default` (REST reference, Security Contacts, 2020-01-01-preview on). */
export const securityContacts: ResourceTypeProvider = {
  type,
  apiVersions: ['2023-12-01-preview', '2020-01-01-preview', '2017-08-01-preview'],
  location: 'none',
  longRunning: false,
  put(input) {
    const { properties } = takeIn(type, input.body);
    if (input.apiVersion >= '2020' && nameIn(input.id).toLowerCase() !== 'default') {
      throw badRequest(
        'InvalidSecurityContactName',
        `The security contact must be called 'default', not '${nameIn(input.id)}'.`,
      );
    }
    const emails = (textOf(properties.emails) ?? '')
      .split(/[;,]/)
      .map((email) => email.trim())
      .filter((email) => email !== '');
    const invalid = emails.find((email) => !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email));
    if (invalid !== undefined) throw badRequest('InvalidEmail', `'${invalid}' is no e-mail address.`);
    const roles = listOf(membersOf(properties.notificationsByRole).roles);
    if (emails.length === 0 && roles.length === 0 && input.apiVersion >= '2020') {
      throw badRequest('InvalidSecurityContact', 'A security contact needs e-mail addresses or roles to notify.');
    }
    return { put: [resourceOf(type, input, {}, properties)], delete: [] };
  },
};
