import type { Context } from '../../context.ts';
import { exitCodes } from '../../exit-code.ts';
import { absolute, shown } from '../../global-flags.ts';
import { type OutputFormat, printOutcome } from '../../render/outcome.ts';
import { loadState } from '../../state/load-state.ts';
import { writeState } from '../../state/write-state.ts';

export interface StateExportFlags {
  readonly state?: string;
  readonly out?: string;
  readonly data?: string;
  readonly output?: OutputFormat;
}

export async function stateExport(this: Context, flags: StateExportFlags): Promise<void> {
  const state = await loadState(this, flags.state, flags.data);
  const folder = absolute(this, flags.out ?? 'state');
  const { files, digest } = writeState(folder, state);
  await printOutcome(this, flags.output, {
    verb: 'state-export',
    body: {
      files,
      resources: state.resources.length,
      objects: state.objects.length,
      digest: `sha256:${digest}`,
      assumptions: state.assumptions,
    },
    rows: files.map((file) => [file]),
    exit: exitCodes.done,
    text: (style) =>
      `${state.resources.length} resources in ${style('cyan', shown(this, folder))}, digest ${digest.slice(0, 16)}…`,
  });
}
