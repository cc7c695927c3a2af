import { buildCommand } from '@stricli/core';
import type { Context } from '../../context.ts';
import { asOfFlag, dataFlag, outputFlag, stateFlag } from '../../global-flags.ts';
import { intentsFlag } from '../../intents.ts';
import type { VerifyFlags } from './impl.ts';

export const verifyCommand = buildCommand<VerifyFlags, [], Context>({
  loader: async () => (await import('./impl.ts')).verifyVerb,
  parameters: {
    flags: {
      state: stateFlag,
      intents: intentsFlag,
      failOn: {
        kind: 'enum',
        values: ['note', 'warning', 'error'],
        default: 'error',
        brief: 'The least level of a finding that makes the exit code 4',
      },
      asOf: {
        ...asOfFlag,
        brief: 'The day of the state: which Azure takes its templates, and what it offers for rules to ask for; today',
      },
      data: dataFlag,
      output: outputFlag,
    },
    aliases: { o: 'output' },
  },
  docs: {
    brief: 'Prove every rule and intent, or show the packet that gets through',
    fullDescription:
      'Reads a state (local Azure, an exported state, or any folder of ARM templates with a deployments.yaml) and checks every rule and every intent on it, with exact packet sets. A finding comes with a packet and the deciding rule at each hop. Exit code 4 when there are findings.',
  },
});
