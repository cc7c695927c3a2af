import { buildCommand } from '@stricli/core';
import type { Context } from '../../context.ts';
import { dataFlag, outputFlag } from '../../global-flags.ts';
import type { DiffFlags } from './impl.ts';

const where = (placeholder: string) =>
  ({ parse: String, brief: 'local, or a folder of templates or of an exported state', placeholder }) as const;

export const diffCommand = buildCommand<DiffFlags, [before: string, after: string], Context>({
  loader: async () => (await import('./impl.ts')).diffVerb,
  parameters: {
    flags: {
      expect: {
        kind: 'enum',
        values: ['none', 'no-gain'],
        optional: true,
        brief: 'Exit 4 when there is any change, or any flow gained',
      },
      data: dataFlag,
      output: outputFlag,
    },
    positional: { kind: 'tuple', parameters: [where('BEFORE'), where('AFTER')] },
    aliases: { o: 'output' },
  },
  docs: { brief: 'The traffic that one state lets through and another does not, with the rule that did it' },
});
