import { createHash } from 'node:crypto';
import type { ArmResource } from '../../../model/resource.ts';
import { defined, numberOf } from '../../providers/members.ts';
import { propertiesOf } from '../../providers/resource-form.ts';
import { publicJwk } from './key-material.ts';
import { notInVault } from './vault-errors.ts';
import type { ObjectKind, StoredKey, StoredObject, StoredVersion } from './vault-objects.ts';

/** What a vault shows of one version: bundles of the REST reference, api-version 7.5. */
export type Bundle = Readonly<Record<string, unknown>>;

export const uriOf = (vault: ArmResource, kind: ObjectKind, name: string): string =>
  `https://${vault.name.toLowerCase()}.vault.azure.net/${kind}/${name}`;

const day = 24 * 60 * 60;
const retention = (vault: ArmResource): number => numberOf(propertiesOf(vault).softDeleteRetentionInDays) ?? 90;

function attributesOf(vault: ArmResource, version: StoredVersion): Bundle {
  const isProtected = propertiesOf(vault).enablePurgeProtection === true;
  return defined({
    enabled: version.enabled,
    nbf: version.notBefore,
    exp: version.expires,
    created: version.created,
    updated: version.created,
    recoveryLevel: isProtected ? 'Recoverable' : 'Recoverable+Purgeable',
    recoverableDays: retention(vault),
  });
}

/** `x5t`: SHA-1 of the certificate, as the field is defined (RFC 7517 section 4.8). */
const thumbprint = (certificate: string): string =>
  createHash('sha1').update(Buffer.from(certificate, 'base64')).digest('base64url');

/** What a list holds of an object: no value, no version. */
export function itemOf(vault: ArmResource, kind: ObjectKind, object: StoredObject, version: StoredVersion): Bundle {
  const id = uriOf(vault, kind, object.name);
  return defined({
    [kind === 'keys' ? 'kid' : 'id']: id,
    attributes: attributesOf(vault, version),
    tags: version.tags,
    contentType: kind === 'secrets' ? version.contentType : undefined,
    x5t: kind === 'certificates' ? thumbprint(version.chain?.[0] ?? '') : undefined,
    managed: object.kind === 'certificates' && kind !== 'certificates' ? true : undefined,
  });
}

export function bundleOf(vault: ArmResource, kind: ObjectKind, object: StoredObject, version: StoredVersion): Bundle {
  const id = `${uriOf(vault, kind, object.name)}/${version.version}`;
  const attributes = attributesOf(vault, version);
  const { tags } = version;
  const isOfCertificate = object.kind === 'certificates';
  if (kind === 'keys') {
    const key = { kid: id, ...publicJwk(version.key as StoredKey) };
    return defined({ key, attributes, tags, managed: isOfCertificate ? true : undefined });
  }
  if (kind === 'secrets') {
    const kid = isOfCertificate ? `${uriOf(vault, 'keys', object.name)}/${version.version}` : undefined;
    const value = isOfCertificate ? secretOfCertificate(version) : version.value;
    return defined({
      value,
      id,
      contentType: version.contentType,
      attributes,
      tags,
      kid,
      managed: kid === undefined ? undefined : true,
    });
  }
  const own = version.chain?.[0] ?? '';
  return defined({
    id,
    kid: `${uriOf(vault, 'keys', object.name)}/${version.version}`,
    sid: `${uriOf(vault, 'secrets', object.name)}/${version.version}`,
    x5t: thumbprint(own),
    cer: own,
    attributes,
    tags,
    policy: version.policy,
  });
}

/** A certificate's secret: the whole chain, and before it the key where that may leave the vault. */
function secretOfCertificate(version: StoredVersion): string {
  if (version.contentType !== 'application/x-pem-file') {
    throw notInVault('PKCS #12: it holds the key and certificates apart, and makes no container of them');
  }
  const certificates = (version.chain ?? []).map(
    (der) => `-----BEGIN CERTIFICATE-----\n${der.replace(/.{64}(?=.)/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
  );
  return [version.key?.exportable === true ? version.key.pem : '', ...certificates].join('');
}

/** A deleted object: what it was, and until when it can be recovered. */
export function deletedOf(vault: ArmResource, kind: ObjectKind, object: StoredObject, bundle: Bundle): Bundle {
  const { value: _, ...rest } = bundle;
  const deletedDate = object.deleted ?? 0;
  return {
    recoveryId: `https://${vault.name.toLowerCase()}.vault.azure.net/deleted${kind}/${object.name}`,
    deletedDate,
    scheduledPurgeDate: deletedDate + retention(vault) * day,
    ...rest,
  };
}
