import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { type Entry, writeTar } from './tar.ts';

/** Media types of the OCI Image Format Specification 1.1 ("Media Types"). */
export const mediaTypes = {
  index: 'application/vnd.oci.image.index.v1+json',
  manifest: 'application/vnd.oci.image.manifest.v1+json',
  config: 'application/vnd.oci.image.config.v1+json',
  layer: 'application/vnd.oci.image.layer.v1.tar',
  layerGzip: 'application/vnd.oci.image.layer.v1.tar+gzip',
  empty: 'application/vnd.oci.empty.v1+json',
} as const;

/** How a container of the image runs ("Image Configuration"). */
export interface RunConfig {
  readonly user: string;
  readonly entrypoint: readonly string[];
  readonly environment: readonly string[];
  readonly ports: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
}

export interface ImageParts {
  /** `repository:tag`; the tag names the image in the layout. */
  readonly reference: string;
  readonly architecture: 'amd64' | 'arm64';
  readonly layers: readonly { readonly createdBy: string; readonly entries: readonly Entry[] }[];
  readonly run: RunConfig;
  /** A bill of materials, attached to the image as an artifact that refers to it. */
  readonly attached: { readonly mediaType: string; readonly bytes: Buffer };
  readonly gzip: boolean;
}

export interface BuiltImage {
  /** The image layout as one tar archive. */
  readonly archive: Buffer;
  /** Digest of the image's manifest: what a deployment names. */
  readonly digest: string;
  readonly layers: readonly { readonly digest: string; readonly size: number }[];
}

interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
}

/** The start of Unix time, which tools show as "no date": the time of the build would change the digest. */
const zero = '1970-01-01T00:00:00Z';

/** Writes an OCI image layout ("Image Layout"). Same parts, same bytes. */
export function writeImage(parts: ImageParts): BuiltImage {
  const blobs = new Map<string, Buffer>();
  const store = (mediaType: string, bytes: Buffer): Descriptor => {
    const digest = digestOf(bytes);
    blobs.set(digest, bytes);
    return { mediaType, digest, size: bytes.length };
  };
  const json = (mediaType: string, value: unknown): Descriptor => store(mediaType, Buffer.from(JSON.stringify(value)));

  const layers = parts.layers.map(({ entries, createdBy }) => {
    const tar = writeTar(entries);
    const blob = parts.gzip ? squeeze(tar) : tar;
    return {
      createdBy,
      diffId: digestOf(tar),
      blob: store(parts.gzip ? mediaTypes.layerGzip : mediaTypes.layer, blob),
    };
  });
  const config = json(mediaTypes.config, {
    created: zero,
    architecture: parts.architecture,
    os: 'linux',
    config: {
      User: parts.run.user,
      ExposedPorts: Object.fromEntries(parts.run.ports.map((port) => [port, {}])),
      Env: parts.run.environment,
      Entrypoint: parts.run.entrypoint,
      WorkingDir: '/',
      Labels: parts.run.labels,
      StopSignal: 'SIGTERM',
    },
    rootfs: { type: 'layers', diff_ids: layers.map((layer) => layer.diffId) },
    history: layers.map((layer) => ({ created: zero, created_by: layer.createdBy })),
  });
  const manifest = json(mediaTypes.manifest, {
    schemaVersion: 2,
    mediaType: mediaTypes.manifest,
    config,
    layers: layers.map((layer) => layer.blob),
    annotations: parts.run.labels,
  });
  const attachment = json(mediaTypes.manifest, {
    schemaVersion: 2,
    mediaType: mediaTypes.manifest,
    artifactType: parts.attached.mediaType,
    config: json(mediaTypes.empty, {}),
    layers: [store(parts.attached.mediaType, parts.attached.bytes)],
    subject: manifest,
  });
  const index = {
    schemaVersion: 2,
    mediaType: mediaTypes.index,
    manifests: [
      {
        ...manifest,
        platform: { architecture: parts.architecture, os: 'linux' },
        annotations: { 'org.opencontainers.image.ref.name': tagOf(parts.reference) },
      },
      { ...attachment, artifactType: parts.attached.mediaType },
    ],
  };
  const archive = writeTar([
    { path: 'oci-layout', bytes: Buffer.from(JSON.stringify({ imageLayoutVersion: '1.0.0' })), mode: 0o644 },
    { path: 'index.json', bytes: Buffer.from(JSON.stringify(index)), mode: 0o644 },
    ...[...blobs].map(([digest, bytes]) => ({ path: `blobs/${digest.replace(':', '/')}`, bytes, mode: 0o644 })),
  ]);
  return { archive, digest: manifest.digest, layers: layers.map((layer) => layer.blob) };
}

export const digestOf = (bytes: Uint8Array): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

/** Gzip without the byte that says on which system it was done (RFC 1952 section 2.3.1: 255, unknown); Node writes no time. */
function squeeze(bytes: Buffer): Buffer {
  const squeezed = gzipSync(bytes, { level: 9 });
  squeezed[9] = 255;
  return squeezed;
}

function tagOf(reference: string): string {
  const tag = /:([A-Za-z0-9_][A-Za-z0-9._-]{0,127})$/.exec(reference)?.[1];
  if (tag === undefined) throw new Error(`${reference} has no tag: repository:tag is needed.`);
  return tag;
}
