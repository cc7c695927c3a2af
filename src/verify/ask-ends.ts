import type { State } from '../model/state.ts';
import { analyze, type EndFound, endsFound, prepare, type Question } from '../reachability/index.ts';
import { protocolNumbers } from './ask-reach.ts';
import { chooseView } from './choose-view.ts';
import { resolveEndpoint } from './resolve-endpoint.ts';

export interface EndsAnswer {
  readonly found: readonly EndFound[];
  readonly pairs: number;
  readonly assumptions: readonly string[];
}

export interface EndsQuestion {
  /** @default every protocol */
  readonly protocol?: 'tcp' | 'udp' | 'icmp';
}

/** What can reach an end: every workload, subnet and part of the internet that gets through to it, with what and by which rules. */
export function askWhatReaches(state: State, to: string, question: EndsQuestion = {}): EndsAnswer {
  return ask(state, to, question, 'source');
}

/** What an end can reach. */
export function askWhatIsReached(state: State, from: string, question: EndsQuestion = {}): EndsAnswer {
  return ask(state, from, question, 'destination');
}

function ask(state: State, text: string, { protocol }: EndsQuestion, side: 'source' | 'destination'): EndsAnswer {
  const { model, assumptions } = chooseView(state, [text]);
  const end = resolveEndpoint(text, model);
  const any = { kind: 'any', text: 'any' } as const;
  const question: Question = {
    from: [side === 'source' ? any : end],
    to: [side === 'source' ? end : any],
    traffic: protocol === undefined ? [] : [{ protocols: [protocolNumbers[protocol]], ports: [] }],
  };
  const network = prepare(model, [question]);
  const analysis = analyze(network, question);
  return {
    found: endsFound(network, analysis, side),
    pairs: analysis.pairs,
    assumptions: [...new Set([...analysis.assumptions, ...assumptions])],
  };
}
