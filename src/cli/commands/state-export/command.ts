import { buildCommand } from '@stricli/core';
import type { Context } from '../../context.ts';
import { dataFlag, outFlag, outputFlag, stateFlag } from '../../global-flags.ts';
import type { StateExportFlags } from './impl.ts';

export const stateExportCommand = buildCommand<StateExportFlags, [], Context>({
  loader: async () => (await import('./impl.ts')).stateExport,
  parameters: {
    flags: { state: stateFlag, out: outFlag, data: dataFlag, output: outputFlag },
    aliases: { o: 'output' },
  },
  docs: { brief: 'Write every resource as ARM returns it' },
});
