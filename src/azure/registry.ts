import { sha256 } from '../kernel/hash.ts';
import type { ArmClient, RequestOptions } from './arm-client.ts';

/** What content a registry holds is called (OCI image specification, descriptor). */
export interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
  readonly artifactType?: string;
}

/** One repository of a registry (OCI distribution specification 1.1), as far as it is needed. */
export interface Repository {
  /** The digest that a tag stands for. */
  findTag(tag: string): Promise<string | undefined>;
  pushBlob(mediaType: string, content: Uint8Array): Promise<Descriptor>;
  /** @param reference a tag; by digest where there is none */
  pushManifest(manifest: Readonly<Record<string, unknown>>, reference?: string): Promise<Descriptor>;
  /** What refers to a manifest: signatures and the like. */
  referrers(digest: string, artifactType: string): Promise<readonly Descriptor[]>;
}

const manifestType = 'application/vnd.oci.image.manifest.v1+json';
const indexType = 'application/vnd.oci.image.index.v1+json';
/** Registries know no api-version and pass over it. */
const noVersion = '2021-07-01';

export const digestOf = (content: Uint8Array | string): string => `sha256:${sha256(content)}`;

/** @param client of the registry's host, with tokens for this repository */
export function repositoryOf(client: ArmClient, name: string, signal?: AbortSignal): Repository {
  const base = `/v2/${name}`;
  const options = (headers: Readonly<Record<string, string>>): RequestOptions => ({
    headers,
    ...(signal === undefined ? {} : { signal }),
  });
  const accept = options({ accept: `${manifestType}, ${indexType}` });
  return {
    findTag: async (tag) => {
      if (!(await client.head(`${base}/manifests/${tag}`, noVersion, accept))) return undefined;
      const { headers } = await client.send('HEAD', `${base}/manifests/${tag}`, noVersion, undefined, accept);
      return headers['docker-content-digest'];
    },
    pushBlob: async (mediaType, content) => {
      const descriptor = { mediaType, digest: digestOf(content), size: content.length };
      if (await client.head(`${base}/blobs/${descriptor.digest}`, noVersion, options({}))) return descriptor;
      const begun = await client.send('POST', `${base}/blobs/uploads/`, noVersion, undefined, options({}));
      const location = begun.headers.location ?? `${base}/blobs/uploads/`;
      const at = `${location}${location.includes('?') ? '&' : '?'}digest=${encodeURIComponent(descriptor.digest)}`;
      await client.send('PUT', at, noVersion, content, options({ 'content-type': 'application/octet-stream' }));
      return descriptor;
    },
    pushManifest: async (manifest, reference) => {
      const text = JSON.stringify(manifest);
      const artifactType = manifest.artifactType as string | undefined;
      const descriptor = {
        mediaType: manifestType,
        digest: digestOf(text),
        size: Buffer.byteLength(text),
        ...(artifactType === undefined ? {} : { artifactType }),
      };
      const at = `${base}/manifests/${reference ?? descriptor.digest}`;
      await client.send('PUT', at, noVersion, text, options({ 'content-type': manifestType }));
      return descriptor;
    },
    referrers: async (digest, artifactType) => {
      const path = `${base}/referrers/${digest}?artifactType=${encodeURIComponent(artifactType)}`;
      const { body } = await client.send('GET', path, noVersion, undefined, options({ accept: indexType }));
      const { manifests = [] } = (body ?? {}) as { readonly manifests?: readonly Descriptor[] };
      // A registry may leave the choice to its client.
      return manifests.filter((one) => one.artifactType === artifactType);
    },
  };
}
