import type { TokenCredential } from '@azure/core-auth';
import type { AuditWho } from '../audit/entry.ts';
import { type ArmClient, createArmClient } from '../azure/arm-client.ts';
import { clientSecretCredential } from '../azure/client-secret-credential.ts';
import { type Cloud, clouds } from '../azure/clouds.ts';
import { type AuthName, credentialFor } from '../azure/credential-for.ts';
import { createDataPlaneClient, type DataPlanes } from '../azure/data-plane.ts';
import { Problem } from '../kernel/errors.ts';
import type { Context } from './context.ts';

export interface AzureTarget {
  readonly client: ArmClient;
  /** Vaults and registries by their host: reached where this machine has a way to their private endpoints. */
  readonly dataPlanes: DataPlanes;
  /** Who the credential turned out to be. */
  readonly who: AuditWho;
}

/**
 * Azure itself, or an endpoint of one's own that speaks ARM (`ARM_RESOURCE_MANAGER_ENDPOINT` with
 * `ARM_ACTIVE_DIRECTORY_AUTHORITY_HOST`, the names that OpenTofu's azapi provider reads). Logs in at once: a login that fails must not
 * leave a stage begun.
 */
export async function openAzureTarget(context: Context, auth: AuthName): Promise<AzureTarget> {
  const { env } = context.process;
  const custom = env.ARM_RESOURCE_MANAGER_ENDPOINT;
  const { endpoint, credential } = custom === undefined ? publicTarget(env, auth) : customTarget(env, custom);
  const token = await credential.getToken(`${endpoint}/.default`);
  if (token === null) throw new Problem({ code: 'LOGIN_FAILED', message: `${endpoint} gave no token.` });
  return {
    client: createArmClient({ endpoint, credential, clock: context.clock }),
    dataPlanes: (host, purpose) => createDataPlaneClient({ host, purpose, credential, clock: context.clock }),
    who: ownerOf(token.token),
  };
}

interface Reached {
  readonly endpoint: string;
  readonly credential: TokenCredential;
}

function publicTarget(env: Context['process']['env'], auth: AuthName): Reached {
  const cloud = cloudOf(env.ARM_ENVIRONMENT);
  return { endpoint: cloud.endpoint, credential: credentialFor(auth, cloud, env) };
}

function cloudOf(name: string | undefined): Cloud {
  if (name === undefined || name === 'public') return clouds.public;
  if (name === 'usgovernment') return clouds['us-government'];
  if (name === 'china') return clouds.china;
  throw new Problem({
    code: 'CLOUD_UNKNOWN',
    kind: 'usage',
    message: `ARM_ENVIRONMENT names no cloud: "${name}".`,
    hint: 'It is public, usgovernment or china.',
  });
}

function customTarget(env: Context['process']['env'], endpoint: string): Reached {
  const { AZURE_TENANT_ID: tenant, AZURE_CLIENT_ID: clientId, AZURE_CLIENT_SECRET: secret } = env;
  if (tenant === undefined || clientId === undefined || secret === undefined) {
    throw new Problem({
      code: 'LOGIN_INCOMPLETE',
      kind: 'usage',
      message:
        'An endpoint of one’s own takes a service principal: AZURE_TENANT_ID, AZURE_CLIENT_ID, AZURE_CLIENT_SECRET.',
      hint: 'Set all three, or unset ARM_RESOURCE_MANAGER_ENDPOINT to go to Azure.',
    });
  }
  const authority = `${(env.ARM_ACTIVE_DIRECTORY_AUTHORITY_HOST ?? endpoint).replace(/\/$/, '')}/${tenant}`;
  return { endpoint: endpoint.replace(/\/$/, ''), credential: clientSecretCredential({ authority, clientId, secret }) };
}

/** The name that the token is for. Tokens of Azure are JSON Web Tokens; one that is not is told as such. */
function ownerOf(token: string): AuditWho {
  try {
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')) as Record<
      string,
      unknown
    >;
    const user = claims.upn ?? claims.unique_name;
    if (typeof user === 'string') return { principal: user, kind: 'user' };
    const application = claims.appid ?? claims.oid;
    if (typeof application === 'string') return { principal: application, kind: 'service-principal' };
  } catch {
    // Told below.
  }
  return { principal: 'unknown (the token names nobody)', kind: 'unknown' };
}
