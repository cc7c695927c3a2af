import { ArmError } from '../../arm/arm-error.ts';
import type { ArmResource } from '../../model/resource.ts';
import { authorize } from '../pipeline/authorize.ts';
import { errorReply, type Reply } from '../protocol/call.ts';
import type { Principal, Tokens } from '../protocol/tokens.ts';
import { mayUse } from '../providers/data-roles.ts';
import { propertiesOf } from '../providers/resource-form.ts';
import { providerContext, type World } from '../world.ts';
import type { DataPlaneAddress } from './address.ts';
import { forbidden, requireReachable } from './reach.ts';
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
  const url = new URL(request.url);
  const authorization = request.headers.get('authorization');
  const call = { method: request.method, url, segments: address.segments, headers: request.headers };
  if (address.kind !== 'vault') {
    throw new ArmError(501, {
      code: 'NotModelledByLocalAzure',
      message: 'Local Azure does not model the data plane of registries.',
    });
  }
  if (authorization === null) return challenge(world, url.origin);
  const principal = tokens.verify(authorization, world.tenantId, url.origin, [vaultAudience]);
  requireReachable(world, resource, listener, principal);
  const bytes = new Uint8Array(await request.arrayBuffer());
  const answer = (): Promise<Reply> =>
    answerVault(world, resource, { ...call, bytes, principal }, permit(world, resource, principal));
  return request.method === 'GET' ? await answer() : await oneAfterTheOther(world, resource.id, answer);
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
function permit(world: World, vault: ArmResource, principal: Principal) {
  const context = providerContext(world, undefined);
  const isIdentity = context.view
    .ofType('Microsoft.ManagedIdentity/userAssignedIdentities')
    .some((identity) => propertiesOf(identity).principalId === principal.objectId);
  return (action: string, kind: string, name?: string): void => {
    const dataAction = `Microsoft.KeyVault/vaults/${kind}/${action}`;
    const id = name === undefined ? vault.id : `${vault.id}/${kind}/${name}`;
    authorize(world, principal, dataAction, id);
    if (!isIdentity || mayUse(principal.objectId, dataAction, id, context)) return;
    throw forbidden(
      `Caller is not authorized to perform action on resource.\r\nIf role assignments, deny assignments or role definitions were changed recently, please observe propagation time.\r\nCaller: appid=${principal.appId ?? ''};oid=${principal.objectId};iss=https://sts.windows.net/${world.tenantId}/\r\nAction: '${dataAction}'\r\nResource: '${id}'\r\nAssignment: (not found)\r\nVault: ${vault.name};location=${String(vault.location)}`,
      'ForbiddenByRbac',
    );
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
