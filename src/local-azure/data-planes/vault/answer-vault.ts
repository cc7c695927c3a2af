import type { ArmResource } from '../../../model/resource.ts';
import { noContent, ok, type Reply } from '../../protocol/call.ts';
import { listOf, type Members, membersOf, numberOf, textOf, textsOf } from '../../providers/members.ts';
import { propertiesOf } from '../../providers/resource-form.ts';
import { invalidContent, methodNotAllowed } from '../../service-errors.ts';
import type { World } from '../../world.ts';
import type { DataCall } from '../call.ts';
import { forbidden } from '../reach.ts';
import { bundleOf, deletedOf, itemOf, uriOf } from './bundles.ts';
import { certificateRequest, contentTypeOf, imported, keyOfPolicy, merged } from './certificate-requests.ts';
import { makeKey, signDigest } from './key-material.ts';
import { badParameter, notInVault, objectIsDeleted, objectNotFound } from './vault-errors.ts';
import {
  listObjects,
  type ObjectKind,
  objectKinds,
  purgeObject,
  readObject,
  type StoredKey,
  type StoredObject,
  type StoredVersion,
  versionOf,
  writeObject,
} from './vault-objects.ts';

/** Refuses the caller who has no right to a data action on an object. */
export type Permit = (action: string, kind: ObjectKind, name?: string) => void;

interface VaultCall extends DataCall {
  readonly world: World;
  readonly vault: ArmResource;
  readonly permit: Permit;
  readonly body: Members;
  readonly now: number;
}

/**
 * The data plane of a vault (REST reference, Key Vault 7.5): secrets, keys and certificates with their versions, create, import, sign,
 * soft delete. What is not there is refused by name.
 */
export async function answerVault(world: World, vault: ArmResource, call: DataCall, permit: Permit): Promise<Reply> {
  const asked = {
    ...call,
    world,
    vault,
    permit,
    body: bodyOf(call),
    now: Math.floor(world.clock.now().getTime() / 1000),
  };
  const [area = '', name, ...rest] = call.segments;
  const deleted = objectKinds.find((kind) => area.toLowerCase() === `deleted${kind}`);
  if (deleted !== undefined) return await answerDeleted(asked, deleted, name, rest[0]);
  const kind = objectKinds.find((one) => one === area.toLowerCase());
  if (kind === undefined) throw notInVault(`'${area}' of vaults`);
  if (name === undefined) return listed(asked, kind);
  if (!/^[0-9a-z-]{1,127}$/i.test(name)) {
    throw badParameter(
      `The request URI contains an invalid name: ${name}. Names have 1 to 127 letters, digits and hyphens.`,
    );
  }
  const [verb] = rest;
  if (call.method === 'GET')
    return kind === 'certificates' && verb === 'pending' ? pendingOf(asked, name) : one(asked, kind, name, verb);
  if (call.method === 'PUT' && kind === 'secrets' && verb === undefined) return await setSecret(asked, name);
  if (call.method === 'DELETE' && verb === undefined) return await remove(asked, kind, name);
  if (call.method !== 'POST') throw methodNotAllowed(call.method);
  const word = rest.join('/');
  if (kind === 'keys' && word === 'create') return await createKey(asked, name);
  if (kind === 'keys' && (rest[1] === 'sign' || word === 'sign'))
    return sign(asked, name, rest.length === 2 ? verb : undefined);
  if (kind === 'certificates' && word === 'import') return await importCertificate(asked, name);
  if (kind === 'certificates' && word === 'create') return await createCertificate(asked, name);
  if (kind === 'certificates' && word === 'pending/merge') return await mergeCertificate(asked, name);
  throw notInVault(`'${word}' of ${kind}`);
}

function bodyOf({ bytes }: DataCall): Members {
  if (bytes.length === 0) return {};
  try {
    return membersOf(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    throw invalidContent('The request content was invalid and could not be deserialized.');
  }
}

/** The object under a name: a certificate's key and secret are found by its name. */
function found(call: VaultCall, kind: ObjectKind, name: string): StoredObject {
  const own = readObject(call.world, call.vault, kind, name);
  const object =
    own ?? (kind === 'certificates' ? undefined : readObject(call.world, call.vault, 'certificates', name));
  if (object !== undefined && object.deleted === undefined && object.versions.length > 0) return object;
  if (object === undefined && call.world.resources.get(`${call.vault.id}/${kind}/${name}`) !== undefined) {
    throw notInVault(
      `the content of ${kind} that were made through Azure Resource Manager: of ${name} it holds the name alone`,
    );
  }
  throw objectNotFound(kind, name);
}

function versionIn(object: StoredObject, kind: ObjectKind, version: string | undefined): StoredVersion {
  const found =
    version === undefined || version === ''
      ? object.versions.at(-1)
      : object.versions.find((one) => one.version === version);
  if (found === undefined) throw objectNotFound(kind, `${object.name}/${version}`);
  if (!found.enabled)
    throw forbidden(
      `Operation get is not allowed on a disabled ${kind.slice(0, -1)}.`,
      `${kind === 'secrets' ? 'Secret' : 'Key'}Disabled`,
    );
  return found;
}

function one(call: VaultCall, kind: ObjectKind, name: string, version: string | undefined): Reply {
  call.permit(kind === 'secrets' ? 'getSecret/action' : 'read', kind, name);
  if (version === 'versions') return versions(call, kind, found(call, kind, name));
  const object = found(call, kind, name);
  return ok(bundleOf(call.vault, kind, object, versionIn(object, kind, version)));
}

function versions(call: VaultCall, kind: ObjectKind, object: StoredObject): Reply {
  const value = object.versions
    .map((version) => bundleOf(call.vault, kind, object, version))
    .map(({ value: _, ...rest }) => rest);
  return ok({ value, nextLink: null });
}

function listed(call: VaultCall, kind: ObjectKind): Reply {
  if (call.method !== 'GET') throw methodNotAllowed(call.method);
  call.permit(kind === 'secrets' ? 'readMetadata/action' : 'read', kind);
  const own = listObjects(call.world, call.vault, kind);
  const ofCertificates = kind === 'certificates' ? [] : listObjects(call.world, call.vault, 'certificates');
  const value = [...own, ...ofCertificates]
    .filter((object) => object.deleted === undefined && object.versions.length > 0)
    .map((object) => itemOf(call.vault, kind, object, object.versions.at(-1) as StoredVersion));
  return ok({ value, nextLink: null });
}

/** What a new version has of its request. */
function versionFrom(call: VaultCall, kind: ObjectKind, name: string, count: number): StoredVersion {
  const { attributes, tags, contentType } = call.body;
  const { enabled, exp, nbf } = membersOf(attributes);
  const [expires, notBefore, type] = [numberOf(exp), numberOf(nbf), textOf(contentType)];
  return {
    version: versionOf(call.vault, kind, name, count),
    created: call.now,
    enabled: enabled !== false,
    ...(expires === undefined ? {} : { expires }),
    ...(notBefore === undefined ? {} : { notBefore }),
    ...(tags === undefined ? {} : { tags: membersOf(tags) as Record<string, string> }),
    ...(type === undefined ? {} : { contentType: type }),
  };
}

/** What stands under the name already; a deleted one keeps it. */
function before(call: VaultCall, kind: ObjectKind, name: string): StoredObject {
  const object = readObject(call.world, call.vault, kind, name);
  if (object?.deleted !== undefined) throw objectIsDeleted(kind, name);
  const other = kind === 'certificates' ? undefined : readObject(call.world, call.vault, 'certificates', name);
  if (other !== undefined)
    throw badParameter(`The ${kind.slice(0, -1)} ${name} belongs to a certificate, which alone changes it.`);
  return object ?? { kind, name, versions: [] };
}

async function setSecret(call: VaultCall, name: string): Promise<Reply> {
  call.permit('setSecret/action', 'secrets', name);
  const value = call.body.value;
  if (typeof value !== 'string') throw badParameter('The parameter value is not specified.');
  if (Buffer.byteLength(value) > 25 * 1024) throw badParameter('A secret holds 25 kB at most.');
  const object = before(call, 'secrets', name);
  const version = { ...versionFrom(call, 'secrets', name, object.versions.length + 1), value };
  return await added(call, 'secrets', object, version);
}

async function added(call: VaultCall, kind: ObjectKind, object: StoredObject, version: StoredVersion): Promise<Reply> {
  const { pending: _, ...rest } = object;
  const next = { ...rest, versions: [...object.versions, version] };
  await writeObject(call.world, call.vault, next);
  return ok(bundleOf(call.vault, kind, next, version));
}

async function createKey(call: VaultCall, name: string): Promise<Reply> {
  call.permit('create/action', 'keys', name);
  const { kty, crv, key_size: size, key_ops: operations, attributes } = call.body;
  const type = textOf(kty) ?? '';
  requireTier(call.vault, type);
  const object = before(call, 'keys', name);
  const exportable = membersOf(attributes).exportable === true;
  const key = makeKey(type, textOf(crv) ?? 'P-256', numberOf(size) ?? 2048, textsOf(operations), exportable);
  return await added(call, 'keys', object, { ...versionFrom(call, 'keys', name, object.versions.length + 1), key });
}

function requireTier(vault: ArmResource, kty: string): void {
  if (!kty.endsWith('-HSM') || membersOf(propertiesOf(vault).sku).name === 'premium') return;
  throw badParameter(`A key of type ${kty} needs a vault of the premium tier.`);
}

function sign(call: VaultCall, name: string, version: string | undefined): Reply {
  call.permit('sign/action', 'keys', name);
  const object = found(call, 'keys', name);
  const used = versionIn(object, 'keys', version);
  const key = used.key as StoredKey;
  if (!key.operations.includes('sign'))
    throw forbidden(`Operation sign is not permitted on this key.`, 'KeyOperationForbidden');
  const digest = Buffer.from(textOf(call.body.value) ?? '', 'base64url');
  const value = signDigest(key, textOf(call.body.alg) ?? '', digest).toString('base64url');
  return ok({ kid: `${uriOf(call.vault, 'keys', object.name)}/${used.version}`, value });
}

async function importCertificate(call: VaultCall, name: string): Promise<Reply> {
  call.permit('import/action', 'certificates', name);
  const policy = membersOf(call.body.policy);
  const content = imported(textOf(call.body.value) ?? '', policy);
  const object = before(call, 'certificates', name);
  const version = versionFrom(call, 'certificates', name, object.versions.length + 1);
  return await added(call, 'certificates', object, {
    ...version,
    ...content,
    contentType: contentTypeOf(policy),
    policy,
  });
}

async function createCertificate(call: VaultCall, name: string): Promise<Reply> {
  call.permit('create/action', 'certificates', name);
  const policy = membersOf(call.body.policy);
  const issuer = textOf(membersOf(policy.issuer).name) ?? '';
  if (issuer !== 'Unknown')
    throw notInVault(`the issuer '${issuer}': certificates are created for the issuer 'Unknown', and merged`);
  requireTier(call.vault, textOf(membersOf(policy.key_props).kty) ?? '');
  const object = before(call, 'certificates', name);
  if (object.pending !== undefined) {
    throw badParameter(`The certificate operation of ${name} is in progress: merge it, or delete it.`);
  }
  const key = keyOfPolicy(policy);
  const version = {
    ...versionFrom(call, 'certificates', name, object.versions.length + 1),
    key,
    contentType: contentTypeOf(policy),
    policy,
  };
  const request = await certificateRequest(policy, key);
  const next = { ...object, pending: { version, request } };
  await writeObject(call.world, call.vault, next);
  return { status: 202, body: operationOf(call, next) };
}

function operationOf(call: VaultCall, { name, pending }: StoredObject): Members {
  return {
    id: `${uriOf(call.vault, 'certificates', name)}/pending`,
    issuer: { name: 'Unknown' },
    csr: pending?.request,
    cancellation_requested: false,
    status: 'inProgress',
    status_details: 'Pending certificate created. Please Perform Merge to complete the request.',
    request_id: pending?.version.version,
  };
}

function pendingOf(call: VaultCall, name: string): Reply {
  call.permit('read', 'certificates', name);
  const object = readObject(call.world, call.vault, 'certificates', name);
  if (object?.pending === undefined || object.deleted !== undefined)
    throw objectNotFound('certificates', `${name}/pending`);
  return ok(operationOf(call, object));
}

async function mergeCertificate(call: VaultCall, name: string): Promise<Reply> {
  call.permit('create/action', 'certificates', name);
  const object = readObject(call.world, call.vault, 'certificates', name);
  if (object?.pending === undefined || object.deleted !== undefined)
    throw objectNotFound('certificates', `${name}/pending`);
  const chain = listOf(call.body.x5c).map(String);
  const version = merged(object.pending.version, chain, call.now);
  const reply = await added(call, 'certificates', object, version);
  return { ...reply, status: 201 };
}

async function remove(call: VaultCall, kind: ObjectKind, name: string): Promise<Reply> {
  call.permit('delete', kind, name);
  const object = readObject(call.world, call.vault, kind, name);
  if (object === undefined || object.deleted !== undefined) throw objectNotFound(kind, name);
  const last = object.versions.at(-1);
  if (last === undefined) throw badParameter(`The certificate ${name} is still being created.`);
  const gone = { ...object, deleted: call.now };
  await writeObject(call.world, call.vault, gone);
  return ok(deletedOf(call.vault, kind, gone, bundleOf(call.vault, kind, gone, last)));
}

async function answerDeleted(
  call: VaultCall,
  kind: ObjectKind,
  name: string | undefined,
  verb: string | undefined,
): Promise<Reply> {
  const shown = (object: StoredObject): Members =>
    deletedOf(call.vault, kind, object, itemOf(call.vault, kind, object, object.versions.at(-1) as StoredVersion));
  if (name === undefined) {
    call.permit(kind === 'secrets' ? 'readMetadata/action' : 'read', kind);
    const all = listObjects(call.world, call.vault, kind).filter((object) => object.deleted !== undefined);
    return ok({ value: all.map(shown), nextLink: null });
  }
  const object = readObject(call.world, call.vault, kind, name);
  if (object?.deleted === undefined) throw objectNotFound(kind, name);
  if (call.method === 'GET') {
    call.permit(kind === 'secrets' ? 'readMetadata/action' : 'read', kind, name);
    return ok(shown(object));
  }
  if (call.method === 'POST' && verb === 'recover') {
    call.permit('recover/action', kind, name);
    const { deleted: _, ...living } = object;
    await writeObject(call.world, call.vault, living);
    return ok(itemOf(call.vault, kind, living, living.versions.at(-1) as StoredVersion));
  }
  if (call.method !== 'DELETE') throw methodNotAllowed(call.method);
  call.permit('purge/action', kind, name);
  if (propertiesOf(call.vault).enablePurgeProtection === true) {
    throw forbidden(`Operation "purge" is not enabled for this vault.`, 'AccessDenied');
  }
  await purgeObject(call.world, call.vault, object);
  return noContent;
}
