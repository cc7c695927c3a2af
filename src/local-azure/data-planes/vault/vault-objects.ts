import type { Json } from '../../../kernel/canonical-json.ts';
import type { ArmResource } from '../../../model/resource.ts';
import { vaultApiVersions } from '../../providers/microsoft-key-vault/api-versions.ts';
import type { StoreChange } from '../../store/store.ts';
import { commit, stableGuid, type World } from '../../world.ts';

export const objectKinds = ['secrets', 'keys', 'certificates'] as const;
export type ObjectKind = (typeof objectKinds)[number];

/** A key as it is kept: PKCS #8, and what it may be used for. */
export interface StoredKey {
  readonly kty: string;
  readonly pem: string;
  readonly operations: readonly string[];
  readonly exportable: boolean;
}

/** One version of a secret, key or certificate. Times in seconds since 1970. */
export interface StoredVersion {
  readonly version: string;
  readonly created: number;
  readonly enabled: boolean;
  readonly expires?: number;
  readonly notBefore?: number;
  readonly tags?: Readonly<Record<string, string>>;
  readonly contentType?: string;
  /** Of a secret. */
  readonly value?: string;
  readonly key?: StoredKey;
  /** Of a certificate: DER in base64, its own first, then the chain. */
  readonly chain?: readonly string[];
  readonly policy?: Readonly<Record<string, unknown>>;
}

/** Everything under one name. A certificate's key and secret have its name and are kept in it. */
export interface StoredObject {
  readonly kind: ObjectKind;
  readonly name: string;
  /** Oldest first. */
  readonly versions: readonly StoredVersion[];
  /** A certificate that waits for its issuer, with the request for it (DER in base64). */
  readonly pending?: { readonly version: StoredVersion; readonly request: string };
  /** When it was deleted; it can be recovered until the vault's retention is over. */
  readonly deleted?: number;
}

const vaultPrefix = (vault: ArmResource): string => `vault/${vault.id.toLowerCase()}/`;
const keyOf = (vault: ArmResource, kind: ObjectKind, name: string): string =>
  `${vaultPrefix(vault)}${kind}/${name.toLowerCase()}`;

export function readObject(world: World, vault: ArmResource, kind: ObjectKind, name: string): StoredObject | undefined {
  return world.store.get(keyOf(vault, kind, name)) as unknown as StoredObject | undefined;
}

/** In name order, deleted ones too. */
export function listObjects(world: World, vault: ArmResource, kind: ObjectKind): readonly StoredObject[] {
  return [...world.store.range(`${vaultPrefix(vault)}${kind}/`)].map(({ value }) => value as unknown as StoredObject);
}

/** Keeps an object, and what the control plane shows of it, in one transaction. */
export async function writeObject(world: World, vault: ArmResource, object: StoredObject): Promise<void> {
  const key = keyOf(vault, object.kind, object.name);
  const change: StoreChange = { op: 'put', key, value: object as unknown as Json };
  const shown = object.deleted === undefined && object.versions.length > 0 ? shownResources(vault, object) : [];
  const gone = shown.length === 0 ? segmentsOf(object.kind).map((one) => `${vault.id}/${one}/${object.name}`) : [];
  const put = shown.map((resource) => ({ resource, apiVersion: vaultApiVersions[0] as string }));
  await commit(world, { put, delete: gone.filter((id) => world.resources.get(id) !== undefined) }, [change]);
}

export async function purgeObject(world: World, vault: ArmResource, object: StoredObject): Promise<void> {
  await world.store.transact([{ op: 'delete', key: keyOf(vault, object.kind, object.name) }]);
}

/** What goes with a vault that is purged. */
export function purgedWith(world: World, vaultId: string): readonly StoreChange[] {
  return [...world.store.range(`vault/${vaultId.toLowerCase()}/`)].map(({ key }) => ({ op: 'delete', key }));
}

/** The same for the same name and count in every run, so that two runs that do the same end the same. */
export function versionOf(vault: ArmResource, kind: ObjectKind, name: string, count: number): string {
  const id = `${vault.id}/${kind}/${name}`;
  return stableGuid(id, count === 1 ? 'version' : `version ${count}`).replaceAll('-', '');
}

const segmentsOf = (kind: ObjectKind): readonly ('secrets' | 'keys')[] =>
  kind === 'certificates' ? ['secrets', 'keys'] : [kind];

/** Secrets and keys as Azure Resource Manager lists them: names and settings, no value, no time. */
function shownResources(vault: ArmResource, object: StoredObject): readonly ArmResource[] {
  const version = object.versions.at(-1) as StoredVersion;
  return segmentsOf(object.kind).map((segment) => {
    const word = segment === 'secrets' ? 'secret' : 'key';
    const uri = `https://${vault.name.toLowerCase()}.vault.azure.net/${segment}/${object.name}`;
    const key = segment === 'keys' ? { kty: version.key?.kty ?? '', keyOps: version.key?.operations ?? [] } : {};
    const type = version.contentType === undefined || segment === 'keys' ? {} : { contentType: version.contentType };
    return {
      id: `${vault.id}/${segment}/${object.name}`,
      name: object.name,
      type: `Microsoft.KeyVault/vaults/${segment}`,
      ...(vault.location === undefined ? {} : { location: vault.location }),
      ...(version.tags === undefined ? {} : { tags: version.tags }),
      properties: {
        attributes: {
          enabled: version.enabled,
          ...(segment === 'keys' ? { exportable: version.key?.exportable === true } : {}),
        },
        ...type,
        ...key,
        [`${word}Uri`]: uri,
        [`${word}UriWithVersion`]: `${uri}/${version.version}`,
      },
    } as ArmResource;
  });
}
