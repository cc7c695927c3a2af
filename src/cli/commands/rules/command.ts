import { buildCommand } from '@stricli/core';
import type { Context } from '../../context.ts';
import { dataFlag, outputFlag, stateFlag } from '../../global-flags.ts';
import { intentsFlag } from '../../intents.ts';
import type { RulesFlags } from './impl.ts';

export const rulesCommand = buildCommand<RulesFlags, [], Context>({
  loader: async () => (await import('./impl.ts')).rulesVerb,
  parameters: {
    flags: { state: stateFlag, intents: intentsFlag, data: dataFlag, output: outputFlag },
    aliases: { o: 'output' },
  },
  docs: {
    brief: 'What every rule is good for: needed, wider than the intents ask, or dead',
    fullDescription:
      'Measures each rule of security groups and firewalls at the packets that really get to it. A wide rule lets more through than the intents with expect: allowed ask for, and the first of that is printed.',
  },
});
