/** That somebody goes on in spite of a rule, and why. */
export interface Acceptance {
  /** A rule that refuses a design, a rule of `verify`, or an intent. */
  readonly rule: string;
  readonly reason: string;
}
