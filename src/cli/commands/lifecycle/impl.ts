import { lifecycleReport } from '../../../answers/lifecycle/report.ts';
import { buildBlueprint } from '../../../blueprint/build.ts';
import { loadSpec } from '../../../spec/load.ts';
import type { Context } from '../../context.ts';
import { exitCodes } from '../../exit-code.ts';
import { specFileOf } from '../../landing-zone.ts';
import { type OutputFormat, printOutcome } from '../../render/outcome.ts';
import { renderTable } from '../../render/table.ts';

export interface LifecycleFlags {
  readonly spec?: string;
  readonly asOf?: Date;
  readonly output?: OutputFormat;
}

export async function lifecycle(this: Context, flags: LifecycleFlags): Promise<void> {
  const spec = loadSpec(specFileOf(this, flags.spec));
  const day = (flags.asOf ?? this.clock.now()).toISOString().slice(0, 10);
  // Without a day: what has ended is listed here, not refused.
  const items = lifecycleReport(spec, buildBlueprint(spec), day);
  const rows = items.map(({ until = '', status, kind, name, where, alternative = '' }) => [
    until,
    status,
    kind,
    name,
    where,
    alternative,
  ]);
  const ended = items.filter(({ status }) => status === 'ended').length;
  await printOutcome(this, flags.output, {
    verb: 'lifecycle',
    body: { day, items },
    rows,
    exit: ended > 0 ? exitCodes.findings : exitCodes.done,
    text: (style) =>
      [
        renderTable(
          ['Until', 'On this day', 'Kind', 'What', 'Where', 'Then take'].map((title) => ({ title })),
          rows,
          style,
        ),
        '',
        `${items.length} on ${day}: ${ended} ended, ${items.filter(({ status }) => status === 'ends soon').length} end within half a year, ${items.filter(({ until }) => until === undefined).length} without an announced end.`,
      ].join('\n'),
  });
}
