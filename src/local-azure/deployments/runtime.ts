import type { RuntimeProvider } from '../../arm/contract.ts';
import { idKey } from '../../arm/index.ts';
import { runAction } from '../pipeline/action.ts';
import type { Principal } from '../protocol/tokens.ts';
import { parseId } from '../resources/resource-path.ts';
import { readForm, type World } from '../world.ts';
import { deploymentType } from './deployment-table.ts';

/** `reference()` and `list*()` of a template, answered from what is there now. */
export function storeRuntime(world: World, principal: Principal): RuntimeProvider {
  return {
    resource: (id, apiVersion) => {
      const path = parseId(id);
      if (path === undefined) return undefined;
      if (path.type.toLowerCase() === deploymentType.toLowerCase()) {
        return world.deployments.find(idKey(id)) as { readonly [key: string]: unknown } | undefined;
      }
      if (apiVersion !== undefined) world.types.resolve(path.type, apiVersion, undefined);
      const record = world.resources.record(path.key);
      return record === undefined ? undefined : readForm(world, record);
    },
    action: (id, action, apiVersion, body) => runAction(world, principal, id, action, apiVersion, body),
  };
}
