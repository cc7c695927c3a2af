import { ArmError } from '../../arm/arm-error.ts';
import type { Principal } from '../protocol/tokens.ts';
import { describe, parseId } from '../resources/resource-path.ts';
import { namespaceOf } from '../resources/type-table.ts';
import { invalidType, resourceNotFound } from '../service-errors.ts';
import { providerContext, type World } from '../world.ts';
import { authorize } from './authorize.ts';
import { locate } from './locate.ts';

/** A POST action (`listKeys` …) through the steps: authorize, provider. The same for HTTP and for `list*` in templates. */
export function runAction(
  world: World,
  principal: Principal,
  id: string,
  action: string,
  apiVersion: string,
  body: unknown,
): unknown {
  const path = parseId(id);
  if (path === undefined) {
    throw new ArmError(400, { code: 'InvalidResourceId', message: `'${id}' is not a resource id.` });
  }
  const target = locate(world, path, apiVersion);
  const { provider } = target.entry;
  authorize(world, principal, `${provider.type}/${action}/action`, target.id);
  if (target.existing === undefined) throw resourceNotFound(describe(path), path.resourceGroup);
  const run = provider.actions?.[action.toLowerCase()];
  if (run === undefined) {
    const namespace = namespaceOf(provider.type);
    throw invalidType(namespace, `${provider.type.slice(namespace.length + 1)}/${action}`, apiVersion);
  }
  return run(target.existing.resource, body, providerContext(world, path.subscriptionId));
}
