import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../kernel/clock.ts';
import { authenticationFailed } from '../service-errors.ts';
import type { Store, StoreChange } from '../store/store.ts';

/** Who calls. */
export interface Principal {
  /** `oid`: the object that role assignments name. */
  readonly objectId: string;
  readonly tenantId: string;
  /** Of a service principal: its application (client) id. */
  readonly appId?: string;
  readonly displayName?: string;
}

const keyName = 'meta/signing-key';
/** As Entra ID: an hour, less a second. */
export const tokenLifetimeSeconds = 3599;
/** The resource that a token for Azure Resource Manager is asked for, in Azure's public cloud. */
export const armAudience = 'https://management.core.windows.net/';
const armAudiences: readonly string[] = ['https://management.core.windows.net', 'https://management.azure.com'];

/** The key that tokens of this data folder are signed with; made at first use and kept. */
export function signingKey(store: Store): { readonly key: Buffer; readonly changes: readonly StoreChange[] } {
  const kept = store.get(keyName);
  if (typeof kept === 'string') return { key: Buffer.from(kept, 'base64'), changes: [] };
  const key = randomBytes(32);
  return { key, changes: [{ op: 'put', key: keyName, value: key.toString('base64') }] };
}

/** Signs (HS256) and checks the access tokens of one data folder. */
export class Tokens {
  readonly #key: Buffer;
  readonly #clock: Clock;

  constructor(key: Buffer, clock: Clock) {
    this.#key = key;
    this.#clock = clock;
  }

  /** @param issuer the `iss` claim; @param audience the `aud` claim: whose token it is */
  issue(principal: Principal, issuer: string, audience: string): string {
    const now = Math.floor(this.#clock.now().getTime() / 1000);
    const claims = {
      aud: audience,
      iss: issuer,
      iat: now,
      nbf: now,
      exp: now + tokenLifetimeSeconds,
      oid: principal.objectId,
      sub: principal.objectId,
      tid: principal.tenantId,
      idtyp: principal.appId === undefined ? 'user' : 'app',
      ...(principal.appId === undefined ? {} : { appid: principal.appId, appidacr: '1' }),
      ...(principal.displayName === undefined ? {} : { name: principal.displayName }),
      ver: '1.0',
    };
    const content = `${encode({ typ: 'JWT', alg: 'HS256' })}.${encode(claims)}`;
    return `${content}.${this.#sign(content).toString('base64url')}`;
  }

  /**
   * The principal of an `Authorization` header. Throws `AuthenticationFailed` (401) when it is missing, not ours, expired, or
   * made for another service. @param origin of the request: clients that name us as the resource get that as audience
   * @param audiences without a slash at the end; @default those of Azure Resource Manager
   */
  verify(
    authorization: string | null,
    tenantId: string,
    origin: string,
    audiences: readonly string[] = armAudiences,
  ): Principal {
    if (authorization === null) {
      throw authenticationFailed("Authentication failed. The 'Authorization' header is missing.");
    }
    const token = /^Bearer +([^ ]+)$/i.exec(authorization)?.[1];
    if (token === undefined) {
      throw authenticationFailed("Authentication failed. The 'Authorization' header is provided in an invalid format.");
    }
    const [header, body, signature, more] = token.split('.');
    if (header === undefined || body === undefined || signature === undefined || more !== undefined) {
      throw authenticationFailed('Authentication failed. The access token is malformed.');
    }
    const given = Buffer.from(signature, 'base64url');
    const expected = this.#sign(`${header}.${body}`);
    if (given.length !== expected.length || !timingSafeEqual(given, expected) || decode(header)?.alg !== 'HS256') {
      throw authenticationFailed(
        'The access token has an invalid signature: this local Azure did not issue it. Log in again.',
      );
    }
    const claims = decode(body) ?? {};
    const now = this.#clock.now().getTime() / 1000;
    if (typeof claims.exp !== 'number' || claims.exp <= now) {
      throw authenticationFailed('The access token expiry has passed. Log in again.');
    }
    if (typeof claims.nbf === 'number' && claims.nbf > now + 300) {
      throw authenticationFailed('The access token is not valid yet.');
    }
    if (!isForUs(claims.aud, origin, audiences)) {
      const allowed = audiences.map((one) => `'${one}/'`).join(',');
      throw authenticationFailed(
        `The access token has been obtained for wrong audience or resource '${String(claims.aud)}'. It should exactly match with one of the allowed audiences ${allowed}.`,
      );
    }
    if (claims.tid !== tenantId || typeof claims.oid !== 'string') {
      throw authenticationFailed(`The access token is from the wrong issuer. It must be of the tenant '${tenantId}'.`);
    }
    return {
      objectId: claims.oid,
      tenantId,
      ...(typeof claims.appid === 'string' ? { appId: claims.appid } : {}),
      ...(typeof claims.name === 'string' ? { displayName: claims.name } : {}),
    };
  }

  #sign(content: string): Buffer {
    return createHmac('sha256', this.#key).update(content).digest();
  }
}

const loopback = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(?::|$)/;

/** Trailing slashes do not matter; the names of this machine are one audience, port for port. */
function isForUs(audience: unknown, origin: string, audiences: readonly string[]): boolean {
  if (typeof audience !== 'string') return false;
  const wanted = audience.replace(/\/+$/, '');
  const machine = (text: string): string =>
    text.replace(loopback, (whole, host: string) => whole.replace(host, 'localhost'));
  return audiences.includes(wanted) || machine(wanted) === machine(origin);
}

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function decode(part: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
