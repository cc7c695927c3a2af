import { buildCommand } from '@stricli/core';
import type { Context } from '../../context.ts';
import { dataFlag, outputFlag, parsePort, stateFlag } from '../../global-flags.ts';
import type { ReachFlags } from './impl.ts';

const end = (brief: string, placeholder: string) => ({ parse: String, brief, placeholder }) as const;

export const reachCommand = buildCommand<ReachFlags, [from: string, to: string], Context>({
  loader: async () => (await import('./impl.ts')).reachVerb,
  parameters: {
    flags: {
      port: { kind: 'parsed', parse: parsePort, optional: true, brief: 'Destination port; any', placeholder: 'N' },
      protocol: { kind: 'enum', values: ['tcp', 'udp', 'icmp'], optional: true, brief: 'Protocol; tcp' },
      name: {
        kind: 'parsed',
        parse: String,
        optional: true,
        brief: 'The host name that is asked for',
        placeholder: 'FQDN',
      },
      all: {
        kind: 'boolean',
        default: false,
        brief: 'With any as FROM or TO: everything that gets through, with what and by which rules',
      },
      expect: {
        kind: 'enum',
        values: ['allowed', 'denied'],
        optional: true,
        brief: 'Exit 4 when the answer is another',
      },
      state: stateFlag,
      data: dataFlag,
      output: outputFlag,
    },
    positional: {
      kind: 'tuple',
      parameters: [
        end('An address or prefix, resource id, subnet:NAME, internet, tag:SERVICETAG, or a host name', 'FROM'),
        end('The same', 'TO'),
      ],
    },
    aliases: { o: 'output' },
  },
  docs: { brief: 'Whether traffic gets from one place to another, and what decides at each hop' },
});
