import { buildCommand } from '@stricli/core';
import { acceptFlag } from '../../accept.ts';
import type { Context } from '../../context.ts';
import { asOfFlag, outFlag, outputFlag, specFlag } from '../../global-flags.ts';
import type { SynthFlags } from './impl.ts';

export const synthCommand = buildCommand<SynthFlags, [], Context>({
  loader: async () => (await import('./impl.ts')).synth,
  parameters: {
    flags: { spec: specFlag, out: outFlag, asOf: asOfFlag, accept: acceptFlag, output: outputFlag },
    aliases: { o: 'output' },
  },
  docs: {
    brief: 'Write the templates, parameters, deployments.yaml and intents.yaml',
    fullDescription:
      'Designs the landing zone of the spec and writes it as ordinary ARM templates that `az deployment` accepts, in the order of deployments.yaml. The same spec gives the same bytes. The folder can be given to `verify --state` and `reach --state`.',
  },
});
