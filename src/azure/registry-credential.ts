import type { TokenCredential } from '@azure/core-auth';
import type { HttpClient } from '@azure/core-rest-pipeline';
import { Problem } from '../kernel/errors.ts';
import { createRedaction } from './redaction.ts';
import { createWire } from './wire.ts';

export interface RegistryCredentialOptions {
  readonly endpoint: string;
  readonly host: string;
  /** `repository:NAME:pull,push` */
  readonly scope: string;
  readonly credential: TokenCredential;
  readonly caPem?: string;
  readonly httpClient?: HttpClient;
}

/** What tokens for registries are asked for from Entra ID, in Azure's public cloud. */
const audience = 'https://containerregistry.azure.net';
/** Access tokens of registries live for 75 minutes or less; they are asked for anew well before. */
const lifetime = 10 * 60_000;

/**
 * Tokens of a container registry: Entra's token is exchanged for the registry's refresh token, that for an access token to one repository
 * (Azure/acr, docs/AAD-OAuth.md). Throws `REGISTRY_LOGIN_FAILED`.
 */
export function registryCredential(options: RegistryCredentialOptions): TokenCredential {
  const { endpoint, host, scope, credential } = options;
  const redaction = createRedaction();
  const wire = createWire({ redaction, caPem: options.caPem, httpClient: options.httpClient });
  const ask = async (path: string, form: Readonly<Record<string, string>>, member: string): Promise<string> => {
    for (const secret of [form.access_token, form.refresh_token]) if (secret !== undefined) redaction.learn(secret);
    const response = await wire({
      method: 'POST',
      url: `${endpoint}${path}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ service: host, ...form }).toString(),
    });
    const given = (parse(response.text) as Readonly<Record<string, unknown>>)[member];
    if (response.status === 200 && typeof given === 'string') return given;
    throw new Problem({
      code: 'REGISTRY_LOGIN_FAILED',
      message: `${host} gave no token for ${scope}: HTTP ${response.status}: ${redaction.mask(response.text.slice(0, 300))}`,
      hint: 'Check that the registry is reached from inside its network, and that you have a role on its repositories.',
    });
  };
  return {
    async getToken() {
      const entra = await credential.getToken(`${audience}/.default`);
      if (entra === null) throw new Problem({ code: 'LOGIN_FAILED', message: `There is no token for ${host}.` });
      const refresh = await ask(
        '/oauth2/exchange',
        { grant_type: 'access_token', access_token: entra.token },
        'refresh_token',
      );
      const token = await ask(
        '/oauth2/token',
        { grant_type: 'refresh_token', refresh_token: refresh, scope },
        'access_token',
      );
      return { token, expiresOnTimestamp: Date.now() + lifetime };
    },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}
