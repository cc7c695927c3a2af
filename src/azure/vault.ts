import type { ArmClient, RequestOptions } from './arm-client.ts';

/** What tokens for vaults are asked for, in Azure's public cloud. */
export const vaultAudience = 'https://vault.azure.net';
const apiVersion = '7.5';

export type Tags = Readonly<Record<string, string>>;
interface Attributes {
  readonly enabled?: boolean;
  /** Seconds since 1970. */
  readonly exp?: number;
  readonly nbf?: number;
}

export interface VaultKey {
  /** With its version. */
  readonly kid: string;
  readonly kty: string;
  readonly crv?: string;
  readonly x?: string;
  readonly y?: string;
  readonly n?: string;
  readonly e?: string;
}

export interface VaultSecret {
  readonly id: string;
  readonly value: string;
  readonly contentType?: string;
  readonly attributes?: Attributes;
  readonly tags?: Tags;
}

export interface VaultCertificate {
  readonly id: string;
  readonly kid: string;
  /** DER in base64. */
  readonly cer: string;
  readonly attributes?: Attributes;
  readonly tags?: Tags;
}

/** The data plane of one vault (REST reference, Key Vault 7.5), as far as it is needed. `find…` give undefined where there is none. */
export interface Vault {
  findKey(name: string): Promise<VaultKey | undefined>;
  createKey(name: string, body: Readonly<Record<string, unknown>>): Promise<VaultKey>;
  /** @param digest of what is signed @returns the raw signature; of ECDSA `r` and `s` */
  sign(key: VaultKey, algorithm: string, digest: Uint8Array): Promise<Uint8Array>;
  findSecret(name: string): Promise<VaultSecret | undefined>;
  setSecret(name: string, value: string, more: Readonly<Record<string, unknown>>): Promise<VaultSecret>;
  findCertificate(name: string): Promise<VaultCertificate | undefined>;
  importCertificate(name: string, body: Readonly<Record<string, unknown>>): Promise<VaultCertificate>;
  /** The request for a certificate that waits for its issuer (PKCS #10, DER in base64). */
  findPending(name: string): Promise<string | undefined>;
  /** Makes a key and a request for a certificate of it. */
  createCertificate(name: string, body: Readonly<Record<string, unknown>>): Promise<string>;
  /** @param chain DER in base64: the issued certificate, then those above it */
  mergeCertificate(name: string, chain: readonly string[], tags: Tags): Promise<VaultCertificate>;
}

/** @param client of the vault's host, with tokens for `vaultAudience` */
export function vaultOf(client: ArmClient, signal?: AbortSignal): Vault {
  const options: RequestOptions = signal === undefined ? {} : { signal };
  const post = async <T>(path: string, body: unknown, secrets: readonly string[] = []): Promise<T> =>
    (await client.send('POST', path, apiVersion, body, { ...options, secrets })).body as T;
  const find = <T>(path: string): Promise<T | undefined> => client.find<T>(path, apiVersion, options);
  return {
    findKey: async (name) => (await find<{ readonly key: VaultKey }>(`/keys/${name}`))?.key,
    createKey: async (name, body) => (await post<{ readonly key: VaultKey }>(`/keys/${name}/create`, body)).key,
    sign: async (key, alg, digest) => {
      const path = new URL(key.kid).pathname;
      const value = Buffer.from(digest).toString('base64url');
      const signed = await post<{ readonly value: string }>(`${path}/sign`, { alg, value });
      return Buffer.from(signed.value, 'base64url');
    },
    findSecret: (name) => find(`/secrets/${name}`),
    setSecret: async (name, value, more) =>
      (await client.send('PUT', `/secrets/${name}`, apiVersion, { ...more, value }, { ...options, secrets: [value] }))
        .body as VaultSecret,
    findCertificate: (name) => find(`/certificates/${name}`),
    importCertificate: (name, body) =>
      post(`/certificates/${name}/import`, body, [String(body.value), String(body.pwd ?? '')]),
    findPending: async (name) => (await find<{ readonly csr?: string }>(`/certificates/${name}/pending`))?.csr,
    createCertificate: async (name, body) =>
      (await post<{ readonly csr: string }>(`/certificates/${name}/create`, body)).csr,
    mergeCertificate: (name, x5c, tags) => post(`/certificates/${name}/pending/merge`, { x5c, tags }),
  };
}
