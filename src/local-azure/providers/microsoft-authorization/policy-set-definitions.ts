import type { ProviderContext, ResourceTypeProvider } from '../contract.ts';
import { nameIn, sameId } from '../ids.ts';
import { listOf, type Members, membersOf, textOf, textsOf } from '../members.ts';
import { propertiesOf, resourceOf, takeIn } from '../resource-form.ts';
import { badRequest } from '../service-checks.ts';
import { policyApiVersions } from './policy-api-versions.ts';
import { assignmentType, checkParameters, requireDefinition, setDefinitionType } from './policy-rules.ts';

/** Initiatives: stored, their parts checked. */
export const policySetDefinitions: ResourceTypeProvider = {
  type: setDefinitionType,
  apiVersions: policyApiVersions,
  location: 'none',
  longRunning: false,
  put(input, context) {
    const { properties } = takeIn(setDefinitionType, input.body);
    const name = nameIn(input.id);
    const items = listOf(properties.policyDefinitions).map(membersOf);
    if (items.length === 0) {
      throw invalid(name, 'It must have one policy definition or several.');
    }
    const groups = listOf(properties.policyDefinitionGroups).map((group) =>
      String(membersOf(group).name).toLowerCase(),
    );
    const seen = new Set<string>();
    const policyDefinitions = items.map((item, i) => {
      checkItem(name, item, groups, context);
      const reference =
        textOf(item.policyDefinitionReferenceId) ??
        context.stableGuid(`${input.id}|${i}`, 'policyDefinitionReferenceId');
      if (seen.has(reference.toLowerCase())) {
        throw invalid(name, `The policy definition reference id '${reference}' is there more than once.`);
      }
      seen.add(reference.toLowerCase());
      return { ...item, policyDefinitionReferenceId: reference };
    });
    const set = resourceOf(
      setDefinitionType,
      input,
      {},
      {
        ...properties,
        policyType: 'Custom',
        metadata: properties.metadata ?? {},
        parameters: properties.parameters ?? {},
        policyDefinitions,
      },
    );
    return { put: [set], delete: [] };
  },
  delete(existing, context) {
    const user = context.view
      .ofType(assignmentType)
      .find((assignment) => sameId(String(propertiesOf(assignment).policyDefinitionId), existing.id));
    if (user !== undefined) {
      throw badRequest(
        'InvalidDeletePolicySetDefinitionRequest',
        `The policy set definition '${existing.name}' cannot be deleted. It is referenced by the policy assignment '${user.id}'. Please delete all policy assignments referencing the policy.`,
      );
    }
    return { put: [], delete: [] };
  },
};

const invalid = (name: string, message: string): Error =>
  badRequest('InvalidPolicySetDefinitionRequest', `The policy set definition '${name}' request is invalid. ${message}`);

function checkItem(name: string, item: Members, groups: readonly string[], context: ProviderContext): void {
  const id = textOf(item.policyDefinitionId) ?? '';
  const definition = requireDefinition(id, context);
  const group = textsOf(item.groupNames).find((wanted) => !groups.includes(wanted.toLowerCase()));
  if (group !== undefined) throw invalid(name, `The group '${group}' is not one of its policy definition groups.`);
  if (definition === undefined) return;
  const what = `The policy set definition '${name}'`;
  checkParameters(what, membersOf(propertiesOf(definition).parameters), membersOf(item.parameters), definition.name);
}
