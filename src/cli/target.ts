import * as path from 'node:path';
import type { AuditWho } from '../audit/entry.ts';
import { type AuditLog, openAuditLog } from '../audit/log.ts';
import type { ArmClient } from '../azure/arm-client.ts';
import type { AuthName } from '../azure/credential-for.ts';
import type { DataPlanes } from '../azure/data-plane.ts';
import { lockDataFolder, readEndpoint } from '../local-azure/store/index.ts';
import type { State } from '../model/state.ts';
import type { Spec } from '../spec/spec.ts';
import { openAzureTarget } from './azure-target.ts';
import type { Context } from './context.ts';
import { liveClient, liveDataPlanes, liveStateOf, localStateOf, openLocalTarget } from './local-target.ts';
import { readLiveState } from './state/live-state.ts';

/** Where a deployment goes, opened, with the log that goes with it. */
export interface Target {
  readonly client: ArmClient;
  /** For stages that run from inside the network. */
  readonly insideClient: ArmClient;
  /** Vaults and registries, as seen from inside. */
  readonly dataPlanes: DataPlanes;
  readonly audit: AuditLog;
  readonly who: AuditWho;
  /** What is there now. */
  state(): Promise<State>;
  close(): Promise<void>;
}

export interface TargetOptions {
  readonly target: 'local' | 'azure';
  /** The folder of local Azure, or of the log of what went to Azure. */
  readonly data: string;
  /** As whom local Azure sees the run. */
  readonly principal: string;
  readonly spec: Spec;
  readonly asOf?: Date | undefined;
  readonly auth?: AuthName | undefined;
}

/**
 * Opens the target. Local Azure runs in this process, unless a server of the data folder is up: then it is asked over HTTPS. The
 * log has one writer at a time, whatever the target: throws `DATA_FOLDER_IN_USE` for the second.
 */
export async function openTarget(context: Context, options: TargetOptions): Promise<Target> {
  const folder = path.join(options.data, 'audit');
  const lock = lockDataFolder(folder);
  try {
    const reached = await reach(context, options);
    try {
      const audit = openAuditLog(folder, context.clock);
      return { ...reached, audit, close: () => reached.close().finally(() => lock.release()) };
    } catch (error) {
      await reached.close();
      throw error;
    }
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function reach(context: Context, options: TargetOptions): Promise<Omit<Target, 'audit'>> {
  if (options.target === 'azure') {
    const { client, dataPlanes, who } = await openAzureTarget(context, options.auth ?? 'default');
    return {
      client,
      insideClient: client,
      dataPlanes,
      who,
      state: () => readLiveState(client, 'azure'),
      close: async () => {},
    };
  }
  const who = { principal: options.principal, kind: 'local' };
  const live = readEndpoint(options.data);
  if (live !== undefined) {
    const client = liveClient(live, options.principal);
    const insideClient = liveClient({ ...live, endpoint: live.insideEndpoint }, options.principal);
    const dataPlanes = liveDataPlanes(live, options.principal);
    return {
      client,
      insideClient,
      dataPlanes,
      who,
      state: () => liveStateOf(live, options.principal),
      close: async () => {},
    };
  }
  const target = await openLocalTarget(context, options.data, { asOf: options.asOf, spec: options.spec });
  return {
    client: target.client(options.principal),
    insideClient: target.insideClient(options.principal),
    dataPlanes: target.dataPlanes(options.principal),
    who,
    state: async () => {
      await target.azure.idle();
      return localStateOf(target.azure);
    },
    close: () => target.close(),
  };
}
