import type { BuildContext } from './context.ts';
import type { PartDraft } from './draft.ts';

/** A part that is built from the spec alone. */
export type PartBuilder = (context: BuildContext) => PartDraft;

/** A part that follows from the others. */
export type DerivedPart = (context: BuildContext, others: readonly PartDraft[]) => PartDraft;
