import type { TokenCredential } from '@azure/core-auth';
import type { HttpClient } from '@azure/core-rest-pipeline';
import type { Clock } from '../kernel/clock.ts';
import { type ArmClient, createArmClient } from './arm-client.ts';
import { registryCredential } from './registry-credential.ts';

export interface DataPlaneOptions {
  /** `kv-payments.vault.azure.net`, `crpayments.azurecr.io` */
  readonly host: string;
  /** What tokens are asked for: the audience of a vault, or, of a registry, `repository:NAME:pull,push`. */
  readonly purpose: string;
  readonly credential: TokenCredential;
  /** Where the host is reached. @default `https://HOST` */
  readonly endpoint?: string;
  readonly caPem?: string;
  /** @default sockets */
  readonly httpClient?: HttpClient;
  readonly clock?: Clock;
}

/** Clients of data planes by host and purpose. */
export type DataPlanes = (host: string, purpose: string) => ArmClient;

/** A client of one private service: the same exchanges, retries and masking of secrets as with Azure Resource Manager. */
export function createDataPlaneClient(options: DataPlaneOptions): ArmClient {
  const { host, purpose, endpoint = `https://${host}`, credential, ...rest } = options;
  const isRegistry = purpose.startsWith('repository:');
  return createArmClient({
    ...rest,
    endpoint,
    ...(isRegistry ? {} : { audience: purpose }),
    credential: isRegistry ? registryCredential({ ...rest, endpoint, host, scope: purpose, credential }) : credential,
  });
}
