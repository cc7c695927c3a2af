import type { ControlId } from '../../model/control.ts';
import type { Finding, FindingLevel } from '../../model/finding.ts';
import type { State } from '../../model/state.ts';
import type { NetworkModel } from '../../reachability/index.ts';
import type { Remark } from '../kubernetes/object-view.ts';

/** A statement about a state that needs no intent: it holds for everybody's landing zone. */
export interface Rule {
  /** A sentence in kebab-case. */
  readonly id: string;
  readonly statement: string;
  readonly controls: readonly ControlId[];
  readonly level: FindingLevel;
  /** One finding for each place where the statement fails. `remarks`: what the reader saw in Kubernetes objects. */
  check(state: State, model: NetworkModel, remarks: readonly Remark[]): readonly Finding[];
  /** How many things the statement is about; nothing is proven of none. */
  looksAt(model: NetworkModel, state: State): number;
}

export function violation(rule: Pick<Rule, 'id' | 'level' | 'controls'>, resource: string, message: string): Finding {
  return { ruleId: rule.id, level: rule.level, message, resource, controls: rule.controls };
}

/** The statement fails wherever the reader remarked something of a sort. */
export function fromRemarks(
  rule: Pick<Rule, 'id' | 'level' | 'controls'>,
  remarks: readonly Remark[],
  about: Remark['about'],
): readonly Finding[] {
  return remarks.filter((one) => one.about === about).map((one) => violation(rule, one.object, one.message));
}
