/** What a rule has against a value, before it is known where the value stands in the file. */
export interface Complaint {
  /** Stable, upper snake case: `SPEC_HOST_BITS`. */
  readonly code: string;
  /** What is wrong, one sentence. */
  readonly message: string;
  readonly why?: string;
  readonly hint?: string;
  /** Whether the key is at fault rather than its value. */
  readonly atKey?: boolean;
}

/** A rule about one text of the file, by itself. */
export type TextRule = (text: string) => Complaint | undefined;

/** The first complaint of several rules: the later ones may rely on what the earlier ones made sure of. */
export function firstOf(...rules: readonly TextRule[]): TextRule {
  return (text) => {
    for (const rule of rules) {
      const complaint = rule(text);
      if (complaint !== undefined) return complaint;
    }
    return undefined;
  };
}
