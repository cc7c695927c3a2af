import type { Clock } from '../kernel/clock.ts';
import { type Milliseconds, milliseconds } from '../kernel/units.ts';
import type { ArmResource } from '../model/resource.ts';
import type { StateObject } from '../model/state.ts';
import { answerRequest } from './answer-request.ts';
import { clusterObjects, reconcileBehind } from './data-planes/cluster/reconcile.ts';
import { DeploymentTable } from './deployments/deployment-table.ts';
import { endInterrupted } from './interrupted.ts';
import { Operations } from './operations.ts';
import { armAudience, signingKey, Tokens } from './protocol/tokens.ts';
import type { ResourceTypeProvider } from './providers/contract.ts';
import { ResourceTable } from './resources/resource-table.ts';
import { TypeTable } from './resources/type-table.ts';
import { failStop } from './store/fail-stop.ts';
import type { Store } from './store/store.ts';
import { type Subscription, Subscriptions } from './subscriptions.ts';
import { type BodyCheck, loadResources, readForm, type World } from './world.ts';

/** The tenant and subscription of a local Azure that is given none. */
export const defaultTenantId = '7a9a9f3e-2f4b-4c5d-8e6f-10ca1a2b3c4d';
export const defaultSubscription: Subscription = {
  subscriptionId: '10ca1000-0000-4000-8000-000000000001',
  displayName: 'Local Azure',
};

export interface LocalAzureOptions {
  readonly store: Store;
  readonly clock: Clock;
  /** @default `defaultTenantId` */
  readonly tenantId?: string;
  /** @default `defaultSubscription` */
  readonly subscriptions?: readonly Subscription[];
  /** Which API versions and features exist. @default everything that is modelled */
  readonly asOf?: Date;
  /** Store resources of types that are not modelled as they are sent. @default they are refused by name */
  readonly allowUnknownTypes?: boolean;
  /** A throw-away one takes templates alone: nobody puts secrets into its vaults, and nobody asks for them. @default false */
  readonly withoutDataPlanes?: boolean;
  /** How long a long-running operation runs. @default 20 ms */
  readonly operationLatency?: Milliseconds;
}

/** What it is made of. */
export interface LocalAzureParts {
  readonly providers: readonly ResourceTypeProvider[];
  readonly checkBody: BodyCheck;
}

/** An embedded Azure Resource Manager with its login service. */
export interface LocalAzure {
  /** One exchange with ARM or the login service; never rejects. @param listener which of the two ports it came in at @default outside */
  handle(request: Request, listener?: 'outside' | 'inside'): Promise<Response>;
  /** An access token, for callers in the same process. @param audience whose it is @default Azure Resource Manager */
  issueToken(principal: { readonly objectId: string; readonly displayName?: string }, audience?: string): string;
  /** Every resource as GET returns it, groups and children included, in id order; deployments are not resources here. */
  resources(): readonly ArmResource[];
  /** What GitOps has put into clusters; nobody has defaulted or refused it. */
  objects(): readonly StateObject[];
  /** Types that were stored as they are under `allowUnknownTypes`, sorted. */
  unmodelledTypes(): readonly string[];
  /** Makes a subscription exist, for callers that load templates of others. */
  ensureSubscription(subscriptionId: string, displayName?: string): Promise<void>;
  /** Resolves when no operation runs. */
  idle(): Promise<void>;
  /** Waits for what runs, then closes the store. */
  close(): Promise<void>;
}

/** Opens local Azure on a store, and ends honestly what an earlier process left unfinished in it. */
export function openLocalAzure(options: LocalAzureOptions, parts: LocalAzureParts): LocalAzure {
  const { clock } = options;
  const store = failStop(options.store);
  const tenantId = (options.tenantId ?? defaultTenantId).toLowerCase();
  const world: World = {
    store,
    clock,
    tenantId,
    asOf: options.asOf ?? clock.now(),
    hasDataPlanes: options.withoutDataPlanes !== true,
    operationLatency: options.operationLatency ?? milliseconds(20),
    types: new TypeTable(parts.providers, options.allowUnknownTypes ?? false, options.asOf),
    resources: new ResourceTable(),
    subscriptions: new Subscriptions(store),
    operations: new Operations(store, clock),
    deployments: new DeploymentTable(store),
    checkBody: parts.checkBody,
  };
  loadResources(store, world.resources);
  const { key, changes } = signingKey(store);
  const tokens = new Tokens(key, clock);
  const ready = begin(world, options.subscriptions ?? [defaultSubscription], changes);
  // Whoever calls next is told; nobody may call.
  ready.catch(() => undefined);
  const idle = async (): Promise<void> => {
    await ready;
    await world.operations.idle();
  };
  return {
    handle: async (request, listener = 'outside') =>
      await answerRequest({ world, tokens, ready, failure: store.failure }, request, listener),
    issueToken: (principal, audience = armAudience) =>
      tokens.issue({ ...principal, tenantId }, `https://sts.windows.net/${tenantId}/`, audience),
    resources: () => world.resources.all().map((record) => readForm(world, record)),
    objects: () => clusterObjects(world),
    unmodelledTypes: () => unmodelledTypes(world),
    ensureSubscription: async (subscriptionId, displayName = subscriptionId) => {
      await ready;
      await world.subscriptions.ensure({ subscriptionId, displayName });
    },
    idle,
    close: async () => {
      await idle().finally(() => store.close());
    },
  };
}

async function begin(
  world: World,
  subscriptions: readonly Subscription[],
  changes: Parameters<Store['transact']>[0],
): Promise<void> {
  await Promise.all([
    changes.length === 0 ? undefined : world.store.transact(changes),
    endInterrupted(world),
    ...subscriptions.map((subscription) => world.subscriptions.ensure(subscription)),
  ]);
  if (world.hasDataPlanes) await reconcileBehind(world);
}

function unmodelledTypes(world: World): readonly string[] {
  const types = world.resources
    .all()
    .filter(({ unmodelled }) => unmodelled === true)
    .map(({ resource }) => resource.type);
  return [...new Map(types.map((type) => [type.toLowerCase(), type])).values()].sort();
}
