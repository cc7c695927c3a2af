import type { TokenCredential } from '@azure/core-auth';
import { type ArmClient, createArmClient } from '../azure/arm-client.ts';
import { clientSecretCredential } from '../azure/client-secret-credential.ts';
import { createDataPlaneClient, type DataPlanes } from '../azure/data-plane.ts';
import { inProcessHttpClient } from '../azure/in-process.ts';
import { readText } from '../kernel/files.ts';
import { uuidV5 } from '../kernel/hash.ts';
import { createLocalAzure, type LocalAzure } from '../local-azure/local-azure.ts';
import { type Endpoint, lockDataFolder, openLmdbStore } from '../local-azure/store/index.ts';
import type { State, StateObject } from '../model/state.ts';
import type { Spec } from '../spec/spec.ts';
import type { Context } from './context.ts';
import { readLiveState } from './state/live-state.ts';

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
      (host, purpose) =>
        createDataPlaneClient({
          host,
          purpose,
          credential: credentialOf(azure, principal),
          httpClient: inProcessHttpClient((request) => azure.handle(request, 'inside')),
        }),
  };
}

function credentialOf(azure: LocalAzure, principal: string): TokenCredential {
  const caller = { objectId: principalId(principal), displayName: principal };
  return {
    getToken: async (scopes) => ({
      token: azure.issueToken(caller, [scopes].flat()[0]?.replace(/\/\.default$/, '')),
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
  return (host, purpose) =>
    createDataPlaneClient({ host, purpose, endpoint: `${live.insideEndpoint}/${host}`, credential, caPem });
}

function liveCredential(live: Endpoint, principal: string, caPem: string): TokenCredential {
  return clientSecretCredential({
    authority: `${live.endpoint}/organizations`,
    clientId: principalId(principal),
    secret: 'local',
    caPem,
  });
}

/** The same from a server, over its two listeners. */
export async function liveStateOf(live: Endpoint, principal = 'operator'): Promise<State> {
  const inside = liveClient({ ...live, endpoint: live.insideEndpoint }, principal);
  const objects = await inside.list<StateObject>('/local-azure/objects', '2025-01-01');
  const state = await readLiveState(liveClient(live, principal), 'local', objects);
  return { ...state, assumptions: [...state.assumptions, ...assumptionsOf(objects)] };
}

const assumptionsOf = (objects: readonly StateObject[]): readonly string[] =>
  objects.length === 0
    ? []
    : [
        'The objects of clusters are those of the configuration that Flux applied, as it is written: what an API server would add or refuse is not modelled.',
      ];

/** What runs in a local Azure: resources, and the objects that GitOps has put into clusters. */
export function localStateOf(azure: LocalAzure): State {
  const objects = azure.objects();
  return { resources: azure.resources(), objects, origin: 'local', assumptions: assumptionsOf(objects) };
}

/** The tenant and subscription of a spec, as local Azure has them, and those of hubs that somebody else owns. */
export function accountOf(spec: Spec) {
  const own = {
    subscriptionId: spec.azure.subscriptionId,
    displayName: `${spec.organization.name} ${spec.environment}`,
  };
  const others = spec.hubs
    .flatMap(({ existing }) => existing?.virtualNetworkId.split('/')[2] ?? [])
    .filter((id) => id.toLowerCase() !== own.subscriptionId);
  return {
    tenantId: spec.azure.tenantId,
    subscriptions: [
      own,
      ...[...new Set(others)].map((subscriptionId) => ({ subscriptionId, displayName: 'Owner of a hub' })),
    ],
  };
}
