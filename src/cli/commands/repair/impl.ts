import { intentById, repairIntent } from '../../../verify/index.ts';
import type { Context } from '../../context.ts';
import { exitCodes } from '../../exit-code.ts';
import { loadIntents } from '../../intents.ts';
import { type OutputFormat, printOutcome } from '../../render/outcome.ts';
import { loadState } from '../../state/load-state.ts';

export interface RepairFlags {
  readonly state?: string;
  readonly intents?: string;
  readonly data?: string;
  readonly output?: OutputFormat;
}

export async function repairVerb(this: Context, flags: RepairFlags, id: string): Promise<void> {
  const intent = intentById(loadIntents(this, flags.intents, flags.state), id);
  const answer = repairIntent(await loadState(this, flags.state, flags.data), intent);
  await printOutcome(this, flags.output, {
    verb: 'repair',
    body: { intent: id, ...answer },
    rows: answer.changes.map((one) => [one.action, one.layer, one.resource, one.rule, one.packets.join('; ')]),
    exit: answer.holds ? exitCodes.done : exitCodes.findings,
    text: (style) => {
      if (!answer.holds)
        return style(
          'red',
          `No set of rules makes it hold${answer.stoppedBy === undefined ? '' : `: ${answer.stoppedBy} decides`}.`,
        );
      if (answer.changes.length === 0) return style('green', 'It holds as it is.');
      return answer.changes
        .map(({ action, layer, resource, rule, packets }) =>
          action === 'remove'
            ? `remove ${layer} ${style('bold', rule)} of ${resource}`
            : `add before ${layer} ${style('bold', rule)} of ${resource}: ${packets.join('; ')}`,
        )
        .join('\n');
    },
  });
}
