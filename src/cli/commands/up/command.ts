import { buildCommand } from '@stricli/core';
import { acceptFlag } from '../../accept.ts';
import type { Context } from '../../context.ts';
import { asOfFlag, dataFlag, outFlag, outputFlag, specFlag } from '../../global-flags.ts';
import type { UpFlags } from './impl.ts';

export const upCommand = buildCommand<UpFlags, [], Context>({
  loader: async () => (await import('./impl.ts')).up,
  parameters: {
    flags: { spec: specFlag, data: dataFlag, out: outFlag, asOf: asOfFlag, accept: acceptFlag, output: outputFlag },
    aliases: { o: 'output' },
  },
  docs: {
    brief: 'The main job: design, deploy to local Azure, verify, report',
    fullDescription:
      'Designs the landing zone of landing-zone.yaml, deploys it to local Azure in stages with progress, proves its isolation and writes templates, state, audit log and report. Ends with 0 when every statement is proven.',
  },
});
