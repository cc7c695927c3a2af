import type { Complaint } from '../complaint.ts';
import type { Path } from '../path.ts';
import type { SectionName } from '../schema.ts';
import type { Spec } from '../spec.ts';

/** A complaint about values of several places; the first place is the one to change. */
export interface SpecComplaint extends Complaint {
  readonly at: Path;
  readonly related?: readonly Path[];
}

/** A rule about values in their relation to others. */
export interface SpecRule {
  /** It is asked only when these sections are right by themselves, so that one mistake is reported once. */
  readonly reads: readonly SectionName[];
  readonly check: (spec: Spec) => readonly SpecComplaint[];
}
