import { uuidV5 } from '../../kernel/hash.ts';
import { stableGuid } from '../world.ts';
import type { Reply } from './call.ts';
import { ok } from './call.ts';
import { armAudience, type Tokens, tokenLifetimeSeconds } from './tokens.ts';

export interface LoginSettings {
  readonly tokens: Tokens;
  readonly tenantId: string;
}

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The login service: discovery documents and the token endpoint, under the tenant's id and, for clients that skip instance
 * discovery then, under `adfs`. Undefined when the path is none of it.
 */
export function answerLogin(
  settings: LoginSettings,
  method: string,
  url: URL,
  segments: readonly string[],
  text: string,
): Reply | undefined {
  const path = segments.map((segment) => segment.toLowerCase()).join('/');
  const [tenant = '', ...rest] = segments;
  const below = rest.map((segment) => segment.toLowerCase()).join('/');
  if (path === 'common/discovery/instance') return ok(instanceDiscovery(url));
  if (/^common\/userrealm\/[^/]+$/.test(path)) return ok({ ver: '1.0', account_type: 'Unknown' });
  if (below === 'v2.0/.well-known/openid-configuration' || below === '.well-known/openid-configuration') {
    return knownTenant(settings, tenant)
      ? ok(openIdConfiguration(settings, url.origin, tenant))
      : unknownTenant(settings, tenant);
  }
  // Tokens are signed with a key that never leaves the data folder: there is no public key to publish.
  if (below === 'discovery/v2.0/keys' || below === 'discovery/keys') return ok({ keys: [] });
  if (below === 'oauth2/v2.0/token' || below === 'oauth2/token') {
    if (method !== 'POST')
      return oauthError(405, 'invalid_request', 'AADSTS900561: The endpoint only accepts POST requests.');
    return knownTenant(settings, tenant) ? token(settings, url, text) : unknownTenant(settings, tenant);
  }
  return undefined;
}

const isAdfs = (tenant: string): boolean => tenant.toLowerCase() === 'adfs';

function knownTenant(settings: LoginSettings, tenant: string): boolean {
  return isAdfs(tenant) || ['common', 'organizations', settings.tenantId.toLowerCase()].includes(tenant.toLowerCase());
}

const issuerOf = (settings: LoginSettings, origin: string, tenant: string): string =>
  isAdfs(tenant) ? `${origin}/adfs` : `${origin}/${settings.tenantId}/v2.0`;

function openIdConfiguration(settings: LoginSettings, origin: string, tenant: string): unknown {
  const base = `${origin}/${isAdfs(tenant) ? 'adfs' : settings.tenantId}`;
  return {
    issuer: issuerOf(settings, origin, tenant),
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    token_endpoint: `${base}/oauth2/v2.0/token`,
    device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
    jwks_uri: `${base}/discovery/v2.0/keys`,
    end_session_endpoint: `${base}/oauth2/v2.0/logout`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic', 'private_key_jwt'],
    response_modes_supported: ['query', 'fragment', 'form_post'],
    response_types_supported: ['token'],
    scopes_supported: ['openid'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['HS256'],
    claims_supported: ['sub', 'iss', 'aud', 'exp', 'iat', 'oid', 'tid'],
    tenant_region_scope: null,
    cloud_instance_name: url(origin),
  };
}

const url = (origin: string): string => new URL(origin).host;

function instanceDiscovery(address: URL): unknown {
  const { origin, host } = address;
  return {
    tenant_discovery_endpoint: `${origin}/common/v2.0/.well-known/openid-configuration`,
    'api-version': '1.1',
    metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
  };
}

/**
 * Client credentials. Nobody is registered in local Azure: any client id with any secret or assertion is let in, as the service
 * principal whose object id follows from the client id.
 */
function token(settings: LoginSettings, address: URL, text: string): Reply {
  const form = new URLSearchParams(text);
  const grant = form.get('grant_type');
  if (grant !== 'client_credentials') {
    return oauthError(
      400,
      'unsupported_grant_type',
      `AADSTS70003: The app requested an unsupported grant type '${grant ?? ''}'. Local Azure knows client_credentials only: log in as a service principal.`,
    );
  }
  const clientId = form.get('client_id');
  if (clientId === null || !guid.test(clientId)) {
    return oauthError(
      400,
      'invalid_request',
      "AADSTS900144: The request body must contain the following parameter: 'client_id' (a GUID).",
    );
  }
  if (!form.get('client_secret') && !form.get('client_assertion')) {
    return oauthError(
      401,
      'invalid_client',
      "AADSTS7000218: The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
    );
  }
  const audience = audienceOf(form);
  if (audience === undefined) {
    return oauthError(
      400,
      'invalid_scope',
      `AADSTS1002012: The provided value for scope ${form.get('scope') ?? ''} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`,
    );
  }
  const principal = {
    objectId: stableGuid(clientId, 'service principal'),
    tenantId: settings.tenantId,
    appId: clientId.toLowerCase(),
  };
  const tenant = address.pathname.split('/')[1] ?? '';
  const accessToken = settings.tokens.issue(principal, issuerOf(settings, address.origin, tenant), audience);
  return ok(
    {
      token_type: 'Bearer',
      expires_in: tokenLifetimeSeconds,
      ext_expires_in: tokenLifetimeSeconds,
      access_token: accessToken,
    },
    { 'cache-control': 'no-store', pragma: 'no-cache' },
  );
}

/** The resource of `scope=RESOURCE/.default` (v2) or `resource=RESOURCE` (v1 and AD FS). */
function audienceOf(form: URLSearchParams): string | undefined {
  const scope = form.get('scope');
  if (scope === null) return form.get('resource') ?? armAudience;
  const wanted = scope.split(' ').filter((item) => item.endsWith('/.default'));
  const [first, second] = wanted;
  return first === undefined || second !== undefined ? undefined : first.slice(0, -'/.default'.length);
}

function unknownTenant(settings: LoginSettings, tenant: string): Reply {
  return oauthError(
    400,
    'invalid_tenant',
    `AADSTS90002: Tenant '${tenant}' not found. The tenant of this local Azure is '${settings.tenantId}'.`,
  );
}

function oauthError(status: number, error: string, description: string): Reply {
  const traceId = uuidV5(description, '6ba7b811-9dad-11d1-80b4-00c04fd430c8');
  return {
    status,
    body: {
      error,
      error_description: description,
      error_codes: [Number(/^AADSTS(\d+)/.exec(description)?.[1] ?? 0)],
      trace_id: traceId,
      correlation_id: traceId,
    },
  };
}
