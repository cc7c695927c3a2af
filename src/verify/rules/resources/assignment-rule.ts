import type { ControlId } from '../../../model/control.ts';
import type { ArmResource } from '../../../model/resource.ts';
import type { State } from '../../../model/state.ts';
import { type Rule, violation } from '../rule.ts';
import { setting } from './resource-rule.ts';

/** A role assignment as rules read it. */
export interface Assignment {
  readonly resource: ArmResource;
  /** Where it counts, in lower case: the id without the assignment. */
  readonly scope: string;
  /** The last segment of the role's id, in lower case. */
  readonly role: string;
  readonly principalType: string;
}

interface AssignmentRuleDraft {
  readonly id: string;
  readonly statement: string;
  readonly controls: readonly string[];
  readonly about?: (assignment: Assignment) => boolean;
  readonly fault: (assignment: Assignment) => string | undefined;
}

/** Everything that gives a role: at groups and subscriptions, and on single resources, whatever way its type is written. */
export function assignmentsOf(state: State): readonly Assignment[] {
  const mark = '/providers/microsoft.authorization/roleassignments/';
  return state.resources.flatMap((resource) => {
    const id = resource.id.toLowerCase();
    const at = id.lastIndexOf(mark);
    if (at < 0) return [];
    const role = String(setting(resource, 'properties.roleDefinitionId')).toLowerCase();
    return [
      {
        resource,
        scope: id.slice(0, at),
        role: role.slice(role.lastIndexOf('/') + 1),
        principalType: String(setting(resource, 'properties.principalType')).toLowerCase(),
      },
    ];
  });
}

export function assignmentRule({ id, statement, about = () => true, fault, ...draft }: AssignmentRuleDraft): Rule {
  const controls = draft.controls.map((number): ControlId => `pci-dss-4.0.1:${number}`);
  const level = 'error';
  const looked = (state: State): readonly Assignment[] => assignmentsOf(state).filter(about);
  return {
    id,
    statement,
    controls,
    level,
    check: (state) =>
      looked(state).flatMap((assignment) => {
        const found = fault(assignment);
        return found === undefined ? [] : [violation({ id, level, controls }, assignment.resource.id, found)];
      }),
    looksAt: (_model, state) => looked(state).length,
  };
}
