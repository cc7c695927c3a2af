import type { ControlId } from '../../../model/control.ts';
import type { ArmResource } from '../../../model/resource.ts';
import type { State } from '../../../model/state.ts';
import { fields, items } from '../../arm-view.ts';
import { type Fault, type OfferName, onDay } from '../offers.ts';
import { type Rule, type Unmeetable, violation } from '../rule.ts';

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
  readonly faults: (resource: ArmResource, state: State) => readonly Fault[];
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
    check: (state, _model, _remarks, day) =>
      looked(state).flatMap((resource) =>
        onDay(faults(resource, state), day).found.map((fault) =>
          violation({ id, level, controls }, resource.id, `${lastName(resource)} ${fault}.`),
        ),
      ),
    unmeetable: (state, _model, day) =>
      unmeetable(
        looked(state).map((resource) => faults(resource, state)),
        day,
      ),
    looksAt: (_model, state) => looked(state).length,
  };
}

/** What is asked of each of several things and cannot be met yet. */
export function unmeetable(asked: readonly (readonly Fault[])[], day: string): Unmeetable {
  const each = asked.map((faults) => onDay(faults, day));
  return {
    offers: [...new Set(each.flatMap(({ notOffered }) => [...notOffered]))],
    inPart: each.some(({ checked }) => checked > 0),
  };
}

/** One statement about several types: rules of the same id as one. */
export function together(first: Rule, ...more: readonly Rule[]): Rule {
  const each = [first, ...more];
  return {
    ...first,
    check: (state, model, remarks, day) => each.flatMap((rule) => rule.check(state, model, remarks, day)),
    unmeetable: (state, model, day) => {
      const parts = each.flatMap((rule) => rule.unmeetable?.(state, model, day) ?? []);
      return {
        offers: [...new Set<OfferName>(parts.flatMap(({ offers }) => offers))],
        inPart: parts.some(({ inPart }) => inPart),
      };
    },
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
