import { buildCommand } from '@stricli/core';
import type { Context } from '../../context.ts';
import { dataFlag, outputFlag } from '../../global-flags.ts';
import type { AuditVerifyFlags } from './impl.ts';

export const auditVerifyCommand = buildCommand<AuditVerifyFlags, [file?: string], Context>({
  loader: async () => (await import('./impl.ts')).auditVerify,
  parameters: {
    flags: { data: dataFlag, output: outputFlag },
    positional: {
      kind: 'tuple',
      parameters: [{ parse: String, optional: true, brief: "The log; local Azure's own", placeholder: 'FILE' }],
    },
    aliases: { o: 'output' },
  },
  docs: { brief: "Check the log's hash chain and signatures" },
});
