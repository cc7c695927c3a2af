import type { AccessToken, TokenCredential } from '@azure/core-auth';
import { createDefaultHttpClient, createHttpHeaders, createPipelineRequest } from '@azure/core-rest-pipeline';
import { Problem } from '../kernel/errors.ts';

/**
 * Logs in with a client id and secret at a token endpoint of our own choosing, trusting `caPem` beside the system's
 * authorities: for local Azure, whose CA `@azure/identity` could only be told through the process's environment.
 */
export function clientSecretCredential(options: {
  /** `https://localhost:8443/<tenant>` */
  readonly authority: string;
  readonly clientId: string;
  readonly secret: string;
  readonly caPem?: string;
}): TokenCredential {
  const client = createDefaultHttpClient();
  let cached: AccessToken | undefined;
  return {
    async getToken(scopes) {
      if (cached !== undefined && cached.expiresOnTimestamp - Date.now() > 120_000) return cached;
      const request = createPipelineRequest({
        url: `${options.authority}/oauth2/v2.0/token`,
        method: 'POST',
        headers: createHttpHeaders({ 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' }),
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          client_id: options.clientId,
          client_secret: options.secret,
          scope: [scopes].flat().join(' '),
        }).toString(),
        timeout: 30_000,
        ...(options.caPem === undefined ? {} : { tlsSettings: { ca: options.caPem } }),
      });
      const response = await client.sendRequest(request);
      const body = parse(response.bodyAsText ?? '');
      if (response.status !== 200 || typeof body.access_token !== 'string' || typeof body.expires_in !== 'number') {
        throw new Problem({
          code: 'LOGIN_FAILED',
          message: `${options.authority} did not log ${options.clientId} in: ${String(body.error ?? response.status)}.`,
          hint: 'Check that the server is the one that you mean, and the client id and tenant.',
        });
      }
      cached = { token: body.access_token, expiresOnTimestamp: Date.now() + body.expires_in * 1000 };
      return cached;
    },
  };
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {};
  }
}
