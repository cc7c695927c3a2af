import { buildCommand } from '@stricli/core';
import { roleNames } from '../../../model/role.ts';
import { stageNames } from '../../../model/stage.ts';
import { acceptFlag } from '../../accept.ts';
import type { Context } from '../../context.ts';
import { asOfFlag, dataFlag, outFlag, outputFlag, specFlag } from '../../global-flags.ts';
import type { DeployFlags } from './impl.ts';

export const deployCommand = buildCommand<DeployFlags, [], Context>({
  loader: async () => (await import('./impl.ts')).deployVerb,
  parameters: {
    flags: {
      spec: specFlag,
      data: dataFlag,
      out: outFlag,
      target: { kind: 'enum', values: ['local', 'azure'], default: 'local', brief: 'Where to deploy' },
      stage: { kind: 'enum', values: stageNames, optional: true, brief: 'Only this stage' },
      as: {
        kind: 'enum',
        values: roleNames,
        optional: true,
        brief: 'Run as this role; a stage of another role is refused',
      },
      resume: { kind: 'boolean', optional: true, withNegated: false, brief: 'Go on where an earlier run stopped' },
      auth: {
        kind: 'enum',
        values: ['az', 'env', 'workload', 'managed'],
        optional: true,
        brief: 'Pin the credential for --target azure',
      },
      asOf: asOfFlag,
      accept: acceptFlag,
      output: outputFlag,
    },
    aliases: { o: 'output' },
  },
  docs: {
    brief: 'Deploy the stages in order, or one',
    fullDescription:
      'Synthesizes the landing zone and deploys it stage by stage. Each step is written to a hash-chained, signed log before and after. A run that was stopped at any moment goes on with --resume.',
  },
});
