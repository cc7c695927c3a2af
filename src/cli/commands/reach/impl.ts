import { askReach } from '../../../verify/index.ts';
import type { Context } from '../../context.ts';
import { exitCodes } from '../../exit-code.ts';
import { type OutputFormat, printOutcome } from '../../render/outcome.ts';
import { renderWitness } from '../../render/verification.ts';
import { loadState } from '../../state/load-state.ts';

export interface ReachFlags {
  readonly port?: number;
  readonly protocol?: 'tcp' | 'udp' | 'icmp';
  readonly name?: string;
  readonly expect?: 'allowed' | 'denied';
  readonly state?: string;
  readonly data?: string;
  readonly output?: OutputFormat;
}

export async function reachVerb(this: Context, flags: ReachFlags, from: string, to: string): Promise<void> {
  const state = await loadState(this, flags.state, flags.data);
  const { port, protocol, name } = flags;
  const answer = askReach(state, {
    from,
    to,
    ...(port === undefined ? {} : { port }),
    ...(protocol === undefined ? {} : { protocol }),
    ...(name === undefined ? {} : { name }),
  });
  const met = flags.expect === undefined || flags.expect === answer.verdict;
  await printOutcome(this, flags.output, {
    verb: 'reach',
    body: { ...answer },
    rows: answer.hops.map((hop) => [hop.layer, hop.resource, hop.rule, hop.effect]),
    exit: met ? exitCodes.done : exitCodes.findings,
    text: (style) => {
      const colour = answer.verdict === 'allowed' ? 'green' : answer.verdict === 'denied' ? 'red' : 'yellow';
      return [
        `${style(['bold', colour], answer.verdict)}${met ? '' : style('red', `, but ${flags.expect} was expected`)}`,
        ...renderWitness(answer, style),
        ...(answer.assumptions.length === 0 ? [] : ['', style('bold', 'Assumes')]),
        ...answer.assumptions.map((one) => `  - ${one}`),
      ].join('\n');
    },
  });
}
