import type { Finding, NotChecked, Proven, VerifyResult } from '../model/finding.ts';
import type { State } from '../model/state.ts';
import { namedCluster } from './choose-view.ts';
import { type ReadNetwork, readEach } from './read-network.ts';
import { rules } from './rules/all.ts';
import { offers } from './rules/offers.ts';
import type { Rule } from './rules/rule.ts';
import { isAbout, type LocatedIntent, verifyIntents } from './verify-intents.ts';

export interface VerifyOptions {
  /** Rules to run. @default all */
  readonly rules?: readonly Rule[];
  /** The day of the state: a rule that asks for what Azure does not offer yet is not checked. @default a day on which everything is offered */
  readonly today?: Date;
}

/** After every day of an offer. */
const everything = '9999-12-31';

/**
 * Every rule and every intent over one state. Of several clusters each is looked at: an intent holds when it holds in every cluster that it
 * speaks of.
 */
export function verify(state: State, intents: readonly LocatedIntent[], options: VerifyOptions = {}): VerifyResult {
  const views = readEach(state);
  const results = views.flatMap((view) => [
    checkIntents(view, views, intents),
    checkRules(state, view, options.rules ?? rules, options.today?.toISOString().slice(0, 10) ?? everything),
  ]);
  const findings = new Map<string, Finding>();
  for (const one of results.flatMap((result) => result.findings)) {
    const key = JSON.stringify([one.ruleId, one.resource, one.message]);
    if (!findings.has(key)) findings.set(key, one);
  }
  const failed = new Set([...findings.values()].map((one) => one.ruleId));
  const proven = new Map<string, Proven>();
  for (const one of results.flatMap((result) => result.proven)) {
    if (failed.has(one.ruleId)) continue;
    const pairs = (proven.get(one.ruleId)?.pairs ?? 0) + one.pairs;
    proven.set(one.ruleId, { ...one, pairs });
  }
  const notChecked = new Map<string, NotChecked>();
  for (const one of results.flatMap((result) => result.notChecked)) {
    const rest = failed.has(one.ruleId) ? 'fails' : one.rest;
    notChecked.set(one.ruleId, { ...(notChecked.get(one.ruleId) ?? one), rest });
    proven.delete(one.ruleId);
  }
  return {
    proven: [...proven.values()],
    notChecked: [...notChecked.values()],
    findings: [...findings.values()],
    assumptions: [...new Set(results.flatMap((result) => result.assumptions))],
  };
}

/** The clusters that an intent names before its namespaces. */
function clustersOf({ from, exceptFrom = [], to, exceptTo = [] }: LocatedIntent): readonly string[] {
  return [...from, ...exceptFrom, ...to, ...exceptTo].flatMap((end) => namedCluster(end) ?? []);
}

/**
 * In one view the intents that speak of its cluster; what speaks of none of them is said once, in the first. Where an intent names clusters, only
 * their views tell: in another's their pods are no more than addresses.
 */
function checkIntents(view: ReadNetwork, views: readonly ReadNetwork[], intents: readonly LocatedIntent[]) {
  const isNamed = (intent: LocatedIntent): boolean => {
    const named = clustersOf(intent);
    return named.length === 0 || named.includes(view.model.cluster?.name?.toLowerCase() ?? '');
  };
  const own = intents.filter(
    (intent) =>
      (isNamed(intent) && isAbout(intent, view.model)) ||
      (view === views[0] && !views.some(({ model }) => isAbout(intent, model))),
  );
  return verifyIntents(view.model, views.length === 1 ? intents : own);
}

function checkRules(
  state: State,
  { model, assumptions, remarks }: ReadNetwork,
  chosen: readonly Rule[],
  day: string,
): VerifyResult {
  const findings: Finding[] = [];
  const proven: Proven[] = [];
  const notChecked: NotChecked[] = [];
  for (const rule of chosen) {
    const found = rule.check(state, model, remarks, day);
    findings.push(...found);
    const pairs = rule.looksAt(model, state);
    const { offers: missing = [], inPart = true } = rule.unmeetable?.(state, model, day) ?? {};
    if (missing.length > 0) {
      notChecked.push({
        ruleId: rule.id,
        statement: rule.statement,
        controls: rule.controls,
        missing: missing.map((name) => {
          const { what, day: since, source } = offers[name];
          return { what, since, source };
        }),
        rest: !inPart ? 'none' : found.length === 0 ? 'holds' : 'fails',
      });
    } else if (found.length === 0 && pairs > 0) {
      proven.push({ ruleId: rule.id, statement: rule.statement, controls: rule.controls, pairs });
    }
  }
  return { proven, notChecked, findings, assumptions };
}
