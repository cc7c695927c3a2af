import { Problem } from '../kernel/errors.ts';
import type { Place } from '../kernel/place.ts';
import type { Finding, Proven, VerifyResult } from '../model/finding.ts';
import type { Intent } from '../model/intent.ts';
import {
  type Analysis,
  analyze,
  describePackets,
  type FlowClass,
  intersectSets,
  isEmpty,
  type Network,
  type NetworkModel,
  type PacketSet,
  prepare,
  type Question,
  subtractSets,
  type Traffic,
} from '../reachability/index.ts';
import { protocolNumbers } from './ask-reach.ts';
import { parsePorts } from './read-terms.ts';
import { resolveEndpoint } from './resolve-endpoint.ts';

/** Where an intent stands in its file, when it was read from one. */
export type LocatedIntent = Intent & { readonly place?: Place };

/**
 * Checks every intent over the whole packet space. `denied` holds when no packet may arrive, its reply or not; `allowed` holds when every packet
 * surely gets through and its reply returns; `possible` holds when none is surely stopped. An end that the state does not hold makes a finding, not a stop.
 */
export function verifyIntents(model: NetworkModel, intents: readonly LocatedIntent[]): VerifyResult {
  const findings: Finding[] = [];
  const proven: Proven[] = [];
  const assumptions = new Set<string>();
  const asked: { readonly intent: LocatedIntent; readonly question: Question }[] = [];
  for (const intent of intents) {
    try {
      asked.push({ intent, question: intentQuestion(intent, model) });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const hint = error.hint === undefined ? '' : ` ${error.hint}`;
      findings.push(finding(intent, `${intent.statement}: ${error.message}${hint}`));
    }
  }
  const network = prepare(
    model,
    asked.map(({ question }) => question),
  );
  for (const { intent, question } of asked) {
    const analysis = analyze(network, question);
    for (const assumption of analysis.assumptions) assumptions.add(assumption);
    const failure = isEmpty(analysis.asked)
      ? finding(intent, `${intent.statement}: it speaks of no packets.`)
      : analysis.pairs === 0
        ? finding(intent, `${intent.statement}: none of its ends is in this state, so it says nothing about it.`)
        : check(network, intent, analysis);
    if (failure !== undefined) findings.push(failure);
    else
      proven.push({ ruleId: intent.id, statement: intent.statement, controls: intent.controls, pairs: analysis.pairs });
  }
  return { proven, notChecked: [], findings, assumptions: [...assumptions] };
}

/** Whether every end of an intent is in a view of the state. */
export function isAbout(intent: Intent, model: NetworkModel): boolean {
  try {
    intentQuestion(intent, model);
    return true;
  } catch (error) {
    if (error instanceof Problem) return false;
    throw error;
  }
}

/** The packets for which a statement fails. */
function failing(expect: Intent['expect'], analysis: Analysis): PacketSet {
  if (expect === 'denied') return analysis.arriving;
  return expect === 'allowed' ? analysis.denied : subtractSets(analysis.asked, analysis.arriving);
}

function check(network: Network, intent: LocatedIntent, analysis: Analysis): Finding | undefined {
  const set = failing(intent.expect, analysis);
  const isBad = (one: FlowClass): boolean =>
    intent.expect === 'denied'
      ? one.outcome !== 'denied'
      : one.outcome !== 'allowed' && !isEmpty(intersectSets(one.packets, set));
  const bad = analysis.classes.filter(isBad);
  // A whole connection that gets through says more than a packet whose reply is lost.
  const worst = bad.find((one) => one.outcome === 'allowed') ?? bad[0];
  if (worst === undefined) return undefined;
  const lines = describePackets(network, set);
  const shown = lines.slice(0, 3).join('; ');
  const more = lines.length > 3 ? `; and ${lines.length - 3} more` : '';
  const decided = worst.hops.at(-1);
  const by = decided === undefined ? '' : ` Decided at ${decided.layer} by ${decided.rule}.`;
  return {
    ...finding(intent, `${intent.statement}: ${failureOf(intent.expect, worst)}: ${shown}${more}.${by}`),
    witness: worst.witness,
  };
}

function failureOf(expect: Intent['expect'], worst: FlowClass): string {
  if (expect === 'allowed') return 'these packets may not get through';
  if (expect === 'possible') return 'these packets do not get through';
  return worst.outcome === 'allowed'
    ? 'these packets may get through'
    : 'these packets may arrive, though no reply returns';
}

function finding(intent: LocatedIntent, message: string): Finding {
  return {
    ruleId: intent.id,
    level: 'error',
    message,
    controls: intent.controls,
    ...(intent.place === undefined ? {} : { location: intent.place }),
  };
}

/** An intent's packets in words of the model. Throws a `Problem` for ends that the state does not hold. */
export function intentQuestion(intent: Intent, model: NetworkModel): Question {
  const resolve = (texts: readonly string[] | undefined) => (texts ?? []).map((text) => resolveEndpoint(text, model));
  const from = resolve(intent.from);
  const named = from.find((end) => end.kind === 'name');
  if (named !== undefined) {
    throw new Problem({
      code: 'ENDPOINT_NO_SOURCE',
      message: `${named.text} is a host name, and packets come from addresses.`,
      kind: 'usage',
    });
  }
  const traffic = (intent.traffic ?? []).map(
    ({ protocol, ports }): Traffic => ({
      protocols: protocol === undefined ? undefined : [protocolNumbers[protocol]],
      ports: (ports ?? []).map((port) => {
        const range = parsePorts(String(port));
        if (range === undefined)
          throw new Problem({ code: 'PORT_INVALID', message: `${port} is no port.`, kind: 'usage' });
        return range;
      }),
    }),
  );
  return {
    from,
    exceptFrom: resolve(intent.exceptFrom),
    to: resolve(intent.to),
    exceptTo: resolve(intent.exceptTo),
    traffic,
  };
}
