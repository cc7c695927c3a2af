import { ArmError } from '../arm-error.ts';
import { ExpressionFailure } from '../arm-failures.ts';
import type { RuntimeProvider } from '../contract.ts';
import type { Environment, ReferenceTarget } from '../environment.ts';
import type { CallExpression } from '../expression.ts';
import { isJsonObject, type JsonObject } from '../json-value.ts';
import { foldedCall, isOpen, Residual } from '../residual.ts';
import { formatResourceId, parseResourceId } from '../resource-id.ts';
import { answers } from '../symbolic-runtime.ts';
import {
  type CallSite,
  defineSpecial,
  type Evaluate,
  type FunctionDefinition,
  invalid,
  textArg,
} from './definition.ts';

interface Target {
  readonly id: string;
  readonly apiVersion: string | undefined;
  readonly inTemplate: ReferenceTarget | undefined;
}

function checkPlace(site: CallSite, start: number): void {
  if (site.environment.runtimeAllowed && site.environment.functionArguments === undefined) return;
  throw new ExpressionFailure(
    `The template function '${site.name}' is not expected at this location. Please see https://aka.ms/arm-functions for usage details.`,
    start,
  );
}

/** Finds what a name, symbolic name or id means, and tells the environment when it was meant by name. */
function target(nameOrId: string, apiVersion: string | undefined, site: CallSite, start: number): Target {
  const found = site.environment.frame.lookup(nameOrId);
  const isId = parseResourceId(nameOrId) !== undefined;
  if (found.kind === 'resource') {
    if (!isId) site.environment.onReference?.(found.target);
    return { id: found.target.id, apiVersion: apiVersion ?? found.target.apiVersion, inTemplate: found.target };
  }
  if (found.kind === 'ambiguous')
    throw new ExpressionFailure(
      `The template reference '${nameOrId}' is not valid: more than one resource of the template has this name. Please use a fully qualified resource id. Please see https://aka.ms/arm-function-reference for usage details.`,
      start,
    );
  if (!isId || found.kind === 'loop')
    throw new ExpressionFailure(
      `The template reference '${nameOrId}' is not valid: could not find template resource or resource copy with this name. Please see https://aka.ms/arm-function-reference for usage details.`,
      start,
    );
  if (apiVersion === undefined)
    throw new ExpressionFailure(
      `The template reference '${nameOrId}' is not valid: the API version has to be given for a resource that is not in the template. Please see https://aka.ms/arm-function-reference for usage details.`,
      start,
    );
  return { id: nameOrId, apiVersion, inTemplate: undefined };
}

function read(wanted: Target, runtime: RuntimeProvider): JsonObject {
  const resource = runtime.resource(wanted.id, wanted.apiVersion);
  if (resource !== undefined) return resource;
  const parsed = parseResourceId(wanted.id);
  const name = parsed === undefined ? wanted.id : [parsed.type, ...parsed.names].join('/');
  throw new ArmError(404, {
    code: 'ResourceNotFound',
    message: `The Resource '${name}' under resource group '${parsed?.resourceGroup ?? '<null>'}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`,
  });
}

/** The resource as `reference(…)` shows it: its properties, or with `Full` everything but id, name and type. */
function shown(resource: JsonObject, wanted: Target, full: boolean): unknown {
  if (!full) return isJsonObject(resource.properties) ? resource.properties : {};
  const { id, name, type, ...rest } = resource;
  const parsed = parseResourceId(wanted.id);
  return {
    apiVersion: wanted.apiVersion,
    ...rest,
    ...(parsed?.subscriptionId === undefined ? {} : { subscriptionId: parsed.subscriptionId }),
    ...(parsed?.resourceGroup === undefined ? {} : { resourceGroupName: parsed.resourceGroup }),
    resourceId:
      parsed === undefined ? wanted.id : formatResourceId({ ...parsed, scope: '' }).replace('/providers/', ''),
    referenceApiVersion: wanted.apiVersion,
    condition: wanted.inTemplate?.condition ?? true,
    isConditionTrue: wanted.inTemplate?.condition ?? true,
    isTemplateResource: false,
    isAction: false,
    provisioningOperation: 'Read',
  };
}

function reference(call: CallExpression, environment: Environment, evaluate: Evaluate): unknown {
  const site: CallSite = { name: call.name, environment };
  checkPlace(site, call.start);
  const args = call.args.map((arg) => evaluate(arg, environment));
  const wait = (): Residual =>
    new Residual(foldedCall(call, args), (runtime) => evaluate(call, { ...environment, runtime }));
  if (args.some(isOpen)) return wait();
  const apiVersion = args.length > 1 && args[1] !== null ? textArg(args, 1, site) : undefined;
  const mode = args.length > 2 ? textArg(args, 2, site).toLowerCase() : 'default';
  if (mode !== 'full' && mode !== 'default') throw invalid(site, "the third argument has to be 'Full'.");
  const wanted = target(textArg(args, 0, site), apiVersion, site, call.start);
  if (!answers(environment.runtime)) return wait();
  return shown(read(wanted, environment.runtime), wanted, mode === 'full');
}

/** Whether the expression stands in a resource (or an output) that is copied. */
function inCopiedResource(environment: Environment): boolean {
  for (let loop = environment.copies; loop !== undefined; loop = loop.outer) if (loop.unnamed) return true;
  return false;
}

/** `references('loop', ['Full'])`: every resource of a symbolic loop. */
function references(call: CallExpression, environment: Environment, evaluate: Evaluate): unknown {
  const site: CallSite = { name: call.name, environment };
  checkPlace(site, call.start);
  const args = call.args.map((arg) => evaluate(arg, environment));
  const wait = (): Residual =>
    new Residual(foldedCall(call, args), (runtime) => evaluate(call, { ...environment, runtime }));
  if (args.some(isOpen)) return wait();
  // "Resource functions", references, valid uses and parameters.
  if (inCopiedResource(environment)) throw invalid(site, 'it cannot be used in a copy loop.');
  const mode = args.length > 1 ? textArg(args, 1, site).toLowerCase() : 'properties';
  if (mode !== 'full' && mode !== 'properties')
    throw invalid(site, "the second argument has to be 'Full' or 'Properties'.");
  const name = textArg(args, 0, site);
  const found = environment.frame.lookup(name);
  if (found.kind !== 'loop')
    throw new ExpressionFailure(
      `The template reference '${name}' is not valid: it is not the symbolic name of a resource collection.`,
      call.start,
    );
  for (const one of found.targets) environment.onReference?.(one);
  const { runtime } = environment;
  if (!answers(runtime)) return wait();
  return found.targets
    .filter((one) => one.condition)
    .map((one) => {
      const wanted: Target = { id: one.id, apiVersion: one.apiVersion, inTemplate: one };
      return shown(read(wanted, runtime), wanted, mode === 'full');
    });
}

/** `listKeys` and everything else that begins with `list`: an action of the resource. */
function list(call: CallExpression, environment: Environment, evaluate: Evaluate): unknown {
  const site: CallSite = { name: call.name, environment };
  checkPlace(site, call.start);
  const args = call.args.map((arg) => evaluate(arg, environment));
  const wait = (): Residual =>
    new Residual(foldedCall(call, args), (runtime) => evaluate(call, { ...environment, runtime }));
  if (args.some(isOpen)) return wait();
  const apiVersion = textArg(args, 1, site);
  const wanted = target(textArg(args, 0, site), apiVersion, site, call.start);
  if (!answers(environment.runtime)) return wait();
  return environment.runtime.action(wanted.id, call.name, apiVersion, args[2]);
}

export const runTimeFunctions: readonly FunctionDefinition[] = [
  defineSpecial('reference', 1, 3, reference),
  defineSpecial('references', 1, 2, references),
];

/** Every name that begins with `list` is one: resource providers choose them. */
export const listFunction: FunctionDefinition = defineSpecial('list*', 2, 3, list);
