import { ArmError } from '../../arm/arm-error.ts';
import type { ArmResource } from '../../model/resource.ts';
import { authorize } from '../pipeline/authorize.ts';
import { errorReply, type Reply } from '../protocol/call.ts';
import type { Principal, Tokens } from '../protocol/tokens.ts';
import { mayUse } from '../providers/data-roles.ts';
import { propertiesOf } from '../providers/resource-form.ts';
import { providerContext, type World } from '../world.ts';
import type { DataPlaneAddress } from './address.ts';
import type { DataCall } from './call.ts';
import { reconcileFrom } from './cluster/reconcile.ts';
import { forbidden, requireReachable } from './reach.ts';
import { answerRegistry } from './registry/answer-registry.ts';
import { registryError, registryReply } from './registry/registry-errors.ts';
import { answerTokens, registryPrincipal } from './registry/registry-tokens.ts';
import { answerVault } from './vault/answer-vault.ts';

const types = { vault: 'Microsoft.KeyVault/vaults', registry: 'Microsoft.ContainerRegistry/registries' } as const;
const vaultAudience = 'https://vault.azure.net';

/** One exchange with a data plane: is it there, does the network let it through, who asks, may they; then the service itself. */
export async function answerDataPlane(
  world: World,
  tokens: Tokens,
  address: DataPlaneAddress,
  request: Request,
  listener: 'outside' | 'inside',
): Promise<Reply> {
  const resource = world.resources.ofType(types[address.kind]).find(({ name }) => name.toLowerCase() === address.name);
  // In Azure no name server would know it.
  if (resource === undefined) {
    throw new ArmError(404, { code: 'NotFound', message: `There is no ${address.kind} at '${address.host}'.` });
  }
  const asked = { world, tokens, resource, address, request, listener };
  if (address.kind === 'vault') return await vault(asked);
  try {
    return await registry(asked);
  } catch (error) {
    if (error instanceof ArmError) return registryReply(error);
    throw error;
  }
}

interface Asked {
  readonly world: World;
  readonly tokens: Tokens;
  readonly resource: ArmResource;
  readonly address: DataPlaneAddress;
  readonly request: Request;
  readonly listener: 'outside' | 'inside';
}

async function vault(asked: Asked): Promise<Reply> {
  const { world, tokens, resource, request, listener } = asked;
  const authorization = request.headers.get('authorization');
  const { origin } = new URL(request.url);
  if (authorization === null) return challenge(world, origin);
  const principal = tokens.verify(authorization, world.tenantId, origin, [vaultAudience]);
  requireReachable(world, resource, listener, principal);
  const call = await callOf(asked, principal);
  const answer = (): Promise<Reply> => answerVault(world, resource, call, vaultPermit(world, resource, principal));
  return request.method === 'GET' ? await answer() : await oneAfterTheOther(world, resource.id, answer);
}

async function registry(asked: Asked): Promise<Reply> {
  const { world, tokens, resource, address, request, listener } = asked;
  const { origin } = new URL(request.url);
  const path = address.segments.join('/');
  if (path.startsWith('oauth2/')) {
    const given = answerTokens(world, tokens, resource, origin, path, await request.text());
    if (given !== undefined) return given;
  }
  const authorization = request.headers.get('authorization');
  if (authorization === null) {
    const where = `Bearer realm="https://${address.host}/oauth2/token",service="${address.host}"`;
    const error = registryError(
      401,
      'UNAUTHORIZED',
      'authentication required, visit https://aka.ms/acr/authorization for more information.',
    );
    const reply = registryReply(error);
    return { ...reply, headers: { ...reply.headers, 'www-authenticate': where } };
  }
  const principal = registryPrincipal(world, tokens, resource, origin, authorization);
  requireReachable(world, resource, listener, principal);
  const call = await callOf(asked, principal);
  const answer = (): Promise<Reply> =>
    answerRegistry(world, resource, call, registryPermit(world, resource, principal));
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  if (isRead) return await answer();
  return await oneAfterTheOther(world, resource.id, async () => {
    const reply = await answer();
    await reconcileFrom(world, resource);
    return reply;
  });
}

async function callOf({ address, request }: Asked, principal: Principal): Promise<DataCall> {
  const bytes = new Uint8Array(await request.arrayBuffer());
  const { method, headers } = request;
  return { method, headers, bytes, principal, url: new URL(request.url), segments: address.segments };
}

/** What clients of a vault ask for first, to learn where a token for it is had (learn.microsoft.com, Key Vault authentication). */
function challenge(world: World, origin: string): Reply {
  const reply = errorReply(401, {
    code: 'Unauthorized',
    message: 'AKV10000: Request is missing a Bearer or PoP token.',
  });
  return {
    ...reply,
    headers: { 'www-authenticate': `Bearer authorization="${origin}/${world.tenantId}", resource="${vaultAudience}"` },
  };
}

/**
 * The rights of a managed identity are those of its role assignments. Everybody else of the tenant is let in, as everywhere in local Azure
 * (`authorize`).
 */
function mayAct(world: World, principal: Principal, dataAction: string, id: string): boolean {
  const context = providerContext(world, undefined);
  authorize(world, principal, dataAction, id);
  const isIdentity = context.view
    .ofType('Microsoft.ManagedIdentity/userAssignedIdentities')
    .some((identity) => propertiesOf(identity).principalId === principal.objectId);
  return !isIdentity || mayUse(principal.objectId, dataAction, id, context);
}

function vaultPermit(world: World, resource: ArmResource, principal: Principal) {
  return (action: string, kind: string, name?: string): void => {
    const dataAction = `Microsoft.KeyVault/vaults/${kind}/${action}`;
    const id = name === undefined ? resource.id : `${resource.id}/${kind}/${name}`;
    if (mayAct(world, principal, dataAction, id)) return;
    throw forbidden(
      `Caller is not authorized to perform action on resource.\r\nIf role assignments, deny assignments or role definitions were changed recently, please observe propagation time.\r\nCaller: appid=${principal.appId ?? ''};oid=${principal.objectId};iss=https://sts.windows.net/${world.tenantId}/\r\nAction: '${dataAction}'\r\nResource: '${id}'\r\nAssignment: (not found)\r\nVault: ${resource.name};location=${String(resource.location)}`,
      'ForbiddenByRbac',
    );
  };
}

function registryPermit(world: World, resource: ArmResource, principal: Principal) {
  return (action: string): void => {
    const dataAction = `Microsoft.ContainerRegistry/registries/repositories/${action}`;
    if (mayAct(world, principal, dataAction, resource.id)) return;
    throw registryError(403, 'DENIED', `requested access to the resource is denied: ${dataAction}`);
  };
}

const running = new WeakMap<World, Map<string, Promise<unknown>>>();

/** Writes to one vault follow each other: each sees what the one before has kept. */
async function oneAfterTheOther<T>(world: World, id: string, work: () => Promise<T>): Promise<T> {
  const queues = running.get(world) ?? new Map<string, Promise<unknown>>();
  running.set(world, queues);
  const turn = (queues.get(id) ?? Promise.resolve()).then(work, work);
  queues.set(id, turn);
  return await turn;
}
