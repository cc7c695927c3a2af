import type { TextRule } from '../complaint.ts';

/** Looks like an e-mail address: enough to catch a name or a telephone number; whether mail arrives nobody can tell from here. */
export const emailAddress: TextRule = (text) =>
  /^[^\s@,;<>()"]{1,64}@[a-z0-9]([a-z0-9.-]*[a-z0-9])?\.[a-z]{2,}$/i.test(text) && text.length <= 254
    ? undefined
    : {
        code: 'SPEC_EMAIL_INVALID',
        message: `${JSON.stringify(text)} does not look like an e-mail address.`,
        hint: 'One address a list item: security@example.com.',
      };
