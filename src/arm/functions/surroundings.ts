import { ArmError } from '../arm-error.ts';
import { ExpressionFailure } from '../arm-failures.ts';
import { scopeId } from '../resource-id.ts';
import { type CallSite, define, type FunctionDefinition } from './definition.ts';

function notHere(site: CallSite): ExpressionFailure {
  return new ExpressionFailure(
    `The template function '${site.name}' is not expected at this location: it cannot be used in a deployment of this scope. Please see https://aka.ms/arm-functions for usage details.`,
  );
}

function resourceGroup(site: CallSite): unknown {
  const { context } = site.environment.frame;
  if (context.scope.kind !== 'resourceGroup') throw notHere(site);
  const { subscriptionId, resourceGroup: name } = context.scope;
  const found = context.resourceGroup(subscriptionId, name);
  if (found === undefined)
    throw new ArmError(404, { code: 'ResourceGroupNotFound', message: `Resource group '${name}' could not be found.` });
  return found;
}

function subscription(site: CallSite): unknown {
  const { context } = site.environment.frame;
  if (!('subscriptionId' in context.scope)) throw notHere(site);
  const { subscriptionId, displayName } = context.subscription;
  return { id: `/subscriptions/${subscriptionId}`, subscriptionId, tenantId: context.tenantId, displayName };
}

function managementGroup(site: CallSite): unknown {
  const { context } = site.environment.frame;
  if (context.scope.kind !== 'managementGroup') throw notHere(site);
  const { managementGroup: name } = context.scope;
  return {
    id: scopeId(context.scope),
    name,
    properties: { ...context.managementGroup?.(name), tenantId: context.tenantId },
    type: '/providers/Microsoft.Management/managementGroups',
  };
}

/** Functions that answer with what is known of the place that the template is deployed to. */
export const surroundingsFunctions: readonly FunctionDefinition[] = [
  define('deployer', 0, 0, (_, site) => site.environment.frame.context.deployer),
  define('deployment', 0, 0, (_, site) => site.environment.frame.deployment()),
  define('environment', 0, 0, (_, site) => site.environment.frame.context.environment),
  define('managementGroup', 0, 0, (_, site) => managementGroup(site)),
  define('resourceGroup', 0, 0, (_, site) => resourceGroup(site)),
  define('subscription', 0, 0, (_, site) => subscription(site)),
  define('tenant', 0, 0, (_, site) => {
    const { tenantId, tenant } = site.environment.frame.context;
    return { ...tenant, id: `/tenants/${tenantId}`, tenantId };
  }),
];
