import * as z from 'zod';
import { budgetAmount } from '../checks/budget.ts';
import { emailAddress } from '../checks/email-address.ts';
import { interactiveRetention, logsRetention } from '../checks/retention.ts';
import { tagCount, tagLimit, tagName, tagValue } from '../checks/tag.ts';
import { asIssue, list, text, wholeNumber } from './field.ts';

export const retention = z
  .strictObject({
    logs: wholeNumber({ description: '', minimum: 365, maximum: 4383 }, logsRetention).default(365).meta({
      description:
        'Days that logs are kept in all. PCI DSS 10.5.1 asks for at least 12 months; Log Analytics takes up to 730, or 1095, 1460, 1826, 2191, 2556, 2922, 3288, 3653, 4018, 4383.',
    }),
    interactive: wholeNumber({ description: '', minimum: 90, maximum: 730 }, interactiveRetention).default(90).meta({
      description: 'Of these, days that can be searched at once. PCI DSS 10.5.1 asks for at least three months.',
    }),
  })
  .superRefine((value, context) => {
    if (value.interactive <= value.logs) return;
    context.addIssue({
      ...asIssue({
        code: 'SPEC_RETENTION_ORDER',
        message: `Logs are searchable for ${value.interactive} days but kept for ${value.logs} only.`,
        hint: 'Set `logs` to at least `interactive`.',
      }),
      path: ['interactive'],
    });
  })
  .prefault({})
  .meta({ description: 'How long logs are kept, in days.' });

export const budget = z
  .strictObject({
    monthly: wholeNumber({ description: '', minimum: 1 }, budgetAmount).default(6000).meta({
      description:
        'What a month may cost before people are told: a whole number in the currency of the subscription’s bill. Nothing is switched off.',
    }),
  })
  .prefault({})
  .meta({ description: 'What the landing zone is expected to cost.' });

export const tags = z
  .record(z.string(), text({ description: 'Value of the tag, at most 256 characters.' }, tagValue))
  .superRefine((value, context) => {
    const count = tagCount(value);
    if (count !== undefined) context.addIssue(asIssue(count));
    for (const name of Object.keys(value)) {
      const complaint = tagName(name);
      if (complaint !== undefined) context.addIssue({ ...asIssue(complaint), path: [name] });
    }
  })
  .default({})
  .meta({
    description: `Tags of every resource, at most ${tagLimit}.`,
    examples: [{ 'data-classification': 'confidential' }],
  });

const people = (description: string) =>
  list(
    text({ description: 'An e-mail address.', examples: ['security@example.com'] }, emailAddress),
    { description },
    { maxItems: 20 },
  ).default([]);

export const contacts = z
  .strictObject({
    security: people('Who is told about security alerts.'),
    operations: people('Who is told about alerts of the running platform.'),
  })
  .prefault({})
  .meta({ description: 'Whom alerts go to, by e-mail address.' });
