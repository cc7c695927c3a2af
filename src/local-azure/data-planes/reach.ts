import { ArmError, type ArmErrorBody } from '../../arm/arm-error.ts';
import type { ArmResource } from '../../model/resource.ts';
import type { Principal } from '../protocol/tokens.ts';
import { membersOf } from '../providers/members.ts';
import { privateEndpointConnections } from '../providers/private-endpoint-connections.ts';
import { propertiesOf } from '../providers/resource-form.ts';
import { providerContext, type World } from '../world.ts';

/**
 * Whether the network lets a caller through: from inside by an approved private endpoint, from anywhere where the public endpoint is open.
 * Code, inner code and words are Key Vault's, as users report them; registries answer `DENIED` in the form of the OCI distribution API.
 */
export function requireReachable(
  world: World,
  resource: ArmResource,
  listener: 'outside' | 'inside',
  principal: Principal,
): void {
  const { publicNetworkAccess, networkAcls, networkRuleSet } = propertiesOf(resource);
  if (listener === 'inside' && hasPrivateEndpoint(world, resource)) return;
  const isClosed = String(publicNetworkAccess).toLowerCase() === 'disabled';
  const rules = membersOf(networkAcls ?? networkRuleSet);
  if (!isClosed && rules.defaultAction !== 'Deny') return;
  if (!resource.type.toLowerCase().startsWith('microsoft.keyvault/')) {
    throw new ArmError(403, {
      code: 'DENIED',
      message: `client with IP '127.0.0.1' is not allowed access. Refer https://aka.ms/acr/firewall to grant access.`,
    });
  }
  const where = `Caller: appid=${principal.appId ?? principal.objectId};oid=${principal.objectId};iss=https://sts.windows.net/${world.tenantId}/\r\nVault: ${resource.name};location=${String(resource.location)}`;
  throw forbidden(
    isClosed
      ? `Public network access is disabled and request is not from a trusted service nor via an approved private link.\r\n${where}`
      : `Client address is not authorized and caller is not a trusted service.\r\nClient address: 127.0.0.1\r\n${where}`,
    isClosed ? 'ForbiddenByConnection' : 'ForbiddenByFirewall',
  );
}

/** Key Vault's 403 with the reason inside. */
export function forbidden(message: string, inner: string): ArmError {
  const body: ArmErrorBody & { readonly innererror: { readonly code: string } } = {
    code: 'Forbidden',
    message,
    innererror: { code: inner },
  };
  return new ArmError(403, body);
}

function hasPrivateEndpoint(world: World, resource: ArmResource): boolean {
  const context = providerContext(world, undefined);
  return (privateEndpointConnections(resource.id, resource.type, context) ?? []).some((connection) => {
    const state = membersOf(membersOf(connection.properties).privateLinkServiceConnectionState);
    return String(state.status).toLowerCase() === 'approved';
  });
}
