import { compareStates } from '../../../verify/index.ts';
import type { Context } from '../../context.ts';
import { exitCodes } from '../../exit-code.ts';
import { type OutputFormat, printOutcome } from '../../render/outcome.ts';
import { loadState } from '../../state/load-state.ts';

export interface DiffFlags {
  readonly expect?: 'none' | 'no-gain';
  readonly data?: string;
  readonly output?: OutputFormat;
}

export async function diffVerb(this: Context, flags: DiffFlags, before: string, after: string): Promise<void> {
  const [was, is] = [await loadState(this, before, flags.data), await loadState(this, after, flags.data)];
  const answer = compareStates(was, is);
  const unmet = answer.changes.some(
    (one) => flags.expect === 'none' || (flags.expect === 'no-gain' && one.kind === 'gained'),
  );
  const { added, removed } = answer.workloads;
  await printOutcome(this, flags.output, {
    verb: 'diff',
    body: { ...answer },
    rows: answer.changes.map((one) => [
      one.kind,
      one.from,
      one.to,
      one.traffic.join('; '),
      one.allowedBy.join(', '),
      one.stoppedBy,
    ]),
    exit: unmet ? exitCodes.findings : exitCodes.done,
    text: (style) =>
      [
        ...answer.changes.flatMap((one) => [
          `${style(one.kind === 'gained' ? 'red' : 'yellow', one.kind === 'gained' ? '+' : '-')} ${style('bold', `${one.from} → ${one.to}`)}  ${one.traffic.join('; ')}${one.verdict === 'depends' ? ' (depends)' : ''}`,
          `    let through by ${one.allowedBy.join(', ') || 'nothing but routes'}; stopped by ${one.stoppedBy}`,
        ]),
        ...added.map((one) => `${style('green', '+')} workload ${one}`),
        ...removed.map((one) => `${style('yellow', '-')} workload ${one}`),
        `${answer.changes.filter((one) => one.kind === 'gained').length} flows gained, ${answer.changes.filter((one) => one.kind === 'lost').length} lost`,
      ].join('\n'),
  });
}
