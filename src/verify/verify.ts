import type { Finding, Proven, VerifyResult } from '../model/finding.ts';
import type { State } from '../model/state.ts';
import { readNetwork } from './read-network.ts';
import { rules } from './rules/all.ts';
import type { Rule } from './rules/rule.ts';
import { type LocatedIntent, verifyIntents } from './verify-intents.ts';

export interface VerifyOptions {
  /** Rules to run. @default all */
  readonly rules?: readonly Rule[];
}

/** Every rule and every intent over one state. */
export function verify(state: State, intents: readonly LocatedIntent[], options: VerifyOptions = {}): VerifyResult {
  const { model, assumptions, remarks } = readNetwork(state);
  const byIntents = verifyIntents(model, intents);
  const findings: Finding[] = [...byIntents.findings];
  const proven: Proven[] = [...byIntents.proven];
  for (const rule of options.rules ?? rules) {
    const found = rule.check(state, model, remarks);
    findings.push(...found);
    const pairs = rule.looksAt(model, state);
    if (found.length === 0 && pairs > 0) {
      proven.push({ ruleId: rule.id, statement: rule.statement, controls: rule.controls, pairs });
    }
  }
  return { proven, findings, assumptions: [...new Set([...byIntents.assumptions, ...assumptions])] };
}
