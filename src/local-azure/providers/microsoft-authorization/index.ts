import type { ResourceTypeProvider } from '../contract.ts';
import { locks } from './locks.ts';
import { policyAssignments } from './policy-assignments.ts';
import { policyDefinitions } from './policy-definitions.ts';
import { policyExemptions } from './policy-exemptions.ts';
import { policySetDefinitions } from './policy-set-definitions.ts';
import { roleAssignments } from './role-assignments.ts';
import { roleDefinitions } from './role-definitions.ts';

export const authorizationProviders: readonly ResourceTypeProvider[] = [
  locks,
  policyAssignments,
  policyDefinitions,
  policyExemptions,
  policySetDefinitions,
  roleAssignments,
  roleDefinitions,
];
