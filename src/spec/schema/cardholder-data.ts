import * as z from 'zod';
import { list, words } from './field.ts';

const flow = z.strictObject({
  from: words({ description: 'Component that sends.', examples: ['browser'] }, 100),
  to: words({ description: 'Component that receives.', examples: ['application-gateway'] }, 100),
  protocol: words({ description: 'How it is sent.', examples: ['HTTPS'] }, 100),
  data: words({ description: 'What is sent.', examples: ['primary account number'] }),
  stored: z.boolean().default(false).meta({ description: 'Whether the data comes to rest at `to`.' }),
});

const component = z.strictObject({
  name: words({ description: 'Name of the component.', examples: ['microservice-a'] }, 100),
  scope: z
    .enum(['in-scope', 'connected-to', 'out-of-scope'])
    .meta({ description: 'Its PCI DSS scope class; `connected-to` includes what can affect security.' }),
  because: words({ description: 'Why it has that class.' }, 500),
});

const sharesTheCluster = 'It shares a cluster with in-scope pods, calls one of them, and handles no card numbers.';

export const cardholderData = z
  .strictObject({
    flows: list(
      flow,
      { description: 'The ways that cardholder data takes (PCI DSS 1.2.4).' },
      { maxItems: 500 },
    ).default([]),
    components: list(
      component,
      { description: 'The components of the workload and their scope. By default those of the sample workload.' },
      { maxItems: 500 },
    ).default([
      { name: 'web-frontend', scope: 'in-scope', because: 'It takes card numbers from the browser.' },
      { name: 'microservice-a', scope: 'connected-to', because: sharesTheCluster },
      { name: 'microservice-b', scope: 'connected-to', because: sharesTheCluster },
      { name: 'microservice-c', scope: 'in-scope', because: 'It is the one that answers with card data.' },
    ]),
  })
  .prefault({})
  .meta({ description: 'Where cardholder data flows: infrastructure alone cannot tell.' });
