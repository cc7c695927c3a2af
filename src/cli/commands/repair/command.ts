import { buildCommand } from '@stricli/core';
import type { Context } from '../../context.ts';
import { dataFlag, outputFlag, stateFlag } from '../../global-flags.ts';
import { intentsFlag } from '../../intents.ts';
import type { RepairFlags } from './impl.ts';

export const repairCommand = buildCommand<RepairFlags, [intent: string], Context>({
  loader: async () => (await import('./impl.ts')).repairVerb,
  parameters: {
    flags: { state: stateFlag, intents: intentsFlag, data: dataFlag, output: outputFlag },
    positional: { kind: 'tuple', parameters: [{ parse: String, brief: 'The id of an intent', placeholder: 'INTENT' }] },
    aliases: { o: 'output' },
  },
  docs: {
    brief: 'The smallest set of rules to remove or add that makes an intent hold',
    fullDescription:
      'Tries sets of changes to security groups and firewalls in the order of their size on a model of the state, and proves the intent again on each. Changes nothing. Exit code 4 when no such set is found.',
  },
});
