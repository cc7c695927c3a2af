import { createLocalAzure } from '../../../local-azure/local-azure.ts';
import { serve } from '../../../local-azure/server/index.ts';
import { lockDataFolder, openLmdbStore } from '../../../local-azure/store/index.ts';
import { findSpec, loadSpec } from '../../../spec/load.ts';
import type { Context } from '../../context.ts';
import { exitCodes } from '../../exit-code.ts';
import { absolute, dataFolder } from '../../global-flags.ts';
import { accountOf } from '../../local-target.ts';
import { type OutputFormat, printOutcome } from '../../render/outcome.ts';

export interface LocalAzureStartFlags {
  readonly port?: number;
  readonly data?: string;
  readonly spec?: string;
  readonly asOf?: Date;
  readonly allowUnknownTypes?: boolean;
  readonly output?: OutputFormat;
}

/** Serves until Ctrl-C. The result is printed once it listens. */
export async function localAzureStart(this: Context, flags: LocalAzureStartFlags): Promise<void> {
  const folder = dataFolder(this, flags.data);
  const spec = flags.spec === undefined ? findSpec(this.folder) : absolute(this, flags.spec);
  const account = spec === undefined ? undefined : accountOf(loadSpec(spec));
  const lock = lockDataFolder(folder);
  try {
    const azure = createLocalAzure({
      store: openLmdbStore(folder),
      clock: this.clock,
      ...account,
      ...(flags.asOf === undefined ? {} : { asOf: flags.asOf }),
      ...(flags.allowUnknownTypes === undefined ? {} : { allowUnknownTypes: flags.allowUnknownTypes }),
    });
    try {
      const server = await serve(azure, {
        folder,
        clock: this.clock,
        ...(flags.port === undefined ? {} : { port: flags.port }),
      });
      const { endpoint, insideEndpoint, caFile } = server;
      await printOutcome(this, flags.output, {
        verb: 'local-azure-start',
        body: { endpoint, insideEndpoint, ca: caFile, pid: process.pid },
        rows: [[endpoint, insideEndpoint, caFile, String(process.pid)]],
        exit: exitCodes.done,
        text: (style) =>
          [
            `${style(['bold', 'green'], 'Local Azure listens')} at ${style('cyan', endpoint)} (inside the network: ${insideEndpoint}). Ctrl-C ends it.`,
            '',
            style('bold', 'Azure CLI'),
            `  export REQUESTS_CA_BUNDLE=${caFile} AZURE_CORE_INSTANCE_DISCOVERY=false`,
            `  az cloud register -n LocalAzure --endpoint-resource-manager ${endpoint} && az cloud set -n LocalAzure`,
            `  az login --service-principal -u 11111111-2222-4333-8444-555555555555 -p any --tenant ${account?.tenantId ?? 'organizations'}`,
            '',
            style('bold', 'OpenTofu with azapi'),
            `  export SSL_CERT_FILE=${caFile} ARM_RESOURCE_MANAGER_ENDPOINT=${endpoint} ARM_ACTIVE_DIRECTORY_AUTHORITY_HOST=${endpoint}`,
            '  with tenant_id = "adfs" in the provider',
            '',
            style('bold', 'Azure SDK for JavaScript'),
            `  export NODE_EXTRA_CA_CERTS=${caFile}`,
            `  new ClientSecretCredential(tenant, client, "any", { authorityHost: "${endpoint}", disableInstanceDiscovery: true })`,
          ].join('\n'),
      });
      await stopped(this.signal);
      await server.close();
    } finally {
      await azure.close();
    }
  } finally {
    lock.release();
  }
}

function stopped(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
