import type { TokenCredential } from '@azure/core-auth';
import { type ArmClient, createArmClient } from '../azure/arm-client.ts';
import { clientSecretCredential } from '../azure/client-secret-credential.ts';
import { inProcessHttpClient } from '../azure/in-process.ts';
import type { DataPlanes } from '../deploy/task-tools.ts';
import { readText } from '../kernel/files.ts';
import { uuidV5 } from '../kernel/hash.ts';
import { createLocalAzure, type LocalAzure } from '../local-azure/local-azure.ts';
import { type Endpoint, lockDataFolder, openLmdbStore } from '../local-azure/store/index.ts';
import type { Spec } from '../spec/spec.ts';
import type { Context } from './context.ts';

/** Local Azure, opened in this process, with a client that speaks ARM to it. */
export interface LocalTarget {
  readonly azure: LocalAzure;
  /** As seen from anywhere. */
  client(principal?: string): ArmClient;
  /** As seen from inside the network: the data planes of private services answer too. */
  insideClient(principal?: string): ArmClient;
  /** Data planes as seen from inside. */
  dataPlanes(principal?: string): DataPlanes;
  close(): Promise<void>;
}

/** Names a principal of local Azure: the same words give the same object id. */
export function principalId(name: string): string {
  return uuidV5(`principal:${name}`, '8b7a6f0e-9d5c-5c3b-8a2f-0e1d2c3b4a59');
}

/** Opens the data folder for this process alone; throws `DATA_FOLDER_IN_USE` when another has it. */
export async function openLocalTarget(
  context: Context,
  folder: string,
  options: { readonly asOf?: Date | undefined; readonly spec?: Spec | undefined },
): Promise<LocalTarget> {
  const lock = lockDataFolder(folder);
  try {
    const store = openLmdbStore(folder);
    const azure = createLocalAzure({
      store,
      clock: context.clock,
      ...(options.asOf === undefined ? {} : { asOf: options.asOf }),
      ...(options.spec === undefined ? {} : accountOf(options.spec)),
    });
    return {
      ...clientsOf(azure),
      azure,
      close: async () => {
        try {
          await azure.close();
        } finally {
          lock.release();
        }
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Clients that reach a local Azure of this process without a socket: the same requests and answers as over HTTPS. */
export function clientsOf(azure: LocalAzure): Pick<LocalTarget, 'client' | 'insideClient' | 'dataPlanes'> {
  const make = (listener: 'outside' | 'inside') => (principal: string) =>
    createArmClient({
      endpoint: 'https://management.local.azure',
      credential: credentialOf(azure, principal),
      httpClient: inProcessHttpClient((request) => azure.handle(request, listener)),
    });
  const outside = make('outside');
  const inside = make('inside');
  return {
    client: (principal = 'operator') => outside(principal),
    insideClient: (principal = 'operator') => inside(principal),
    dataPlanes:
      (principal = 'operator') =>
      (host, audience) =>
        createArmClient({
          endpoint: `https://${host}`,
          audience,
          credential: credentialOf(azure, principal, audience),
          httpClient: inProcessHttpClient((request) => azure.handle(request, 'inside')),
        }),
  };
}

function credentialOf(azure: LocalAzure, principal: string, audience?: string): TokenCredential {
  return {
    getToken: async () => ({
      token: azure.issueToken({ objectId: principalId(principal), displayName: principal }, audience),
      expiresOnTimestamp: Date.now() + 30 * 60_000,
    }),
  };
}

/** A client of the server that a data folder announces. It takes any secret: the login service of local Azure asks for none in particular. */
export function liveClient(live: Endpoint, principal = 'operator'): ArmClient {
  const caPem = readText(live.caFile);
  return createArmClient({ endpoint: live.endpoint, credential: liveCredential(live, principal, caPem), caPem });
}

/** Data planes of that server: it has no names of its own for them, so they stand below its inside address. */
export function liveDataPlanes(live: Endpoint, principal = 'operator'): DataPlanes {
  const caPem = readText(live.caFile);
  const credential = liveCredential(live, principal, caPem);
  return (host, audience) =>
    createArmClient({ endpoint: `${live.insideEndpoint}/${host}`, audience, credential, caPem });
}

function liveCredential(live: Endpoint, principal: string, caPem: string): TokenCredential {
  return clientSecretCredential({
    authority: `${live.endpoint}/organizations`,
    clientId: principalId(principal),
    secret: 'local',
    caPem,
  });
}

/** The tenant and subscription of a spec, as local Azure has them. */
export function accountOf(spec: Spec) {
  return {
    tenantId: spec.azure.tenantId,
    subscriptions: [
      { subscriptionId: spec.azure.subscriptionId, displayName: `${spec.organization.name} ${spec.environment}` },
    ],
  };
}
