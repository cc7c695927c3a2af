import { type Collection, http, https } from './rules.ts';

/** The lowest that there is: evaluated after every other. */
export const lastPriority = 65000;

/**
 * Denies every name that no rule allows. Without it, names that match nothing are still tried against a collection that Microsoft
 * keeps (statement 77).
 */
export const denyRest: Collection = {
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
};
