import { buildCommand } from '@stricli/core';
import type { Context } from '../../context.ts';
import { asOfFlag, outputFlag, specFlag } from '../../global-flags.ts';
import type { LifecycleFlags } from './impl.ts';

export const lifecycleCommand = buildCommand<LifecycleFlags, [], Context>({
  loader: async () => (await import('./impl.ts')).lifecycle,
  parameters: {
    flags: {
      spec: specFlag,
      asOf: { ...asOfFlag, brief: 'The day on which it is asked; today' },
      output: outputFlag,
    },
    aliases: { o: 'output' },
  },
  docs: {
    brief: 'Every version, API and feature in use, with its end of support',
    fullDescription:
      'Lists what the landing zone of the spec is made of, what ends first comes first, each with its last day of support and who says so. Where nobody has announced an end, that is said. Exit code 4 when something has ended.',
  },
});
