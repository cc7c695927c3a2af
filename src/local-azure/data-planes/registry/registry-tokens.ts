import type { ArmResource } from '../../../model/resource.ts';
import { ok, type Reply } from '../../protocol/call.ts';
import type { Principal, Tokens } from '../../protocol/tokens.ts';
import type { World } from '../../world.ts';
import { registryError } from './registry-errors.ts';

const entraAudiences: readonly string[] = [
  'https://containerregistry.azure.net',
  'https://management.core.windows.net',
  'https://management.azure.com',
];
const audienceOf = (registry: ArmResource): string => `https://${registry.name.toLowerCase()}.azurecr.io`;

/**
 * The token service of a registry (Azure/acr, docs/AAD-OAuth.md): Entra's token for a refresh token, that for an access token. Undefined when the
 * path is none of it.
 */
export function answerTokens(
  world: World,
  tokens: Tokens,
  registry: ArmResource,
  origin: string,
  path: string,
  text: string,
): Reply | undefined {
  const form = new URLSearchParams(text);
  const issuer = `${audienceOf(registry)}/oauth2`;
  const verified = (token: string | null, audiences: readonly string[]): Principal =>
    tokens.verify(token === null ? null : `Bearer ${token}`, world.tenantId, origin, audiences);
  if (path === 'oauth2/exchange') {
    const principal = verified(form.get('access_token'), entraAudiences);
    return ok({ refresh_token: tokens.issue(principal, issuer, `${audienceOf(registry)}/refresh`) });
  }
  if (path !== 'oauth2/token') return undefined;
  const principal = verified(form.get('refresh_token'), [`${audienceOf(registry)}/refresh`]);
  return ok({ access_token: tokens.issue(principal, issuer, audienceOf(registry)) });
}

/** Who calls, by the access token of this registry. */
export function registryPrincipal(
  world: World,
  tokens: Tokens,
  registry: ArmResource,
  origin: string,
  authorization: string,
): Principal {
  try {
    return tokens.verify(authorization, world.tenantId, origin, [audienceOf(registry)]);
  } catch {
    throw registryError(
      401,
      'UNAUTHORIZED',
      'authentication required, visit https://aka.ms/acr/authorization for more information.',
    );
  }
}
