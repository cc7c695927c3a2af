import type { ControlId } from '../../../model/control.ts';
import type { State } from '../../../model/state.ts';
import { type Rule, violation } from '../rule.ts';

/** A statement about things that must be there, whether the state has them or not. */
export interface MissingRuleDraft {
  readonly id: string;
  readonly statement: string;
  /** Numbers of PCI DSS 4.0.1. */
  readonly controls: readonly string[];
  /** Whether the state can tell: one that holds networks only says nothing of alerts. */
  readonly about: (state: State) => boolean;
  /** What must be there or be in order: ids, or names. */
  readonly things: (state: State) => readonly string[];
  /** What is wrong with one, as a sentence. */
  readonly fault: (thing: string, state: State) => string | undefined;
}

export function missingRule({ id, statement, about, things, fault, ...draft }: MissingRuleDraft): Rule {
  const controls = draft.controls.map((number): ControlId => `pci-dss-4.0.1:${number}`);
  const level = 'error';
  const looked = (state: State): readonly string[] => (about(state) ? things(state) : []);
  return {
    id,
    statement,
    controls,
    level,
    check: (state) =>
      looked(state).flatMap((thing) => {
        const found = fault(thing, state);
        return found === undefined ? [] : [violation({ id, level, controls }, thing, found)];
      }),
    looksAt: (_model, state) => looked(state).length,
  };
}
