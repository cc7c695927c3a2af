import type { TokenCredential } from '@azure/core-auth';
import { messageOf, Problem } from '../kernel/errors.ts';
import type { Cloud } from './clouds.ts';
import { createRedaction } from './redaction.ts';

export const authNames = ['az', 'env', 'workload', 'managed', 'default'] as const;

/** `az`: who `az login` logged in. `env`: AZURE_* variables. `workload`, `managed`: identities of Azure. `default`: the first that works. */
export type AuthName = (typeof authNames)[number];

/** Secrets that `@azure/identity` reads by itself: they must stand in no message of it. */
const secretVariables = ['AZURE_CLIENT_SECRET', 'AZURE_CLIENT_CERTIFICATE_PASSWORD', 'AZURE_PASSWORD'] as const;

const hints: Readonly<Record<AuthName, string>> = {
  az: 'Run `az login`, in the right cloud (`az cloud set`).',
  env: 'Set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET or AZURE_CLIENT_CERTIFICATE_PATH.',
  workload: 'AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_FEDERATED_TOKEN_FILE must be set, as AKS and CI systems do.',
  managed: 'This works on machines of Azure that have an identity; AZURE_CLIENT_ID chooses a user-assigned one.',
  default: 'Run `az login`, or pin one of az, env, workload and managed with --auth.',
};

/**
 * The credential that a user asks for, for one of Microsoft's clouds. `@azure/identity` is loaded with the first token: its import takes
 * seconds. Throws `LOGIN_FAILED` from `getToken`.
 */
export function credentialFor(
  auth: AuthName,
  cloud: Cloud,
  env: Readonly<Record<string, string | undefined>> = process.env,
): TokenCredential {
  const redaction = createRedaction();
  for (const name of secretVariables) redaction.learn(env[name] ?? '');
  let credential: Promise<TokenCredential> | undefined;
  return {
    getToken: async (scopes, options) => {
      try {
        credential ??= load(auth, cloud, env);
        return await (await credential).getToken(scopes, options);
      } catch (error) {
        if (options?.abortSignal?.aborted) throw error;
        throw new Problem({
          code: 'LOGIN_FAILED',
          message: `${cloud.authority} gave no token (${auth}): ${redaction.mask(messageOf(error)).replace(/\.$/, '')}.`,
          hint: hints[auth],
        });
      }
    },
  };
}

async function load(
  auth: AuthName,
  { authority: authorityHost }: Cloud,
  env: Readonly<Record<string, string | undefined>>,
): Promise<TokenCredential> {
  const identity = await import('@azure/identity');
  const clientId = env.AZURE_CLIENT_ID;
  switch (auth) {
    case 'az':
      return new identity.AzureCliCredential();
    case 'env':
      return new identity.EnvironmentCredential({ authorityHost });
    case 'workload':
      return new identity.WorkloadIdentityCredential({ authorityHost });
    case 'managed':
      return new identity.ManagedIdentityCredential(clientId === undefined ? {} : { clientId });
    case 'default':
      return new identity.DefaultAzureCredential({ authorityHost });
  }
}
