import * as z from 'zod';
import { fourDigits } from '../checks/four-digits.ts';
import { guid } from '../checks/guid.ts';
import { hostName, hostNamePattern } from '../checks/host-name.ts';
import { organizationName, organizationNameLimit, organizationNamePattern } from '../checks/name.ts';
import { noReservedWord } from '../checks/reserved-word.ts';
import { firstOf } from '../complaint.ts';
import { text } from './field.ts';

const guidPattern = '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$';

export const profile = z.enum(['current', '2021']).default('current').meta({
  description:
    'The set of component choices. `current` is what a regulated cluster should be in 2026. `2021` has the components of Microsoft’s reference implementation of December 2021: it can be deployed to local Azure with `--as-of 2021-12-14`, and is refused on a day on which they are gone.',
});

export const organization = z
  .strictObject({
    name: text(
      {
        description: `Short name of the organization: lower case letters, digits, single hyphens, 2 to ${organizationNameLimit} characters. Part of resource names.`,
        examples: ['contoso'],
        pattern: organizationNamePattern,
      },
      firstOf(organizationName, noReservedWord),
    ),
    businessUnit: text({ description: '', pattern: '^[0-9]{4}$' }, fourDigits)
      .default('0001')
      .meta({
        description: 'Number of the business unit that answers for the workload: four digits, in quotes.',
        examples: ['0001'],
      }),
    application: text({ description: '', pattern: '^[0-9]{4}$' }, fourDigits)
      .default('0005')
      .meta({ description: 'Number of the application: four digits, in quotes.', examples: ['0005'] }),
  })
  .meta({
    description:
      'Who this landing zone belongs to: `name`, which is required, and two numbers. Names and tags are made of it.',
  });

export const environment = z.enum(['production', 'staging', 'test', 'development']).default('production').meta({
  description: 'What the landing zone is for; part of tags and reports. The controls are the same everywhere.',
});

export const azure = z
  .strictObject({
    tenantId: text({ description: 'Id of the Entra tenant that the subscription trusts.', pattern: guidPattern }, guid),
    subscriptionId: text(
      { description: 'Id of the subscription that everything is deployed to.', pattern: guidPattern },
      guid,
    ),
    clusterAdminGroupId: text(
      { description: 'Object id of the Entra group whose members administer the clusters.', pattern: guidPattern },
      guid,
    ),
  })
  .meta({
    description:
      'Where on Azure: `tenantId`, `subscriptionId`, `clusterAdminGroupId`. Ids, never credentials: those come from the environment.',
  });

export const domains = z
  .strictObject({
    public: text(
      {
        description: 'Host name that card holders ask for, answered by Application Gateway.',
        examples: ['bicycle.contoso.com'],
        pattern: hostNamePattern,
      },
      hostName,
    ),
    ingress: text(
      {
        description: 'Private domain of the names between Application Gateway and the ingress of the clusters.',
        examples: ['aks-ingress.contoso.com'],
        pattern: hostNamePattern,
      },
      hostName,
    ),
  })
  .meta({ description: 'Domain names: `public` and `ingress`.' });
