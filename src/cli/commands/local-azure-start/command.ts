import { buildCommand } from '@stricli/core';
import type { Context } from '../../context.ts';
import { asOfFlag, dataFlag, outputFlag, parsePort, specFlag } from '../../global-flags.ts';
import type { LocalAzureStartFlags } from './impl.ts';

export const localAzureStartCommand = buildCommand<LocalAzureStartFlags, [], Context>({
  loader: async () => (await import('./impl.ts')).localAzureStart,
  parameters: {
    flags: {
      port: {
        kind: 'parsed',
        parse: parsePort,
        optional: true,
        brief: 'Port on 127.0.0.1; any free one',
        placeholder: 'N',
      },
      data: dataFlag,
      spec: specFlag,
      asOf: asOfFlag,
      allowUnknownTypes: {
        kind: 'boolean',
        optional: true,
        withNegated: false,
        brief: 'Store resource types that are not modelled as they are sent, and say so',
      },
      output: outputFlag,
    },
    aliases: { o: 'output' },
  },
  docs: {
    brief: 'Run local Azure in the foreground, for az, OpenTofu and the SDKs',
    fullDescription: 'Serves the embedded Azure Resource Manager over HTTPS on loopback until it is stopped (Ctrl-C).',
  },
});
