import { buildCommand } from '@stricli/core';
import type { Context } from '../../context.ts';
import { outputFlag, specFlag } from '../../global-flags.ts';
import type { CostFlags } from './impl.ts';

export const costCommand = buildCommand<CostFlags, [], Context>({
  loader: async () => (await import('./impl.ts')).cost,
  parameters: {
    flags: {
      spec: specFlag,
      region: {
        kind: 'parsed',
        parse: String,
        optional: true,
        brief: 'The Azure region whose prices count; the price list’s own',
        placeholder: 'REGION',
      },
      output: outputFlag,
    },
    aliases: { o: 'output' },
  },
  docs: {
    brief: 'What the landing zone costs at idle, itemised',
    fullDescription:
      'Lists what Azure bills for the landing zone of the spec, a day and a month, at idle: pools and gateway at their minimum, no traffic, no logs. Prices come from a dated list in this version; what it has no price for is shown as not priced and left out of the sums.',
  },
});
