import { type Descriptor, digestOf, type Repository } from '../../../src/azure/registry.ts';

const manifestType = 'application/vnd.oci.image.manifest.v1+json';
const indexType = 'application/vnd.oci.image.index.v1+json';

/**
 * A repository of a registry on loopback, over plain HTTP. The registry has no referrers API (CNCF Distribution 2.8), so whoever pushes what
 * refers to a manifest keeps the index of it under a tag made of its digest (OCI distribution specification, "Referrers tag schema").
 */
export function plainRepository(address: string, name: string): Repository {
  const base = `${address}/v2/${name}`;
  const accept = { accept: `${manifestType}, ${indexType}` };
  const referrersTag = (digest: string): string => digest.replace(':', '-');
  const listed = async (digest: string): Promise<readonly Descriptor[]> => {
    const response = await fetch(`${base}/manifests/${referrersTag(digest)}`, { headers: accept });
    if (response.status === 404) return [];
    return ((await must(response).json()) as { manifests: readonly Descriptor[] }).manifests;
  };
  const put = async (reference: string, mediaType: string, text: string): Promise<void> => {
    const headers = { 'content-type': mediaType };
    must(await fetch(`${base}/manifests/${reference}`, { method: 'PUT', headers, body: text }));
  };
  return {
    findTag: async (tag) => {
      const response = await fetch(`${base}/manifests/${tag}`, { method: 'HEAD', headers: accept });
      return response.status === 404 ? undefined : (must(response).headers.get('docker-content-digest') ?? undefined);
    },
    pushBlob: async (mediaType, content) => {
      const digest = digestOf(content);
      const begun = must(await fetch(`${base}/blobs/uploads/`, { method: 'POST' }));
      const upload = new URL(begun.headers.get('location') ?? '', base);
      upload.searchParams.set('digest', digest);
      const headers = { 'content-type': 'application/octet-stream' };
      must(await fetch(upload, { method: 'PUT', headers, body: new Uint8Array(content) }));
      return { mediaType, digest, size: content.length };
    },
    pushManifest: async (manifest, reference) => {
      const text = JSON.stringify(manifest);
      const { artifactType, subject } = manifest as { artifactType?: string; subject?: Descriptor };
      const descriptor = {
        mediaType: manifestType,
        digest: digestOf(text),
        size: Buffer.byteLength(text),
        ...(artifactType === undefined ? {} : { artifactType }),
      };
      await put(reference ?? descriptor.digest, manifestType, text);
      if (subject !== undefined) {
        const manifests = [...(await listed(subject.digest)), descriptor];
        await put(
          referrersTag(subject.digest),
          indexType,
          JSON.stringify({ schemaVersion: 2, mediaType: indexType, manifests }),
        );
      }
      return descriptor;
    },
    referrers: async (digest, artifactType) =>
      (await listed(digest)).filter((one) => one.artifactType === artifactType),
  };
}

function must(response: Response): Response {
  if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
  return response;
}
