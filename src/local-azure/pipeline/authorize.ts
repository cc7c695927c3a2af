import { ArmError } from '../../arm/arm-error.ts';
import type { Principal } from '../protocol/tokens.ts';
import type { World } from '../world.ts';

/**
 * Second step: may the caller do it. For now every authenticated principal of the tenant is Owner of every scope: role
 * assignments are stored, and not evaluated. Throws `AuthorizationFailed` (403) for a principal of another tenant.
 * @param action e.g. `Microsoft.Network/virtualNetworks/write`
 */
export function authorize(world: World, principal: Principal, action: string, scope: string): void {
  if (principal.tenantId === world.tenantId) return;
  throw new ArmError(403, {
    code: 'AuthorizationFailed',
    message: `The client '${principal.objectId}' with object id '${principal.objectId}' does not have authorization to perform action '${action}' over scope '${scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
  });
}
