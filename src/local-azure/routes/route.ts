import { ArmError } from '../../arm/arm-error.ts';
import type { ArmCall, Reply } from '../protocol/call.ts';
import { groupType, parsePath, type ResourcePath, subscriptionType } from '../resources/resource-path.ts';
import { invalidSubscriptionId, notModelled } from '../service-errors.ts';
import type { World } from '../world.ts';
import { calculateTemplateHash, deploymentRoute } from './deployments.ts';
import { genericRoute } from './generic.ts';
import { namespaces } from './namespaces.ts';
import { operationResult, operationStatus } from './operations.ts';
import { resourceGroupRoute } from './resource-groups.ts';
import { resourceList } from './resource-list.ts';
import { getSubscription, listLocations, listSubscriptions, listTenants } from './subscriptions.ts';

/** Sends an authenticated call to the part of ARM that answers it. */
export async function route(world: World, call: ArmCall): Promise<Reply> {
  const { segments } = call;
  const words = segments.map((segment) => segment.toLowerCase());
  const polled = await pollRoute(world, call, words);
  if (polled !== undefined) return polled;
  if (words[0] === 'tenants' && words.length === 1) return listTenants(world);
  if (words[0] === 'subscriptions') {
    if (words.length === 1) return listSubscriptions(world, call);
    requireSubscriptionId(segments[1] as string);
    if (words.length === 2 && call.method === 'GET') return getSubscription(world, segments[1] as string);
    const answered = await subscriptionRoute(world, call, words);
    if (answered !== undefined) return answered;
  }
  if (words[0] === 'providers' && words.length <= 2) return await namespaces(world, call, undefined, segments.slice(1));
  if (words.join('/') === 'providers/microsoft.resources/calculatetemplatehash') return calculateTemplateHash(call);
  const deployments = deploymentSplit(words);
  if (deployments !== undefined) {
    return await deploymentRoute(world, call, segments.slice(0, deployments.at), segments.slice(deployments.after));
  }
  const path = parsePath(segments);
  if (path === undefined || path.type === subscriptionType || isGroupItself(path)) throw unknownAddress(call);
  return await genericRoute(world, call, path);
}

async function subscriptionRoute(world: World, call: ArmCall, words: readonly string[]): Promise<Reply | undefined> {
  const { segments } = call;
  const subscriptionId = segments[1] as string;
  const [, , area, name, verb] = words;
  if (area === 'locations' && words.length === 3) return listLocations(world, subscriptionId);
  if (
    area === 'providers' &&
    (words.length <= 4 || (words.length === 5 && (verb === 'register' || verb === 'unregister')))
  ) {
    return await namespaces(world, call, subscriptionId, segments.slice(3));
  }
  if (area === 'resources' && words.length === 3) return resourceList(world, call, scopeOf(segments.slice(0, 2)));
  if (area !== 'resourcegroups') return undefined;
  if (words.length <= 4)
    return await resourceGroupRoute(world, call, subscriptionId, name === undefined ? undefined : segments[3]);
  if (verb === 'resources' && words.length === 5) return resourceList(world, call, scopeOf(segments.slice(0, 4)));
  if (words.length === 5 && verb !== 'providers' && verb !== 'deployments')
    throw notModelled(`'${segments[4]}' of resource groups`);
  return undefined;
}

/** Addresses that long-running operations are polled at. */
async function pollRoute(world: World, call: ArmCall, words: readonly string[]): Promise<Reply | undefined> {
  const kind = words.at(-2);
  const id = words.at(-1) as string;
  if (kind === 'operationresults') return await operationResult(world, call, id);
  if (kind === 'operationstatuses') return await operationStatus(world, call, id);
  if (kind === 'operations' && words.at(-4) === 'locations') return await operationStatus(world, call, id);
  return undefined;
}

/**
 * Where `providers/Microsoft.Resources/deployments` stands; before it is the scope. The service knows an older address without
 * `providers/Microsoft.Resources` in subscriptions and groups, which `az deployment operation` uses.
 */
function deploymentSplit(words: readonly string[]): { readonly at: number; readonly after: number } | undefined {
  for (let i = words.length - 3; i >= 0; i--) {
    if (words[i] === 'providers' && words[i + 1] === 'microsoft.resources' && words[i + 2] === 'deployments') {
      return { at: i, after: i + 3 };
    }
  }
  if (words[0] !== 'subscriptions') return undefined;
  if (words[2] === 'deployments') return { at: 2, after: 3 };
  return words[2] === 'resourcegroups' && words[4] === 'deployments' ? { at: 4, after: 5 } : undefined;
}

function scopeOf(segments: readonly string[]): ResourcePath {
  return parsePath(segments) as ResourcePath;
}

const isGroupItself = (path: ResourcePath): boolean => path.type === groupType && path.kind === 'resource';

function requireSubscriptionId(id: string): void {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) throw invalidSubscriptionId(id);
}

function unknownAddress(call: ArmCall): ArmError {
  return new ArmError(404, {
    code: 'NotFound',
    message: `Local Azure has nothing at '${call.url.pathname}' for ${call.method}.`,
  });
}
