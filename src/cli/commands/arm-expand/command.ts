import { buildCommand } from '@stricli/core';
import type { Context } from '../../context.ts';
import { outputFlag } from '../../global-flags.ts';
import type { ArmExpandFlags } from './impl.ts';

export const armExpandCommand = buildCommand<ArmExpandFlags, [file: string], Context>({
  loader: async () => (await import('./impl.ts')).armExpand,
  parameters: {
    flags: {
      parameters: { kind: 'parsed', parse: String, optional: true, brief: 'Parameter file', placeholder: 'FILE' },
      scope: {
        kind: 'parsed',
        parse: String,
        optional: true,
        brief: 'Id of the subscription or resource group that it would go to',
        placeholder: 'ID',
      },
      link: {
        kind: 'parsed',
        parse: String,
        optional: true,
        variadic: true,
        brief: 'A file that stands for a linked template or template spec; may be repeated',
        placeholder: 'ADDRESS=FILE',
      },
      output: outputFlag,
    },
    positional: {
      kind: 'tuple',
      parameters: [{ parse: String, brief: 'The template', placeholder: 'FILE' }],
    },
    aliases: { o: 'output' },
  },
  docs: { brief: 'Expand any ARM template offline: loops, conditions, expressions, nested deployments' },
});
