import type { ControlId } from '../../model/control.ts';
import type { IntentDraft } from '../draft.ts';

export type Ends = Omit<IntentDraft, 'family' | 'statement' | 'expect' | 'controls'>;
type Make = (family: string, statement: string, ends: Ends, ...controls: readonly string[]) => IntentDraft;

const make =
  (expect: 'allowed' | 'denied'): Make =>
  (family, statement, ends, ...controls) => ({
    family,
    statement: `Image builds: ${statement}`,
    expect,
    ...ends,
    controls: controls.map((number): ControlId => `pci-dss-4.0.1:${number}`),
  });

/** Makers of intents about image builds; control numbers are those of PCI DSS 4.0.1. */
export const imageIntent = { allowed: make('allowed'), denied: make('denied') } as const;
