import type { ControlId } from '../../../model/control.ts';
import type { State } from '../../../model/state.ts';
import { type Fault, onDay } from '../offers.ts';
import { type Rule, violation } from '../rule.ts';
import { unmeetable } from './resource-rule.ts';

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
  /** What is wrong with one, as a sentence, or several. */
  readonly fault: (thing: string, state: State) => Fault | readonly Fault[];
}

export function missingRule({ id, statement, about, things, fault, ...draft }: MissingRuleDraft): Rule {
  const controls = draft.controls.map((number): ControlId => `pci-dss-4.0.1:${number}`);
  const level = 'error';
  const looked = (state: State): readonly string[] => (about(state) ? things(state) : []);
  const faults = (thing: string, state: State): readonly Fault[] => [fault(thing, state)].flat();
  return {
    id,
    statement,
    controls,
    level,
    check: (state, _model, _remarks, day) =>
      looked(state).flatMap((thing) =>
        onDay(faults(thing, state), day).found.map((fault) => violation({ id, level, controls }, thing, fault)),
      ),
    unmeetable: (state, _model, day) =>
      unmeetable(
        looked(state).map((thing) => faults(thing, state)),
        day,
      ),
    looksAt: (_model, state) => looked(state).length,
  };
}
