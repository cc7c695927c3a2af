/** Which data plane a request is for: the host's first label, and the path below it. */
export interface DataPlaneAddress {
  readonly kind: 'vault' | 'registry';
  /** `kv-payments.vault.azure.net` */
  readonly host: string;
  /** Of the vault or registry, in lower case. */
  readonly name: string;
  readonly segments: readonly string[];
}

const suffixes = { vault: '.vault.azure.net', registry: '.azurecr.io' } as const;

/**
 * The data plane that a request names: by its host, or, at a server on this machine that has no such name, by a first segment that is that
 * host. Clients of the OCI distribution API put their own `v2` first: `/v2/HOST/REPOSITORY/…` is taken as well.
 */
export function dataPlaneOf(host: string, segments: readonly string[]): DataPlaneAddress | undefined {
  const [first = '', second = '', ...rest] = segments;
  return (
    addressOf(host, segments) ??
    addressOf(first, segments.slice(1)) ??
    (first === 'v2' ? addressOf(second, ['v2', ...rest]) : undefined)
  );
}

function addressOf(host: string, segments: readonly string[]): DataPlaneAddress | undefined {
  const lower = host.toLowerCase();
  for (const kind of ['vault', 'registry'] as const) {
    const name = lower.endsWith(suffixes[kind]) ? lower.slice(0, -suffixes[kind].length) : '';
    if (/^[a-z0-9-]{3,63}$/.test(name)) return { kind, host: lower, name, segments };
  }
  return undefined;
}
