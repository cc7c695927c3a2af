import { gunzipSync } from 'node:zlib';
import { digestOf, mediaTypes } from './oci.ts';
import { type Entry, readTar } from './tar.ts';

/** A layout that breaks the OCI Image Format Specification; the message says where. */
export class LayoutError extends Error {
  override readonly name = 'LayoutError';
}

export interface ReadImage {
  readonly config: Fields;
  /** The image's files, layers applied in their order. */
  readonly files: ReadonlyMap<string, Entry>;
  /** Artifacts that refer to the image: their type, and the bytes of their one layer. */
  readonly attached: readonly { readonly type: string; readonly bytes: Buffer }[];
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads an image layout as a runtime does, and checks on the way what OCI Image Format Specification 1.1 demands: "Image Layout" (the
 * files that must be there, blobs named by their digest), "Content Descriptors" (type, digest and size of everything that is pointed
 * at), "Image Index" and "Image Manifest" (version, types, subject), "Image Configuration" (one diff id a layer, that of the
 * uncompressed bytes).
 * @throws LayoutError
 */
export function readLayout(archive: Buffer): ReadImage {
  const entries = new Map(readTar(archive).map((entry) => [entry.path, entry.bytes]));
  const file = (path: string): Buffer => {
    const bytes = entries.get(path);
    if (bytes === undefined) throw new LayoutError(`${path} is missing.`);
    return Buffer.from(bytes);
  };
  if (jsonOf(file('oci-layout'), 'oci-layout').imageLayoutVersion !== '1.0.0') {
    throw new LayoutError('oci-layout: imageLayoutVersion is not 1.0.0.');
  }
  for (const [path, bytes] of entries) {
    const [, hex] = /^blobs\/sha256\/(.+)$/.exec(path) ?? [];
    if (hex !== undefined && bytes !== undefined && digestOf(bytes) !== `sha256:${hex}`) {
      throw new LayoutError(`${path} does not have the digest of its name.`);
    }
  }
  const follow = (descriptor: Fields, allowed: readonly string[], what: string): Buffer => {
    const { mediaType, digest, size } = descriptor;
    if (typeof mediaType !== 'string' || !allowed.includes(mediaType))
      throw new LayoutError(`${what}: mediaType ${mediaType}.`);
    if (typeof digest !== 'string' || !/^sha256:[0-9a-f]{64}$/.test(digest))
      throw new LayoutError(`${what}: digest ${digest}.`);
    const bytes = file(`blobs/${digest.replace(':', '/')}`);
    if (bytes.length !== size) throw new LayoutError(`${what}: size ${size}, not ${bytes.length}.`);
    return bytes;
  };

  const index = jsonOf(file('index.json'), 'index.json');
  if (index.schemaVersion !== 2) throw new LayoutError('index.json: schemaVersion is not 2.');
  const manifests = listOf(index.manifests, 'index.json: manifests').map((descriptor, at) => {
    const manifest = jsonOf(follow(descriptor, [mediaTypes.manifest], `manifest ${at}`), `manifest ${at}`);
    if (manifest.schemaVersion !== 2 || manifest.mediaType !== mediaTypes.manifest) {
      throw new LayoutError(`manifest ${at}: schemaVersion or mediaType.`);
    }
    return { descriptor, manifest };
  });
  const images = manifests.filter(({ manifest }) => manifest.subject === undefined);
  const [image, ...others] = images;
  if (image === undefined || others.length > 0) throw new LayoutError('index.json: one image is expected.');

  const config = jsonOf(follow(image.manifest.config as Fields, [mediaTypes.config], 'config'), 'config');
  const diffIds = (config.rootfs as Fields | undefined)?.diff_ids;
  const layers = listOf(image.manifest.layers, 'layers').map((layer, at) => {
    const blob = follow(layer, [mediaTypes.layer, mediaTypes.layerGzip], `layer ${at}`);
    const tar = layer.mediaType === mediaTypes.layerGzip ? gunzipSync(blob) : blob;
    if (!Array.isArray(diffIds) || diffIds[at] !== digestOf(tar)) throw new LayoutError(`layer ${at}: diff id.`);
    return tar;
  });
  if (!Array.isArray(diffIds) || diffIds.length !== layers.length) throw new LayoutError('config: diff_ids.');

  const attached = manifests
    .filter(({ manifest }) => manifest.subject !== undefined)
    .map(({ manifest }) => {
      if ((manifest.subject as Fields).digest !== image.descriptor.digest)
        throw new LayoutError('An artifact refers to no image.');
      const type = manifest.artifactType;
      if (typeof type !== 'string') throw new LayoutError('An artifact without config must have an artifactType.');
      if (follow(manifest.config as Fields, [mediaTypes.empty], 'artifact config').toString() !== '{}') {
        throw new LayoutError('The empty config is {}.');
      }
      const [layer] = listOf(manifest.layers, 'artifact layers');
      return { type, bytes: follow(layer ?? {}, [type], 'artifact layer') };
    });
  const files = new Map(layers.flatMap((tar) => readTar(tar)).map((entry) => [entry.path, entry]));
  return { config, files, attached };
}

function jsonOf(bytes: Buffer, what: string): Fields {
  const value: unknown = JSON.parse(bytes.toString('utf8'));
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new LayoutError(`${what} is not an object.`);
  return value as Fields;
}

function listOf(value: unknown, what: string): readonly Fields[] {
  if (!Array.isArray(value)) throw new LayoutError(`${what} is not a list.`);
  return value as readonly Fields[];
}
