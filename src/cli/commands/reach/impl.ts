import { Problem } from '../../../kernel/errors.ts';
import { askReach, askWhatIsReached, askWhatReaches } from '../../../verify/index.ts';
import type { Context } from '../../context.ts';
import { exitCodes } from '../../exit-code.ts';
import { type OutputFormat, printOutcome } from '../../render/outcome.ts';
import { renderWitness } from '../../render/verification.ts';
import { loadState } from '../../state/load-state.ts';

export interface ReachFlags {
  readonly port?: number;
  readonly protocol?: 'tcp' | 'udp' | 'icmp';
  readonly name?: string;
  readonly all: boolean;
  readonly expect?: 'allowed' | 'denied';
  readonly state?: string;
  readonly data?: string;
  readonly output?: OutputFormat;
}

export async function reachVerb(this: Context, flags: ReachFlags, from: string, to: string): Promise<void> {
  if (flags.all) return reachAll(this, flags, from, to);
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

/** What can reach an end, or what an end can reach. */
async function reachAll(context: Context, flags: ReachFlags, from: string, to: string): Promise<void> {
  if ((from === 'any') === (to === 'any') || flags.port !== undefined || flags.name !== undefined) {
    throw new Problem({
      code: 'REACH_ALL_ENDS',
      message: '--all asks for one end, with any as the other, and for every port and name.',
      hint: 'Write `reach any TO --all` or `reach FROM any --all`.',
      kind: 'usage',
    });
  }
  const state = await loadState(context, flags.state, flags.data);
  const { protocol } = flags;
  const question = protocol === undefined ? {} : { protocol };
  const answer = from === 'any' ? askWhatReaches(state, to, question) : askWhatIsReached(state, from, question);
  const verdict = answer.found.length === 0 ? 'denied' : 'allowed';
  const met = flags.expect === undefined || flags.expect === verdict;
  await printOutcome(context, flags.output, {
    verb: 'reach-all',
    body: { from, to, ...answer },
    rows: answer.found.map((one) => [one.who, one.verdict, one.traffic.join('; ')]),
    exit: met ? exitCodes.done : exitCodes.findings,
    text: (style) =>
      [
        ...answer.found.flatMap((one) => [
          `${style('bold', one.who)}  ${one.traffic.join('; ')}${one.verdict === 'depends' ? style('yellow', ' (depends)') : ''}`,
          `    by ${one.hops.map((hop) => `${hop.layer} ${hop.rule}`).join(' > ')}`,
        ]),
        `${answer.found.length} ${from === 'any' ? 'ways in' : 'ways out'}`,
        ...(answer.assumptions.length === 0 ? [] : ['', style('bold', 'Assumes')]),
        ...answer.assumptions.map((one) => `  - ${one}`),
      ].join('\n'),
  });
}
