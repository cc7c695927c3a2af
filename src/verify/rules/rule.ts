import type { ControlId } from '../../model/control.ts';
import type { Finding, FindingLevel } from '../../model/finding.ts';
import type { State } from '../../model/state.ts';
import type { NetworkModel } from '../../reachability/index.ts';
import type { Remark } from '../kubernetes/object-view.ts';
import type { OfferName } from './offers.ts';

/** A statement about a state that needs no intent: it holds for everybody's landing zone. */
export interface Rule {
  /** A sentence in kebab-case. */
  readonly id: string;
  readonly statement: string;
  readonly controls: readonly ControlId[];
  readonly level: FindingLevel;
  /** One finding for each place where the statement fails. `remarks`: what the reader saw in Kubernetes objects. `day`: see `unmeetable`. */
  check(state: State, model: NetworkModel, remarks: readonly Remark[], day: string): readonly Finding[];
  /** What the statement asks for that Azure does not offer yet on the day (ISO). @default nothing */
  unmeetable?(state: State, model: NetworkModel, day: string): Unmeetable;
  /** How many things the statement is about; nothing is proven of none. */
  looksAt(model: NetworkModel, state: State): number;
}

/** Parts of a statement that cannot hold yet. */
export interface Unmeetable {
  readonly offers: readonly OfferName[];
  /** Whether the statement has other parts, which are checked. */
  readonly inPart: boolean;
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
