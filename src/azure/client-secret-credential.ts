import type { AccessToken, TokenCredential } from '@azure/core-auth';
import type { HttpClient } from '@azure/core-rest-pipeline';
import { type Clock, systemClock } from '../kernel/clock.ts';
import { Problem } from '../kernel/errors.ts';
import { createRedaction } from './redaction.ts';
import { createWire } from './wire.ts';

export interface ClientSecretOptions {
  /** `https://localhost:8443/<tenant>` */
  readonly authority: string;
  readonly clientId: string;
  readonly secret: string;
  /** An authority to trust beside the public ones. */
  readonly caPem?: string;
  /** @default sockets */
  readonly httpClient?: HttpClient;
  /** @default `systemClock` */
  readonly clock?: Clock;
}

/** A token is asked for anew when it has less than this left. */
const margin = 120_000;

/**
 * Logs in with a client id and secret at a token endpoint of our own choosing, trusting `caPem` beside the public
 * authorities: for local Azure, whose CA `@azure/identity` could only be told through the process's environment.
 */
export function clientSecretCredential(options: ClientSecretOptions): TokenCredential {
  const clock = options.clock ?? systemClock;
  const redaction = createRedaction();
  redaction.learn(options.secret);
  const wire = createWire({ redaction, caPem: options.caPem, httpClient: options.httpClient });
  const cached = new Map<string, AccessToken>();
  return {
    async getToken(scopes) {
      const scope = [scopes].flat().join(' ');
      const known = cached.get(scope);
      if (known !== undefined && known.expiresOnTimestamp - clock.now().getTime() > margin) return known;
      const response = await wire({
        url: `${options.authority}/oauth2/v2.0/token`,
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          client_id: options.clientId,
          client_secret: options.secret,
          scope,
        }).toString(),
      });
      const body = parse(response.text);
      if (response.status !== 200 || typeof body.access_token !== 'string' || typeof body.expires_in !== 'number') {
        const said = [body.error, body.error_description].filter((part) => typeof part === 'string').join(': ');
        throw new Problem({
          code: 'LOGIN_FAILED',
          message: `${options.authority} did not log ${options.clientId} in: ${redaction.mask(said === '' ? `HTTP ${response.status}` : said).replace(/\.$/, '')}.`,
          hint: 'Check that the server is the one that you mean, and the client id and tenant.',
        });
      }
      const token = {
        token: body.access_token,
        expiresOnTimestamp: clock.now().getTime() + body.expires_in * 1000,
      };
      cached.set(scope, token);
      return token;
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
