import { buildCommand } from '@stricli/core';
import type { Context } from '../../context.ts';
import { outputFlag } from '../../global-flags.ts';
import type { InitFlags } from './impl.ts';

export const initCommand = buildCommand<InitFlags, [folder?: string], Context>({
  loader: async () => (await import('./impl.ts')).init,
  parameters: {
    flags: {
      profile: {
        kind: 'enum',
        values: ['current', '2021'],
        default: 'current',
        brief: 'The set of component choices to start from',
      },
      output: outputFlag,
    },
    positional: {
      kind: 'tuple',
      parameters: [{ parse: String, optional: true, brief: 'Where to write it; this folder', placeholder: 'DIR' }],
    },
    aliases: { o: 'output' },
  },
  docs: { brief: 'Write a commented landing-zone.yaml to start from' },
});
