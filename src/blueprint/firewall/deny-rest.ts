import type { Built } from '../draft.ts';
import type { HubRefs } from '../hub/refs.ts';
import { http, https, ruleCollectionGroup } from './rules.ts';

/** The lowest that there is: evaluated after every other group. */
const lastPriority = 65000;

/**
 * Denies every name that no rule allows. Without it, names that match nothing are still tried against a collection that Microsoft
 * keeps (statement 77).
 */
export function denyRest(hub: HubRefs): Built {
  return ruleCollectionGroup(
    hub.placement,
    hub,
    {
      key: `hub/${hub.region}/firewall-rules-deny-rest`,
      name: 'deny-rest',
      priority: lastPriority,
      oneAtATime: hub.policyWrites,
    },
    [
      {
        name: 'deny-rest',
        priority: lastPriority,
        action: 'Deny',
        rules: [
          {
            kind: 'application',
            name: 'deny-every-other-name',
            decision: 'no-built-in-names',
            from: 'any',
            protocols: [http, https],
            names: ['*'],
          },
        ],
      },
    ],
  );
}
