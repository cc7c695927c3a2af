import type { Json } from '../../../kernel/canonical-json.ts';
import { sha256 } from '../../../kernel/hash.ts';
import type { ArmResource } from '../../../model/resource.ts';
import type { StoreChange } from '../../store/store.ts';
import type { World } from '../../world.ts';

/** A manifest as it is kept. One that was imported from a registry that cannot be reached from here has a digest and no content. */
export interface StoredManifest {
  readonly digest: string;
  readonly mediaType: string;
  /** The text as it was pushed; absent where it is not held. */
  readonly content?: string;
  /** Where it was imported from. */
  readonly source?: string;
  readonly artifactType?: string;
  /** The digest that it refers to: what it is a signature of. */
  readonly subject?: string;
}

export const contentDigest = (content: Uint8Array | string): string => `sha256:${sha256(content)}`;

const prefixOf = (registry: ArmResource): string => `registry/${registry.id.toLowerCase()}/`;
const repositoryPrefix = (registry: ArmResource, repository: string): string =>
  `${prefixOf(registry)}repository/${repository}/`;

export function readBlob(world: World, registry: ArmResource, digest: string): Buffer | undefined {
  const kept = world.store.get(`${prefixOf(registry)}blob/${digest}`);
  return typeof kept === 'string' ? Buffer.from(kept, 'base64') : undefined;
}

export async function writeBlob(world: World, registry: ArmResource, digest: string, content: Buffer): Promise<void> {
  const key = `${prefixOf(registry)}blob/${digest}`;
  await world.store.transact([{ op: 'put', key, value: content.toString('base64') }]);
}

/** By tag or digest. */
export function readManifest(
  world: World,
  registry: ArmResource,
  repository: string,
  reference: string,
): StoredManifest | undefined {
  const prefix = repositoryPrefix(registry, repository);
  const digest = reference.startsWith('sha256:') ? reference : world.store.get(`${prefix}tag/${reference}`);
  return world.store.get(`${prefix}manifest/${String(digest)}`) as unknown as StoredManifest | undefined;
}

export function manifestsOf(world: World, registry: ArmResource, repository: string): readonly StoredManifest[] {
  const prefix = `${repositoryPrefix(registry, repository)}manifest/`;
  return [...world.store.range(prefix)].map(({ value }) => value as unknown as StoredManifest);
}

export function tagsOf(world: World, registry: ArmResource, repository: string): readonly string[] {
  const prefix = `${repositoryPrefix(registry, repository)}tag/`;
  return [...world.store.range(prefix)].map(({ key }) => key.slice(prefix.length));
}

/** What keeping a manifest, and pointing tags to it, changes. */
export function manifestChanges(
  registry: ArmResource,
  repository: string,
  manifest: StoredManifest,
  tags: readonly string[],
): readonly StoreChange[] {
  const prefix = repositoryPrefix(registry, repository);
  return [
    { op: 'put', key: `${prefix}manifest/${manifest.digest}`, value: manifest as unknown as Json },
    ...tags.map((tag): StoreChange => ({ op: 'put', key: `${prefix}tag/${tag}`, value: manifest.digest })),
  ];
}
