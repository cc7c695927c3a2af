import type { ResourceTypeProvider } from '../contract.ts';
import { nameIn, sameId } from '../ids.ts';
import { listOf, membersOf } from '../members.ts';
import { propertiesOf, resourceOf, takeIn } from '../resource-form.ts';
import { badRequest } from '../service-checks.ts';
import { policyApiVersions } from './policy-api-versions.ts';
import { assignmentType, checkRule, definitionType, setDefinitionType } from './policy-rules.ts';

/** Policy definitions. They are stored and checked; local Azure does not evaluate them. */
export const policyDefinitions: ResourceTypeProvider = {
  type: definitionType,
  apiVersions: policyApiVersions,
  location: 'none',
  longRunning: false,
  put(input) {
    const { properties } = takeIn(definitionType, input.body);
    checkRule(nameIn(input.id), properties);
    const definition = resourceOf(
      definitionType,
      input,
      {},
      {
        ...properties,
        policyType: 'Custom',
        mode: properties.mode ?? 'Indexed',
        metadata: properties.metadata ?? {},
        parameters: properties.parameters ?? {},
      },
    );
    return { put: [definition], delete: [] };
  },
  delete(existing, context) {
    const sets = context.view
      .ofType(setDefinitionType)
      .filter((set) =>
        listOf(propertiesOf(set).policyDefinitions).some((item) =>
          sameId(String(membersOf(item).policyDefinitionId), existing.id),
        ),
      );
    const assignments = context.view
      .ofType(assignmentType)
      .filter((assignment) => sameId(String(propertiesOf(assignment).policyDefinitionId), existing.id));
    const [set] = sets;
    const [assignment] = assignments;
    if (set !== undefined || assignment !== undefined) {
      const by = set === undefined ? `policy assignment '${assignment?.id}'` : `policy set definition '${set.id}'`;
      throw badRequest(
        'InvalidDeletePolicyDefinitionRequest',
        `The policy definition '${existing.name}' cannot be deleted. It is referenced by the ${by}. Please delete all policy assignments referencing the policy.`,
      );
    }
    return { put: [], delete: [] };
  },
};
