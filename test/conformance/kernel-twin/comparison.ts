import type { Probe } from './prober.ts';
import type { Observation } from './twin.ts';

export type Outcome = 'allowed' | 'one-way' | 'denied';

/** One end that an evaluator holds possible for a packet, with the rules that lead to it. Several where it leaves the end open. */
export interface Claim {
  readonly outcome: Outcome;
  /** In the form of `Observation.decisions`. */
  readonly decisions: readonly string[];
}

/**
 * The kernel's verdict. One-way is a request that arrives and whose reply is lost, or goes around a firewall that saw the request
 * (or through one that did not): network-semantics.md 72. Which way a reply goes is seen in the firewall's namespace.
 */
export function observedOutcome({ arrived, answered, firewallSaw }: Observation): Outcome {
  if (!arrived) return 'denied';
  return answered && firewallSaw.request === firewallSaw.reply ? 'allowed' : 'one-way';
}

/** Came back although its reply took another way: no connection over TCP can do so, a datagram can. */
export function answeredAskew(seen: Observation): boolean {
  return seen.answered && seen.firewallSaw.request !== seen.firewallSaw.reply;
}

export type Difference = 'verdict' | 'rules';

const same = (a: readonly string[], b: readonly string[]): boolean => a.join(' | ') === b.join(' | ');

/** What tells claims from an observation; undefined where one of them is what the kernel did, rule by rule. */
export function difference(claims: readonly Claim[], seen: Observation): Difference | undefined {
  const alike = claims.filter(({ outcome }) => outcome === observedOutcome(seen));
  if (alike.length === 0) return 'verdict';
  return alike.some(({ decisions }) => same(decisions, seen.decisions)) ? undefined : 'rules';
}

/** A difference in words, with all that is needed to look into it. */
export function describeDifference(probe: Probe, claims: readonly Claim[], seen: Observation): string {
  const words = ({ outcome, decisions }: Claim): string => `${outcome} by [${decisions.join(', ')}]`;
  const { source, sourcePort, destination, port, transport } = probe;
  const firewall = `firewall saw request ${seen.firewallSaw.request}, reply ${seen.firewallSaw.reply}`;
  return `${transport} ${source}:${sourcePort} to ${destination}:${port}: kernel ${words({ outcome: observedOutcome(seen), decisions: seen.decisions })} (answered ${seen.answered}, ${firewall}); verifier ${claims.map(words).join(' or ')}`;
}
