import { isRegion, normalizeLocation, regionNames } from '../../resources/regions.ts';
import { locationNotAvailable } from '../../service-errors.ts';
import type { ProviderContext, PutInput, ResourceTypeProvider } from '../contract.ts';
import { nameIn } from '../ids.ts';
import { defined, type Members, membersOf, textOf } from '../members.ts';
import { propertiesOf, resourceOf, takeIn } from '../resource-form.ts';
import { badRequest, scopeOf, withIdentity } from '../service-checks.ts';
import { policyApiVersions } from './policy-api-versions.ts';
import { assignmentType, checkParameters, requireDefinition, writingEffect } from './policy-rules.ts';

/**
 * Policy assignments: stored, checked, their identity made. Local Azure does not evaluate policies. Built-in definitions are taken
 * by the form of their id, so neither their parameters nor their need of an identity is checked.
 */
export const policyAssignments: ResourceTypeProvider = {
  type: assignmentType,
  apiVersions: policyApiVersions,
  location: 'none',
  longRunning: false,
  put(input, context) {
    const { envelope, properties } = takeIn(assignmentType, input.body);
    const name = nameIn(input.id);
    // 1 to 64 characters, 24 at management groups (learn.microsoft.com, resource name rules).
    if (name.length > (/^\/subscriptions\//i.test(input.id) ? 64 : 24)) {
      throw badRequest('InvalidPolicyAssignmentName', `The policy assignment name '${name}' is too long.`);
    }
    const definitionId = textOf(properties.policyDefinitionId) ?? '';
    const definition = requireDefinition(definitionId, context);
    const given = membersOf(properties.parameters);
    if (definition !== undefined) {
      const declared = membersOf(propertiesOf(definition).parameters);
      checkParameters(`The policy assignment '${name}'`, declared, given, definition.name);
      const effect = writingEffect(definition, given, context);
      if (effect !== undefined && !hasIdentity(envelope)) {
        throw badRequest(
          'ResourceIdentityRequired',
          `The policy assignment '${name}' request is invalid. Policy assignments must include a resource identity when assigning '${effect}' policy definitions.`,
        );
      }
    }
    const assignment = resourceOf(
      assignmentType,
      input,
      withIdentity(input.id, checkLocation(input, envelope), context),
      defined({
        ...properties,
        policyDefinitionId: definition?.id ?? definitionId,
        scope: scopeOf(input.id),
        enforcementMode: properties.enforcementMode ?? 'Default',
        parameters: properties.parameters ?? {},
        metadata: properties.metadata ?? {},
        instanceId: context.stableGuid(input.id, 'instanceId'),
      }),
    );
    return { put: [assignment], delete: [] };
  },
};

const hasIdentity = (envelope: Members): boolean => {
  const kind = textOf(membersOf(envelope.identity).type);
  return kind !== undefined && kind !== 'None';
};

/** An assignment has a location when it has an identity, and needs one then. */
function checkLocation({ id }: PutInput, envelope: Members): Members {
  const location = textOf(envelope.location);
  if (location !== undefined) {
    if (!isRegion(location) && normalizeLocation(location) !== 'global') {
      throw locationNotAvailable(location, assignmentType, regionNames);
    }
    return { ...envelope, location: normalizeLocation(location) };
  }
  if (!hasIdentity(envelope)) return envelope;
  throw badRequest(
    'LocationRequired',
    `The policy assignment '${nameIn(id)}' request is invalid. A location is required for policy assignments with a managed identity.`,
  );
}

/** For exemptions: the assignment that one is from. */
export function requireAssignment(
  id: string,
  context: ProviderContext,
): { readonly id: string; readonly scope: string } {
  const found = context.view.get(id);
  if (found === undefined || found.type.toLowerCase() !== assignmentType.toLowerCase()) {
    throw badRequest('PolicyAssignmentNotFound', `The policy assignment '${nameIn(id)}' is not found.`);
  }
  return { id: found.id, scope: scopeOf(found.id) };
}
