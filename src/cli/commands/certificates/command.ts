import { buildCommand, buildRouteMap } from '@stricli/core';
import type { Context } from '../../context.ts';
import { dataFlag, outputFlag, specFlag } from '../../global-flags.ts';
import type { CertificatesFlags } from './impl.ts';

const flags = {
  spec: specFlag,
  data: dataFlag,
  target: { kind: 'enum', values: ['local', 'azure'], default: 'local', brief: 'Whose vaults' },
  auth: {
    kind: 'enum',
    values: ['az', 'env', 'workload', 'managed'],
    optional: true,
    brief: 'Pin the credential for --target azure',
  },
  output: outputFlag,
} as const;
const aliases = { o: 'output' } as const;

const list = buildCommand<CertificatesFlags, [], Context>({
  loader: async () => (await import('./impl.ts')).listCertificates,
  parameters: { flags, aliases },
  docs: { brief: 'What the vaults hold: issuer, end, use, fingerprint' },
});

const create = buildCommand<CertificatesFlags, [], Context>({
  loader: async () => (await import('./impl.ts')).createCertificates,
  parameters: { flags, aliases },
  docs: {
    brief: 'Make what is missing, renew what is due',
    fullDescription:
      'The stage `certificates` by itself. Keys are made in the vaults; each step is written to the log. Run it as often as you like.',
  },
});

const rotate = buildCommand<CertificatesFlags, [string], Context>({
  loader: async () => (await import('./impl.ts')).rotateCertificate,
  parameters: {
    flags,
    aliases,
    positional: {
      kind: 'tuple',
      parameters: [{ parse: String, brief: 'A name from the list', placeholder: 'name' }],
    },
  },
  docs: { brief: 'Renew one now, with a new key' },
});

export const certificatesCommand = buildRouteMap<string, Context>({
  routes: { list, create, rotate },
  docs: { brief: 'Certificates and keys in the vaults' },
});
