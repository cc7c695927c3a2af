import * as z from 'zod';
import { date } from '../checks/date.ts';
import { egressHost } from '../checks/host-name.ts';
import { ruleName, ruleNamePattern } from '../checks/name.ts';
import { list, text, wholeNumber, words } from './field.ts';

/** Azure Firewall's application rules. Source: Microsoft.Network/firewallPolicies/ruleCollectionGroups, `protocols[].port`. */
const highestPort = 64000;

export const egress = list(
  z.strictObject({
    name: text(
      {
        description: 'Name of the allowance; the name of its firewall rule.',
        examples: ['payment-provider'],
        pattern: ruleNamePattern,
      },
      ruleName,
    ),
    cluster: text({
      description: 'Name of the cluster that it is for. By default every cluster.',
      examples: ['01'],
    }).optional(),
    from: z.enum(['in-scope', 'out-of-scope', 'platform', 'system', 'jump-boxes', 'build-agents']).meta({
      description: 'Who may send: the pods of a pool, the jump boxes, or the build agents.',
    }),
    component: words(
      {
        description:
          'For pods of the workload: the one component that may send. By default every component of the pool.',
        examples: ['microservice-a'],
      },
      63,
    ).optional(),
    to: list(
      text(
        { description: 'A host name, or `*.example.com` for its subdomains.', examples: ['api.example.com'] },
        egressHost,
      ),
      { description: 'Where to, by host name.', examples: [['api.example.com']] },
      { minItems: 1, maxItems: 100 },
    ),
    protocol: z.enum(['https', 'http']).default('https').meta({
      description: 'Protocol that the firewall recognises and matches by host name.',
    }),
    port: wholeNumber(
      {
        description: 'Port of the destination. By default 443 for `https`, 80 for `http`.',
        minimum: 1,
        maximum: highestPort,
      },
      (port) =>
        port >= 1 && port <= highestPort
          ? undefined
          : {
              code: 'SPEC_PORT_INVALID',
              message: `Azure Firewall takes no application rule for port ${port}.`,
              hint: `Ports go from 1 to ${highestPort}.`,
            },
    ).optional(),
    reason: words({
      description: 'What the traffic is for: the business justification that an assessor asks for (PCI DSS 1.2.5).',
    }),
    owner: words({ description: 'Who answers for it.', examples: ['payments@contoso.com'] }, 100),
    expires: text(
      {
        description:
          'Last day on which it holds, `YYYY-MM-DD`. Afterwards it is left out of the firewall and reported: allowances are reviewed, not forgotten (PCI DSS 1.2.7).',
        examples: ['2027-06-30'],
        pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$',
      },
      date,
    ),
  }),
  { description: 'What may leave through the firewall beyond what the platform needs.' },
  { maxItems: 500 },
).default([]);
