import type { ControlId } from '../../model/control.ts';
import type { Finding, FindingLevel } from '../../model/finding.ts';
import type { State } from '../../model/state.ts';
import type { NetworkModel } from '../../reachability/index.ts';

/** A statement about a state that needs no intent: it holds for everybody's landing zone. */
export interface Rule {
  /** A sentence in kebab-case. */
  readonly id: string;
  readonly statement: string;
  readonly controls: readonly ControlId[];
  readonly level: FindingLevel;
  /** One finding for each place where the statement fails. */
  check(state: State, model: NetworkModel): readonly Finding[];
  /** How many things the statement is about in this model; nothing is proven of none. */
  looksAt(model: NetworkModel): number;
}

export function violation(rule: Pick<Rule, 'id' | 'level' | 'controls'>, resource: string, message: string): Finding {
  return { ruleId: rule.id, level: rule.level, message, resource, controls: rule.controls };
}
