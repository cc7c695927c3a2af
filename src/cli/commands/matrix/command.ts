import { buildCommand } from '@stricli/core';
import type { Context } from '../../context.ts';
import { dataFlag, outputFlag, stateFlag } from '../../global-flags.ts';
import type { MatrixFlags } from './impl.ts';

export const matrixCommand = buildCommand<MatrixFlags, [], Context>({
  loader: async () => (await import('./impl.ts')).matrixVerb,
  parameters: {
    flags: {
      policies: {
        kind: 'boolean',
        default: false,
        brief: 'Workloads of the cluster by its policies alone, whatever the network between them',
      },
      state: stateFlag,
      data: dataFlag,
      output: outputFlag,
    },
    aliases: { o: 'output' },
  },
  docs: {
    brief: 'What gets from every place to every other, by class',
    fullDescription:
      'Places that nothing tells apart are one class: subnets and what stands out in them, the internet, and the workloads of the cluster. Each cell says what gets through with its reply, surely and perhaps, over every layer.',
  },
});
