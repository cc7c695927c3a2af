import { since } from '../offers.ts';
import { resourceRule, setting, wants } from './resource-rule.ts';

export const securityContactsAreNamed = resourceRule({
  id: 'security-contacts-are-named',
  statement: 'Security alerts go to somebody',
  controls: ['10.4.1', '12.10.1'],
  type: 'Microsoft.Security/securityContacts',
  faults: (contact) => [
    ...since('switch of security contacts', wants(contact, 'properties.isEnabled', true)),
    setting(contact, 'properties.emails') === undefined &&
    setting(contact, 'properties.notificationsByRole.state') !== 'On'
      ? 'names neither an address nor a role'
      : undefined,
  ],
});
