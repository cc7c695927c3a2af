import { askMatrix, askWayMatrix } from '../../../verify/index.ts';
import type { Context } from '../../context.ts';
import { exitCodes } from '../../exit-code.ts';
import { type OutputFormat, printOutcome } from '../../render/outcome.ts';
import { renderTable } from '../../render/table.ts';
import { loadState } from '../../state/load-state.ts';

export interface MatrixFlags {
  readonly policies: boolean;
  readonly state?: string;
  readonly data?: string;
  readonly output?: OutputFormat;
}

export async function matrixVerb(this: Context, flags: MatrixFlags): Promise<void> {
  const state = await loadState(this, flags.state, flags.data);
  const answer = flags.policies ? askMatrix(state) : askWayMatrix(state);
  const rows = answer.classes.flatMap((from, i) =>
    answer.classes.flatMap((to, j): readonly (readonly string[])[] => {
      const verdict = answer.verdicts[answer.cells[i]?.[j] ?? -1];
      if (verdict === undefined) return [];
      return [
        ...(verdict.surely.length > 0 ? [[from.name, to.name, 'allowed', verdict.surely.join('; ')]] : []),
        ...(verdict.perhaps.length > 0 ? [[from.name, to.name, 'depends', verdict.perhaps.join('; ')]] : []),
      ];
    }),
  );
  await printOutcome(this, flags.output, {
    verb: 'matrix',
    body: { ...answer },
    rows,
    exit: exitCodes.done,
    text: (style) =>
      [
        renderTable([{ title: 'From' }, { title: 'To' }, { title: 'Verdict' }, { title: 'What' }], rows, style),
        '',
        `${answer.classes.length} classes, ${answer.pairs} pairs; pairs that are not shown do not reach each other.`,
        ...(answer.assumptions.length === 0 ? [] : ['', style('bold', 'Assumes')]),
        ...answer.assumptions.map((one) => `  - ${one}`),
      ].join('\n'),
  });
}
