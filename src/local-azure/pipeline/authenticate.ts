import type { Principal, Tokens } from '../protocol/tokens.ts';

/** First step: who calls. Throws `AuthenticationFailed` (401) without a valid bearer token of this tenant. */
export function authenticate(tokens: Tokens, headers: Headers, tenantId: string, origin: string): Principal {
  return tokens.verify(headers.get('authorization'), tenantId, origin);
}
