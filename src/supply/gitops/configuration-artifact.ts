import { type Descriptor, digestOf, type Repository } from '../../azure/registry.ts';
import { archiveOf } from './archive.ts';

/** The media types by which Flux knows its artifacts (fluxcd, "OCI artifacts"). */
const layerType = 'application/vnd.cncf.flux.content.v1.tar+gzip';
const configType = 'application/vnd.cncf.flux.config.v1+json';

/** An artifact before it is pushed. */
export interface ConfigurationArtifact {
  readonly manifest: Readonly<Record<string, unknown>>;
  /** Of the manifest. */
  readonly descriptor: Descriptor;
  readonly content: Uint8Array;
}

const manifestType = 'application/vnd.oci.image.manifest.v1+json';
const emptyConfig = Buffer.from('{}');

/** A tree as the artifact that Flux takes. The same tree gives the same digest. */
export function configurationArtifact(files: ReadonlyMap<string, string>): ConfigurationArtifact {
  const content = archiveOf(files);
  const manifest = {
    schemaVersion: 2,
    mediaType: manifestType,
    config: { mediaType: configType, digest: digestOf(emptyConfig), size: emptyConfig.length },
    layers: [{ mediaType: layerType, digest: digestOf(content), size: content.length }],
    annotations: {
      'org.opencontainers.image.revision': digestOf(content),
      'org.opencontainers.image.source': 'aks-regulated',
    },
  };
  const text = JSON.stringify(manifest);
  const descriptor = { mediaType: manifestType, digest: digestOf(text), size: Buffer.byteLength(text) };
  return { manifest, descriptor, content };
}

/** Pushes it by its digest; the tag follows once the signature is there, so that nobody takes it unsigned. */
export async function pushConfiguration(repository: Repository, artifact: ConfigurationArtifact): Promise<void> {
  await repository.pushBlob(configType, emptyConfig);
  await repository.pushBlob(layerType, artifact.content);
  await repository.pushManifest(artifact.manifest);
}
