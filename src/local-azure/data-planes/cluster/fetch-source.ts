import type { ArmResource } from '../../../model/resource.ts';
import { mayUse } from '../../providers/data-roles.ts';
import { listOf, type Members, membersOf, textOf } from '../../providers/members.ts';
import { propertiesOf } from '../../providers/resource-form.ts';
import { scopeOf } from '../../providers/service-checks.ts';
import { providerContext, type World } from '../../world.ts';
import { manifestsOf, readBlob, readManifest } from '../registry/registry-content.ts';
import { readArchive } from './archive.ts';
import { faultOfSignature } from './verify-signature.ts';

/** Where the source of a configuration lies: `oci://REGISTRY.azurecr.io/REPOSITORY`. */
export interface SourcePlace {
  readonly registry: ArmResource;
  readonly repository: string;
  readonly tag: string;
}

export interface FetchedSource {
  /** `TAG@sha256:…`, as Flux writes it. */
  readonly revision: string;
  readonly files: ReadonlyMap<string, string>;
}

const layerType = 'application/vnd.cncf.flux.content.v1.tar+gzip';
const signatureType = 'application/vnd.cncf.notary.signature';

/** Undefined where it is not an artifact in a registry that is here. */
export function sourceOf(world: World, configuration: ArmResource): SourcePlace | undefined {
  const source = membersOf(propertiesOf(configuration).ociRepository);
  const [, name, repository] = /^oci:\/\/([a-z0-9]+)\.azurecr\.io\/(.+)$/i.exec(textOf(source.url) ?? '') ?? [];
  const registry = world.resources
    .ofType('Microsoft.ContainerRegistry/registries')
    .find((one) => one.name.toLowerCase() === name?.toLowerCase());
  if (registry === undefined || repository === undefined) return undefined;
  return { registry, repository, tag: textOf(membersOf(source.repositoryRef).tag) ?? 'latest' };
}

/** What Flux's source controller does: fetches the artifact with its identity, verifies who signed it, unpacks it. Throws an `Error` that says why not. */
export function fetchSource(world: World, configuration: ArmResource, place: SourcePlace): FetchedSource {
  const { registry, repository, tag } = place;
  const source = membersOf(propertiesOf(configuration).ociRepository);
  const fault =
    source.useWorkloadIdentity === true
      ? faultOfIdentity(world, configuration, place)
      : 'the registry takes identities only';
  if (fault !== undefined) throw new Error(`failed to fetch ${String(source.url)}: ${fault}`);
  const manifest = readManifest(world, registry, repository, tag);
  if (manifest?.content === undefined)
    throw new Error(`failed to determine artifact digest: ${repository}:${tag} is not found`);
  verifySigner(world, place, membersOf(source.verify), manifest.digest);
  const layers = listOf(membersOf(JSON.parse(manifest.content)).layers).map(membersOf);
  const layer = layers.find(({ mediaType }) => mediaType === layerType) ?? layers[0];
  const content = readBlob(world, registry, String(layer?.digest));
  if (content === undefined) throw new Error(`the content of ${repository}:${tag} is not there`);
  return { revision: `${tag}@${manifest.digest}`, files: readArchive(content) };
}

function verifySigner(world: World, { registry, repository }: SourcePlace, verify: Members, digest: string): void {
  if (Object.keys(verify).length === 0) return;
  if (verify.provider !== 'notation') throw new Error(`local Azure does not verify with ${String(verify.provider)}`);
  const authority = Buffer.from(textOf(membersOf(verify.verificationConfig)['ca.crt']) ?? '', 'base64').toString(
    'utf8',
  );
  const signatures = manifestsOf(world, registry, repository).filter(
    (one) => one.subject === digest && one.artifactType === signatureType && one.content !== undefined,
  );
  const faults = signatures.map(({ content }) => {
    const [layer] = listOf(membersOf(JSON.parse(content ?? '{}')).layers).map(membersOf);
    const envelope = readBlob(world, registry, String(layer?.digest));
    return envelope === undefined
      ? 'a signature has no content'
      : faultOfSignature(envelope, digest, authority, world.clock.now());
  });
  if (faults.includes(undefined)) return;
  throw new Error(
    `failed to verify the signature using provider 'notation': ${faults[0] ?? 'nobody has signed the artifact'}`,
  );
}

/** Flux's pods have the identity that its extension names, once that identity trusts their account and may read the repository. */
function faultOfIdentity(world: World, configuration: ArmResource, { registry }: SourcePlace): string | undefined {
  const context = providerContext(world, undefined);
  const cluster = scopeOf(configuration.id).toLowerCase();
  const extension = context.view
    .ofType('Microsoft.KubernetesConfiguration/extensions')
    .find(
      ({ id, properties }) => scopeOf(id).toLowerCase() === cluster && properties?.extensionType === 'microsoft.flux',
    );
  const clientId = membersOf(propertiesOf(extension).configurationSettings)['workloadIdentity.azureClientId'];
  const identity = context.view
    .ofType('Microsoft.ManagedIdentity/userAssignedIdentities')
    .find((one) => propertiesOf(one).clientId === clientId);
  if (identity === undefined) return 'Flux’s extension names no identity that is there';
  const account = `system:serviceaccount:flux-system:${textOf(membersOf(propertiesOf(configuration).ociRepository).serviceAccountName) ?? 'source-controller'}`;
  const trusts = context.view
    .children(identity.id, 'federatedIdentityCredentials')
    .some((credential) => propertiesOf(credential).subject === account);
  if (!trusts) return `the identity ${identity.name} trusts no ${account}`;
  const action = 'Microsoft.ContainerRegistry/registries/repositories/content/read';
  if (mayUse(String(propertiesOf(identity).principalId), action, registry.id, context)) return undefined;
  return `the identity ${identity.name} may not read from ${registry.name}`;
}
