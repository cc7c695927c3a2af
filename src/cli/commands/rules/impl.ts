import { askRules } from '../../../verify/index.ts';
import type { Context } from '../../context.ts';
import { exitCodes } from '../../exit-code.ts';
import { loadIntents } from '../../intents.ts';
import { type OutputFormat, printOutcome } from '../../render/outcome.ts';
import { renderTable } from '../../render/table.ts';
import { loadState } from '../../state/load-state.ts';

export interface RulesFlags {
  readonly state?: string;
  readonly intents?: string;
  readonly data?: string;
  readonly output?: OutputFormat;
}

const short = (resource: string): string => resource.slice(resource.lastIndexOf('/') + 1);

export async function rulesVerb(this: Context, flags: RulesFlags): Promise<void> {
  const state = await loadState(this, flags.state, flags.data);
  const answer = askRules(state, loadIntents(this, flags.intents, flags.state));
  const rows = answer.rules.map((one) => [one.use, one.layer, short(one.resource), one.rule, one.beyond.join('; ')]);
  const count = (use: string): number => answer.rules.filter((one) => one.use === use).length;
  await printOutcome(this, flags.output, {
    verb: 'rules',
    body: { ...answer },
    rows,
    exit: exitCodes.done,
    text: (style) =>
      [
        renderTable(
          [{ title: 'Use' }, { title: 'Layer' }, { title: 'On' }, { title: 'Rule' }, { title: 'Beyond the intents' }],
          rows,
          style,
        ),
        '',
        `${count('needed')} needed, ${count('wide')} wide, ${count('deny')} deny, ${count('dead')} dead`,
      ].join('\n'),
  });
}
