import type { ResourceTypeProvider } from '../contract.ts';
import { nameIn } from '../ids.ts';
import { defined, textOf } from '../members.ts';
import { resourceOf, takeIn } from '../resource-form.ts';
import { badRequest, isWithin, scopeOf } from '../service-checks.ts';
import { requireAssignment } from './policy-assignments.ts';

const type = 'Microsoft.Authorization/policyExemptions';

/** Exemptions from an assignment, at its scope or below. Codes are named here; the refusals are documented (exemption structure). */
export const policyExemptions: ResourceTypeProvider = {
  type,
  apiVersions: ['2026-01-01-preview', '2024-12-01-preview', '2022-07-01-preview', '2020-07-01-preview'],
  location: 'none',
  longRunning: false,
  put(input, context) {
    const { properties } = takeIn(type, input.body);
    const assignment = requireAssignment(textOf(properties.policyAssignmentId) ?? '', context);
    if (!isWithin(scopeOf(input.id), assignment.scope)) {
      throw badRequest(
        'InvalidPolicyExemptionScope',
        `The policy exemption '${nameIn(input.id)}' at '${scopeOf(input.id)}' lies outside of the scope '${assignment.scope}' of its assignment.`,
      );
    }
    const expires = textOf(properties.expiresOn);
    if (expires !== undefined && Number.isNaN(Date.parse(expires))) {
      throw badRequest('InvalidPolicyExemptionExpiration', `The expiration '${expires}' is not a date in ISO 8601.`);
    }
    const exemption = resourceOf(
      type,
      input,
      {},
      defined({
        ...properties,
        policyAssignmentId: assignment.id,
        assignmentScopeValidation: properties.assignmentScopeValidation ?? 'Default',
      }),
    );
    return { put: [exemption], delete: [] };
  },
};
