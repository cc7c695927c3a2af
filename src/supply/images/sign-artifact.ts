import { createHash } from 'node:crypto';
import { type Descriptor, digestOf, type Repository } from '../../azure/registry.ts';
import type { Vault } from '../../azure/vault.ts';
import { Problem } from '../../kernel/errors.ts';
import { derOf } from '../certificates/sign-certificate.ts';

export const signatureType = 'application/vnd.cncf.notary.signature';
const envelopeType = 'application/jose+json';
const emptyType = 'application/vnd.oci.empty.v1+json';
const scheme = 'io.cncf.notary.signingScheme';

export interface Signer {
  readonly vault: Vault;
  /** The certificate whose key signs. */
  readonly certificate: string;
  /** The secret with the certificate of the authority above it, as PEM. */
  readonly authority: string;
}

/**
 * Signs an artifact as the Notary Project does (signature specification, envelope JWS, ES256) with a key that stays in its vault, and puts the
 * signature beside it. One that is signed stays as it is. Throws `SIGNING_CERTIFICATE_MISSING`.
 */
export async function signArtifact(
  repository: Repository,
  artifact: Descriptor,
  signer: Signer,
  now: Date,
): Promise<'signed' | 'kept'> {
  if ((await repository.referrers(artifact.digest, signatureType)).length > 0) return 'kept';
  const { vault } = signer;
  const own = await vault.findCertificate(signer.certificate);
  const authority = await vault.findSecret(signer.authority);
  const key = await vault.findKey(signer.certificate);
  if (own === undefined || authority === undefined || key === undefined) {
    throw new Problem({
      code: 'SIGNING_CERTIFICATE_MISSING',
      message: `The certificate ${signer.certificate} that signs releases, or its authority, is not in the vault.`,
      hint: 'Run the stage that makes it: aks-regulated deploy --stage certificates',
    });
  }
  const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const { mediaType, digest, size } = artifact;
  const payload = encode({ targetArtifact: { mediaType, digest, size } });
  const head = encode({
    alg: 'ES256',
    crit: [scheme],
    cty: 'application/vnd.cncf.notary.payload.v1+json',
    [scheme]: 'notary.x509',
    'io.cncf.notary.signingTime': `${now.toISOString().slice(0, 19)}Z`,
  });
  const hashed = createHash('sha256').update(`${head}.${payload}`).digest();
  const signature = Buffer.from(await vault.sign(key, 'ES256', hashed)).toString('base64url');
  const x5c = [own.cer, derOf(authority.value)];
  const header = { x5c, 'io.cncf.notary.signingAgent': 'aks-regulated' };
  const envelope = Buffer.from(JSON.stringify({ payload, protected: head, header, signature }));
  const thumbprints = x5c.map((der) => createHash('sha256').update(Buffer.from(der, 'base64')).digest('hex'));
  await repository.pushBlob(emptyType, Buffer.from('{}'));
  await repository.pushBlob(envelopeType, envelope);
  await repository.pushManifest({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    artifactType: signatureType,
    config: { mediaType: emptyType, digest: digestOf('{}'), size: 2 },
    layers: [{ mediaType: envelopeType, digest: digestOf(envelope), size: envelope.length }],
    subject: { mediaType, digest, size },
    annotations: {
      'io.cncf.notary.x509chain.thumbprint#S256': JSON.stringify(thumbprints),
      'org.opencontainers.image.created': `${now.toISOString().slice(0, 19)}Z`,
    },
  });
  return 'signed';
}
