import { randomUUID } from 'node:crypto';
import type { ArmResource } from '../../../model/resource.ts';
import { ok, type Reply } from '../../protocol/call.ts';
import { listOf, membersOf, textOf } from '../../providers/members.ts';
import type { World } from '../../world.ts';
import type { DataCall } from '../call.ts';
import {
  contentDigest,
  manifestChanges,
  manifestsOf,
  readBlob,
  readManifest,
  type StoredManifest,
  tagsOf,
  writeBlob,
} from './registry-content.ts';
import { registryError } from './registry-errors.ts';

/** Refuses the caller who has no right to a data action in a repository. */
export type RegistryPermit = (action: string) => void;

interface RegistryCall extends DataCall {
  readonly world: World;
  readonly registry: ArmResource;
  readonly repository: string;
  readonly permit: RegistryPermit;
}

const base = { 'docker-distribution-api-version': 'registry/2.0' } as const;
const indexType = 'application/vnd.oci.image.index.v1+json';

/** The OCI distribution API 1.1 of one registry: blobs and manifests are pushed and pulled, referrers listed. */
export async function answerRegistry(
  world: World,
  registry: ArmResource,
  call: DataCall,
  permit: RegistryPermit,
): Promise<Reply> {
  const [version, ...path] = call.segments;
  if (version !== 'v2') throw registryError(404, 'NAME_UNKNOWN', `There is nothing at '${call.url.pathname}'.`);
  if (path.length === 0) return ok({}, base);
  const at = path.findLastIndex((word) => ['blobs', 'manifests', 'tags', 'referrers'].includes(word));
  const repository = path.slice(0, at).join('/');
  const [kind, ...rest] = path.slice(at);
  if (at < 1 || !/^[a-z0-9]+((\.|_|__|-+|\/)[a-z0-9]+)*$/.test(repository)) {
    throw registryError(400, 'NAME_INVALID', `invalid repository name: '${repository}'`);
  }
  const asked = { ...call, world, registry, repository, permit };
  const isRead = call.method === 'GET' || call.method === 'HEAD';
  permit(`content/${isRead ? 'read' : 'write'}`);
  if (kind === 'blobs' && rest[0] === 'uploads') return await upload(asked);
  if (kind === 'blobs' && isRead) return blob(asked, rest[0] ?? '');
  if (kind === 'manifests' && isRead) return manifest(asked, rest[0] ?? '');
  if (kind === 'manifests' && call.method === 'PUT') return await putManifest(asked, rest[0] ?? '');
  if (kind === 'tags' && isRead) return ok({ name: repository, tags: tagsOf(world, registry, repository) }, base);
  if (kind === 'referrers' && isRead) return referrers(asked, rest[0] ?? '');
  throw registryError(405, 'UNSUPPORTED', `Local Azure does not model ${call.method} of ${kind ?? 'that'}.`);
}

function blob({ world, registry }: RegistryCall, digest: string): Reply {
  const content = readBlob(world, registry, digest);
  if (content === undefined) throw registryError(404, 'BLOB_UNKNOWN', `blob ${digest} is unknown to registry`);
  const headers = { ...base, 'content-type': 'application/octet-stream', 'docker-content-digest': digest };
  return { status: 200, bytes: content, headers };
}

/** A session begins with POST and ends with the whole content in one PUT; content in pieces is refused. */
async function upload({ world, registry, repository, method, url, bytes }: RegistryCall): Promise<Reply> {
  const location = `/v2/${repository}/blobs/uploads/${randomUUID()}`;
  const digest = url.searchParams.get('digest');
  if (method === 'POST' && digest === null) return { status: 202, headers: { ...base, location, range: '0-0' } };
  if (digest === null || (method !== 'PUT' && method !== 'POST')) {
    throw registryError(
      405,
      'UNSUPPORTED',
      'Local Azure takes the content of a blob whole, in the PUT that ends the upload.',
    );
  }
  const content = Buffer.from(bytes);
  if (contentDigest(content) !== digest) {
    throw registryError(400, 'DIGEST_INVALID', 'provided digest did not match uploaded content');
  }
  await writeBlob(world, registry, digest, content);
  const at = `/v2/${repository}/blobs/${digest}`;
  return { status: 201, headers: { ...base, location: at, 'docker-content-digest': digest } };
}

function manifest({ world, registry, repository, method }: RegistryCall, reference: string): Reply {
  const found = readManifest(world, registry, repository, reference);
  if (found === undefined) {
    throw registryError(404, 'MANIFEST_UNKNOWN', `manifest tagged by "${reference}" is not found`);
  }
  const headers = { ...base, 'content-type': found.mediaType, 'docker-content-digest': found.digest };
  if (found.content === undefined && method !== 'HEAD') {
    throw registryError(
      501,
      'UNSUPPORTED',
      `Local Azure holds the name and digest of ${repository}@${found.digest} alone: it was imported from ${found.source ?? 'elsewhere'}, which cannot be reached from here.`,
    );
  }
  return { status: 200, bytes: Buffer.from(found.content ?? ''), headers };
}

async function putManifest(call: RegistryCall, reference: string): Promise<Reply> {
  const { world, registry, repository } = call;
  const text = Buffer.from(call.bytes).toString('utf8');
  const digest = contentDigest(call.bytes);
  if (reference.startsWith('sha256:') && reference !== digest) {
    throw registryError(400, 'DIGEST_INVALID', 'provided digest did not match uploaded content');
  }
  const value = parsed(text);
  const named = [value.config, ...listOf(value.layers)].map(membersOf);
  const missing = named.find((one) => readBlob(world, registry, String(one.digest)) === undefined);
  if (missing !== undefined) {
    throw registryError(400, 'MANIFEST_BLOB_UNKNOWN', `blob ${String(missing.digest)} is unknown to registry`);
  }
  const subject = textOf(membersOf(value.subject).digest);
  // Without a type of its own an artifact has that of its configuration (image specification, "Guidelines for Artifact Usage").
  const artifactType = textOf(value.artifactType) ?? textOf(membersOf(value.config).mediaType);
  const stored: StoredManifest = {
    digest,
    mediaType: call.headers.get('content-type') ?? 'application/vnd.oci.image.manifest.v1+json',
    content: text,
    ...(artifactType === undefined ? {} : { artifactType }),
    ...(subject === undefined ? {} : { subject }),
  };
  await world.store.transact(
    manifestChanges(registry, repository, stored, reference.startsWith('sha256:') ? [] : [reference]),
  );
  const headers = { ...base, location: `/v2/${repository}/manifests/${digest}`, 'docker-content-digest': digest };
  return { status: 201, headers: subject === undefined ? headers : { ...headers, 'oci-subject': subject } };
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    const value = membersOf(JSON.parse(text));
    if (value.schemaVersion === 2) return value;
  } catch {
    // Told below.
  }
  throw registryError(400, 'MANIFEST_INVALID', 'manifest invalid');
}

function referrers({ world, registry, repository, url }: RegistryCall, digest: string): Reply {
  const wanted = url.searchParams.get('artifactType');
  const manifests = manifestsOf(world, registry, repository)
    .filter(({ subject, artifactType }) => subject === digest && (wanted === null || artifactType === wanted))
    .map(({ mediaType, digest: own, content = '', artifactType }) => ({
      mediaType,
      digest: own,
      size: Buffer.byteLength(content),
      ...(artifactType === undefined ? {} : { artifactType }),
      annotations: membersOf(parsed(content).annotations),
    }));
  const body = { schemaVersion: 2, mediaType: indexType, manifests };
  const filtered: Record<string, string> = wanted === null ? {} : { 'oci-filters-applied': 'artifactType' };
  return {
    status: 200,
    bytes: Buffer.from(JSON.stringify(body)),
    headers: { ...base, ...filtered, 'content-type': indexType },
  };
}
