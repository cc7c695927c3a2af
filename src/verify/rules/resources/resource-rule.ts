import type { ControlId } from '../../../model/control.ts';
import type { ArmResource } from '../../../model/resource.ts';
import type { State } from '../../../model/state.ts';
import { fields, items } from '../../arm-view.ts';
import { type Rule, violation } from '../rule.ts';

/** A statement about the settings of every resource of a type. */
export interface ResourceRuleDraft {
  readonly id: string;
  readonly statement: string;
  /** Numbers of PCI DSS 4.0.1. */
  readonly controls: readonly string[];
  readonly type: string;
  /** Which resources of the type the statement is about. @default all */
  readonly about?: (resource: ArmResource, state: State) => boolean;
  /** What is wrong with one, each as the end of a sentence that begins with its name. */
  readonly faults: (resource: ArmResource, state: State) => readonly (string | undefined)[];
}

export function resourceRule(draft: ResourceRuleDraft): Rule {
  const { id, statement, about = () => true, faults } = draft;
  const controls = draft.controls.map((number): ControlId => `pci-dss-4.0.1:${number}`);
  const level = 'error';
  const looked = (state: State): readonly ArmResource[] =>
    ofType(state, draft.type).filter((resource) => about(resource, state));
  return {
    id,
    statement,
    controls,
    level,
    check: (state) =>
      looked(state).flatMap((resource) =>
        faults(resource, state).flatMap((fault) =>
          fault === undefined
            ? []
            : [violation({ id, level, controls }, resource.id, `${lastName(resource)} ${fault}.`)],
        ),
      ),
    looksAt: (_model, state) => looked(state).length,
  };
}

/** One statement about several types: rules of the same id as one. */
export function together(first: Rule, ...more: readonly Rule[]): Rule {
  const each = [first, ...more];
  return {
    ...first,
    check: (state, model, remarks) => each.flatMap((rule) => rule.check(state, model, remarks)),
    looksAt: (model, state) => each.reduce((sum, rule) => sum + rule.looksAt(model, state), 0),
  };
}

/** The resources of a type, a child by its full type. */
export function ofType(state: State, type: string): readonly ArmResource[] {
  const wanted = type.toLowerCase();
  return state.resources.filter((resource) => resource.type.toLowerCase() === wanted);
}

function lastName({ name }: ArmResource): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

/** The value at a path of member names, `properties.networkAcls.bypass`; names compare exactly. */
export function setting(of: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((at, name) => fields(at)[name], of);
}

/** The fault unless the value at the path is one of those wanted; Azure compares words without regard to case. */
export function wants(
  of: unknown,
  path: string,
  ...wanted: readonly (string | boolean | number)[]
): string | undefined {
  const value = setting(of, path);
  const same = wanted.some((one) =>
    typeof one === 'string' && typeof value === 'string' ? one.toLowerCase() === value.toLowerCase() : one === value,
  );
  if (same) return undefined;
  const shown = value === undefined ? 'nothing' : JSON.stringify(value);
  return `has ${shown} at ${path}, not ${wanted.map((one) => JSON.stringify(one)).join(' or ')}`;
}

/** The fault unless something is at the path that is not empty. */
export function has(of: unknown, path: string): string | undefined {
  const value = setting(of, path);
  const empty = value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
  return empty ? `has nothing at ${path}` : undefined;
}

/** The members of the list at a path. */
export function list(of: unknown, path: string): readonly unknown[] {
  return items(setting(of, path));
}
