import { ArmError } from '../../arm/arm-error.ts';
import type { DeploymentScope } from '../../arm/contract.ts';
import { type JsonDocument, parseScope, readJson, scopeId } from '../../arm/index.ts';
import { canonicalJson } from '../../kernel/canonical-json.ts';
import { messageOf } from '../../kernel/errors.ts';
import { templateHash } from '../deployments/deployment-form.ts';
import { readDeployment } from '../deployments/deployment-request.ts';
import { type Deployment, deploymentType } from '../deployments/deployment-table.ts';
import { cancelDeployment, startDeployment, validateDeployment } from '../deployments/start-deployment.ts';
import { authorize } from '../pipeline/authorize.ts';
import { locateScope } from '../pipeline/locate.ts';
import { type ArmCall, noContent, ok, queryParameter, type Reply } from '../protocol/call.ts';
import { readObject } from '../protocol/request-body.ts';
import { invalidContent, invalidFilter, methodNotAllowed, notModelled } from '../service-errors.ts';
import type { World } from '../world.ts';
import { page } from './paging.ts';

/** `{scope}/providers/Microsoft.Resources/deployments/…`. @param rest the segments after `deployments` */
export async function deploymentRoute(
  world: World,
  call: ArmCall,
  scopeSegments: readonly string[],
  rest: readonly string[],
): Promise<Reply> {
  const scope = readScope(world, scopeSegments);
  const [name, verb, operationId] = rest;
  authorize(world, call.principal, `${deploymentType}/${call.method === 'GET' ? 'read' : 'write'}`, scopeId(scope));
  if (name === undefined) return listRoute(world, call, scope);
  const id = `${scopeId(scope)}/providers/${deploymentType}/${name}`;
  if (verb === undefined) return await recordRoute(world, call, scope, name, id);
  switch (verb.toLowerCase()) {
    case 'operations':
      return operationsRoute(world, call, id, operationId);
    case 'validate': {
      requirePost(call);
      const request = readDeployment(world, call.principal, scope, name, readBody(call));
      return ok(validateDeployment(world, request, callerOf(call)));
    }
    case 'cancel':
      requirePost(call);
      if (cancelDeployment(world, id) === undefined) throw deploymentNotFound(name);
      return noContent;
    case 'exporttemplate': {
      requirePost(call);
      findDeployment(world, id, name);
      const template = world.deployments.template(id);
      if (template === undefined) throw notModelled(`'exportTemplate' of the nested deployment '${name}'`);
      return ok({ template });
    }
    default:
      throw notModelled(`'${verb}' of deployments`);
  }
}

/** `POST /providers/Microsoft.Resources/calculateTemplateHash` */
export function calculateTemplateHash(call: ArmCall): Reply {
  requirePost(call);
  const template = readObject(call.text);
  return ok({ minifiedTemplate: canonicalJson(template), templateHash: templateHash(template) });
}

async function recordRoute(
  world: World,
  call: ArmCall,
  scope: DeploymentScope,
  name: string,
  id: string,
): Promise<Reply> {
  switch (call.method) {
    case 'HEAD':
      return { status: world.deployments.find(id) === undefined ? 404 : 204 };
    case 'GET':
      return ok(findDeployment(world, id, name));
    case 'PUT': {
      const request = readDeployment(world, call.principal, scope, name, readBody(call));
      const { status, deployment, operationId } = await startDeployment(world, request, callerOf(call));
      const uri = `${call.url.origin}${id}/operationStatuses/${operationId}?api-version=${call.apiVersion}`;
      return { status, body: deployment, headers: { 'azure-asyncoperation': uri, 'retry-after': '1' } };
    }
    case 'DELETE':
      return await deleteRoute(world, id);
    default:
      throw methodNotAllowed(call.method);
  }
}

/** Takes a deployment out of the history; what it deployed stays. */
async function deleteRoute(world: World, id: string): Promise<Reply> {
  const deployment = world.deployments.find(id);
  if (deployment !== undefined && isRunning(deployment)) {
    throw new ArmError(409, {
      code: 'DeploymentActive',
      message: `The deployment '${deployment.name}' cannot be deleted while it runs. Cancel it first.`,
    });
  }
  await world.store.transact(world.deployments.remove(id));
  return noContent;
}

const isRunning = ({ properties }: Deployment): boolean =>
  properties.provisioningState === 'Accepted' || properties.provisioningState === 'Running';

function listRoute(world: World, call: ArmCall, scope: DeploymentScope): Reply {
  if (call.method !== 'GET') throw methodNotAllowed(call.method);
  const filter = queryParameter(call.url, '$filter');
  const state =
    filter === undefined ? undefined : /^\s*provisioningState eq '([a-z]+)'\s*$/i.exec(filter)?.[1]?.toLowerCase();
  if (filter !== undefined && filter.trim() !== '' && state === undefined) throw invalidFilter(filter);
  const all = world.deployments.list(scopeId(scope));
  const value = all.filter(
    ({ properties }) => state === undefined || properties.provisioningState.toLowerCase() === state,
  );
  // Newest first; a page goes on after the position of the last one.
  const positions = new Map(value.map((deployment, i) => [deployment, String(i).padStart(6, '0')]));
  return page(call, value, (deployment) => positions.get(deployment) ?? '');
}

function operationsRoute(world: World, call: ArmCall, id: string, operationId: string | undefined): Reply {
  if (call.method !== 'GET') throw methodNotAllowed(call.method);
  findDeployment(world, id, id.slice(id.lastIndexOf('/') + 1));
  const operations = world.deployments.operations(id);
  if (operationId === undefined) {
    const positions = new Map(operations.map((operation, i) => [operation, String(i).padStart(6, '0')]));
    return page(call, operations, (operation) => positions.get(operation) ?? '');
  }
  const found = operations.find((operation) => operation.operationId.toLowerCase() === operationId.toLowerCase());
  if (found !== undefined) return ok(found);
  throw new ArmError(404, {
    code: 'DeploymentOperationNotFound',
    message: `Deployment operation '${operationId}' could not be found.`,
  });
}

function readScope(world: World, segments: readonly string[]): DeploymentScope {
  const scope = parseScope(segments.length === 0 ? '' : `/${segments.join('/')}`);
  if (scope === undefined) throw notModelled(`deployments at '/${segments.join('/')}'`);
  if (scope.kind === 'tenant' || scope.kind === 'managementGroup') {
    throw notModelled(`deployments at the scope of a ${scope.kind === 'tenant' ? 'tenant' : 'management group'}`);
  }
  const resourceGroup = scope.kind === 'resourceGroup' ? scope.resourceGroup : undefined;
  locateScope(world, { subscriptionId: scope.subscriptionId, resourceGroup, type: deploymentType });
  return inFirstCasing(world, scope);
}

/** The scope as it was first written. */
function inFirstCasing(world: World, scope: DeploymentScope): DeploymentScope {
  if (scope.kind !== 'resourceGroup' && scope.kind !== 'subscription') return scope;
  const subscriptionId = world.subscriptions.find(scope.subscriptionId)?.subscriptionId ?? scope.subscriptionId;
  if (scope.kind === 'subscription') return { kind: 'subscription', subscriptionId };
  const resourceGroup = world.resources.get(scopeId(scope))?.name ?? scope.resourceGroup;
  return { kind: 'resourceGroup', subscriptionId, resourceGroup };
}

function readBody(call: ArmCall): JsonDocument {
  if (call.text.trim() === '') throw invalidContent("The request content was invalid: 'the body is empty.'.");
  try {
    return readJson(call.text, 'request');
  } catch (error) {
    throw invalidContent(`The request content was invalid and could not be deserialized: '${messageOf(error)}'.`);
  }
}

function callerOf(call: ArmCall) {
  return { principal: call.principal, origin: call.url.origin, correlationId: call.correlationId };
}

function requirePost(call: ArmCall): void {
  if (call.method !== 'POST') throw methodNotAllowed(call.method);
}

function findDeployment(world: World, id: string, name: string): Deployment {
  const deployment = world.deployments.find(id);
  if (deployment === undefined) throw deploymentNotFound(name);
  return deployment;
}

const deploymentNotFound = (name: string): ArmError =>
  new ArmError(404, { code: 'DeploymentNotFound', message: `Deployment '${name}' could not be found.` });
