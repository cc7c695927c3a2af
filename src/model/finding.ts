import type { Place } from '../kernel/place.ts';
import type { ControlId } from './control.ts';
import type { Witness } from './witness.ts';

export type FindingLevel = 'note' | 'warning' | 'error';

/** A rule or intent that fails. */
export interface Finding {
  /** The intent's id, or the rule's. */
  readonly ruleId: string;
  readonly level: FindingLevel;
  readonly message: string;
  /** The resource to look at. */
  readonly resource?: string;
  readonly witness?: Witness;
  /** The line of the user's file to change. */
  readonly location?: Place;
  readonly controls: readonly ControlId[];
}

/** A rule or intent that holds. */
export interface Proven {
  readonly ruleId: string;
  readonly statement: string;
  readonly controls: readonly ControlId[];
  /** How many endpoint pairs were looked at, each with its exact packet set. */
  readonly pairs: number;
}

/** A rule of which a part was not checked, because Azure does not offer what it asks for on the day of the state. It is not proven. */
export interface NotChecked {
  readonly ruleId: string;
  readonly statement: string;
  readonly controls: readonly ControlId[];
  /** What Azure does not offer yet, since when it does (ISO day), and who says so. */
  readonly missing: readonly { readonly what: string; readonly since: string; readonly source: string }[];
  /** What became of the other parts of the statement. */
  readonly rest: 'holds' | 'fails' | 'none';
}

export interface VerifyResult {
  readonly proven: readonly Proven[];
  readonly notChecked: readonly NotChecked[];
  readonly findings: readonly Finding[];
  readonly assumptions: readonly string[];
}
