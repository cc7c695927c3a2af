import * as z from 'zod';
import { list, words } from './field.ts';

const call = z.strictObject({
  from: words({ description: 'Component that calls.', examples: ['web-frontend'] }, 63),
  to: words({ description: 'Component that is called.', examples: ['microservice-a'] }, 63),
});

export const workload = z
  .strictObject({
    entrance: words(
      {
        description:
          'The one component that the ingress hands requests to. By default the sample’s `web-frontend`, where there is one.',
        examples: ['web-frontend'],
      },
      63,
    ).optional(),
    calls: list(
      call,
      {
        description:
          'Which component calls which, over mutual TLS on the workload’s port. Nothing else is opened between components: not by network policies, not by the mesh, and between scopes not by security groups. By default the sample’s chain from web-frontend to microservice-c, as far as its components are there.',
      },
      { maxItems: 500 },
    ).optional(),
  })
  .prefault({})
  .meta({ description: 'What calls what inside the cluster.' });
