import { ArmError, type ArmErrorBody } from '../arm/arm-error.ts';
import { Problem } from '../kernel/errors.ts';

/**
 * The failures of Azure Resource Manager itself, with its own codes and wording (reference: azure-resource-manager.md 2.6;
 * learn.microsoft.com "common deployment errors"). Those of a resource provider stand with that provider.
 */
const error = (status: number, code: string, message: string, more: Partial<ArmErrorBody> = {}): ArmError =>
  new ArmError(status, { code, message, ...more });

const quoteList = (items: readonly string[]): string => items.join(', ');

export const authenticationFailed = (message: string): ArmError => error(401, 'AuthenticationFailed', message);

export const missingApiVersion = (): ArmError =>
  error(
    400,
    'MissingApiVersionParameter',
    'The api-version query parameter (?api-version=) is required for all requests.',
  );

export const invalidApiVersion = (version: string, supported: readonly string[]): ArmError =>
  error(
    400,
    'InvalidApiVersionParameter',
    `The api-version '${version}' is invalid. The supported versions are '${supported.join(',')}'.`,
  );

export const noRegisteredProvider = (
  location: string,
  version: string,
  type: string,
  versions: readonly string[],
  locations: readonly string[],
): ArmError =>
  error(
    400,
    'NoRegisteredProviderFound',
    `No registered resource provider found for location '${location}' and API version '${version}' for type '${type}'. ` +
      `The supported api-versions are '${quoteList(versions)}'. The supported locations are '${quoteList(locations)}'.`,
  );

export const invalidNamespace = (namespace: string): ArmError =>
  error(
    404,
    'InvalidResourceNamespace',
    `The resource namespace '${namespace}' is invalid. Local Azure models no type of it.`,
  );

export const invalidType = (namespace: string, type: string, version: string): ArmError =>
  error(
    404,
    'InvalidResourceType',
    `The resource type '${type}' could not be found in the namespace '${namespace}' for api version '${version}'. ` +
      'Local Azure does not model it; with --allow-unknown-types it is stored as it is.',
  );

export const notModelled = (what: string): ArmError =>
  error(501, 'NotModelledByLocalAzure', `Local Azure does not model ${what}.`);

export const subscriptionNotFound = (id: string): ArmError =>
  error(404, 'SubscriptionNotFound', `The subscription '${id}' could not be found.`);

export const invalidSubscriptionId = (id: string): ArmError =>
  error(400, 'InvalidSubscriptionId', `The provided subscription identifier '${id}' is malformed or invalid.`);

export const groupNotFound = (name: string): ArmError =>
  error(404, 'ResourceGroupNotFound', `Resource group '${name}' could not be found.`);

export const groupBeingDeleted = (name: string): ArmError =>
  error(
    409,
    'ResourceGroupBeingDeleted',
    `The resource group '${name}' is in deprovisioning state and cannot perform this operation.`,
  );

/** @param described `Microsoft.Network/virtualNetworks/vnet-a`: type and name by turns */
export const resourceNotFound = (described: string, group: string | undefined): ArmError =>
  error(
    404,
    'ResourceNotFound',
    group === undefined
      ? `The Resource '${described}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`
      : `The Resource '${described}' under resource group '${group}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`,
  );

export const parentNotFound = (type: string, parentId: string): ArmError =>
  error(
    404,
    'ParentResourceNotFound',
    `Failed to perform 'write' on resource(s) of type '${type}', because the parent resource '${parentId}' could not be found.`,
  );

export const invalidName = (name: string, characters: string): ArmError =>
  error(
    400,
    'InvalidResourceName',
    `The provided resource name '${name}' has these invalid characters: '${characters}'. The name can not contain any of the following characters: '<,>,%,&,:,\\,?,/,+' and control characters.`,
  );

export const locationRequired = (): ArmError =>
  error(400, 'LocationRequired', 'The location property is required for this definition.');

export const locationNotAvailable = (location: string, type: string, available: readonly string[]): ArmError =>
  error(
    400,
    'LocationNotAvailableForResourceType',
    `The provided location '${location}' is not available for resource type '${type}'. List of available regions for the resource type is '${available.join(',')}'.`,
  );

export const locationNotAvailableForGroup = (location: string, available: readonly string[]): ArmError =>
  error(
    400,
    'LocationNotAvailableForResourceGroup',
    `The provided location '${location}' is not available for resource group. List of available regions is '${available.join(',')}'.`,
  );

export const locationChanged = (name: string, was: string, group: string, wanted: string): ArmError =>
  error(
    409,
    'InvalidResourceLocation',
    `The resource '${name}' already exists in location '${was}' in resource group '${group}'. A resource with the same name cannot be created in location '${wanted}'. Please select a new resource name.`,
  );

export const invalidContent = (message: string, details?: readonly ArmErrorBody[]): ArmError =>
  error(400, 'InvalidRequestContent', message, details === undefined ? {} : { details });

export const preconditionFailed = (id: string): ArmError =>
  error(
    412,
    'PreconditionFailed',
    `Precondition failed: the resource '${id}' is not in the state that the request asks for.`,
  );

export const methodNotAllowed = (method: string): ArmError =>
  error(405, 'HttpMethodNotSupported', `The requested resource does not support http method '${method}'.`);

export const anotherOperation = (operationUri: string): ArmError =>
  error(
    409,
    'AnotherOperationInProgress',
    `Another operation on this or dependent resource is in progress. To retrieve status of the operation use uri: ${operationUri}.`,
  );

export const invalidFilter = (filter: string): ArmError =>
  error(400, 'InvalidFilterInQueryString', `Invalid $filter '${filter}' specified in the query string.`);

/** The body of anything that was thrown: an `ArmError`'s own, a problem of this machine (503), or a defect's. */
export function errorBodyOf(thrown: unknown): { readonly status: number; readonly body: ArmErrorBody } {
  if (thrown instanceof ArmError) return { status: thrown.status, body: thrown.body };
  if (thrown instanceof Problem) {
    const hint = thrown.hint === undefined ? '' : ` ${thrown.hint}`;
    return { status: 503, body: { code: thrown.code, message: `${thrown.message}${hint}` } };
  }
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return {
    status: 500,
    body: { code: 'InternalServerError', message: `Local Azure met a defect of its own: ${message}` },
  };
}
