import { createPrivateKey, webcrypto, X509Certificate } from 'node:crypto';
import { ensureReflectMetadata } from '../../../kernel/reflect-metadata.ts';
import { type Members, membersOf, textOf, textsOf } from '../../providers/members.ts';
import { makeKey, publicKeyOf } from './key-material.ts';
import { badParameter, notInVault } from './vault-errors.ts';
import type { StoredKey, StoredVersion } from './vault-objects.ts';

/** The key of a new certificate, as its policy asks for it. */
export function keyOfPolicy(policy: Members): StoredKey {
  const { kty, crv, key_size: bits, exportable } = membersOf(policy.key_props);
  const size = typeof bits === 'number' ? bits : 2048;
  return makeKey(textOf(kty) ?? 'RSA', textOf(crv) ?? 'P-256', size, [], exportable !== false);
}

export function contentTypeOf(policy: Members): string {
  return textOf(membersOf(policy.secret_props).contentType) ?? 'application/x-pkcs12';
}

/** A request for a certificate (PKCS #10, DER in base64): subject and names of the policy, signed with the new key. */
export async function certificateRequest(policy: Members, key: StoredKey): Promise<string> {
  const { subject, sans } = membersOf(policy.x509_props);
  const name = textOf(subject);
  if (name === undefined) throw badParameter('Property x509_props.subject has invalid value.');
  ensureReflectMetadata();
  const x509 = await import('@peculiar/x509');
  const isEc = key.kty.startsWith('EC');
  const { crv } = publicKeyOf(key).export({ format: 'jwk' });
  const hash = crv === 'P-384' ? 'SHA-384' : 'SHA-256';
  const algorithm = isEc
    ? { name: 'ECDSA', namedCurve: String(crv), hash }
    : { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  const { subtle } = webcrypto;
  const pkcs8 = createPrivateKey(key.pem).export({ format: 'der', type: 'pkcs8' });
  const spki = publicKeyOf(key).export({ format: 'der', type: 'spki' });
  const privateKey = await subtle.importKey('pkcs8', pkcs8, algorithm, false, ['sign']);
  const publicKey = await subtle.importKey('spki', spki, algorithm, true, ['verify']);
  const names = textsOf(membersOf(sans).dns_names).map((value) => ({ type: 'dns' as const, value }));
  const request = await x509.Pkcs10CertificateRequestGenerator.create(
    {
      name,
      keys: { privateKey, publicKey },
      signingAlgorithm: algorithm,
      extensions: names.length === 0 ? [] : [new x509.SubjectAlternativeNameExtension(names)],
    },
    webcrypto,
  );
  return Buffer.from(request.rawData).toString('base64');
}

/** The issued certificate joined with the key that waited for it; it must be of that very key. */
export function merged(pending: StoredVersion, chain: readonly string[], now: number): StoredVersion {
  const own = parsed(chain[0]);
  const key = pending.key as StoredKey;
  if (!own.checkPrivateKey(createPrivateKey(key.pem))) {
    throw badParameter(
      'Property x5c has invalid value: X5C must have at least one valid item: the public key of the end-entity certificate in the specified X.509 certificate content does not match the public part of the specified private key.',
    );
  }
  for (const der of chain.slice(1)) parsed(der);
  return { ...pending, chain, ...lifeOf(own), created: now };
}

/** A PEM text with a private key and its certificate, chain behind it, as an import takes it. */
export function imported(pem: string, policy: Members): Pick<StoredVersion, 'key' | 'chain' | 'expires' | 'notBefore'> {
  if (contentTypeOf(policy) !== 'application/x-pem-file' || !pem.includes('-----BEGIN')) {
    throw notInVault('the import of PKCS #12: give PEM with secret_props.contentType application/x-pem-file');
  }
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
  const keyText = /-----BEGIN PRIVATE KEY-----[\s\S]+?-----END PRIVATE KEY-----\n?/.exec(pem)?.[0];
  if (keyText === undefined || blocks.length === 0) {
    throw badParameter('The specified PEM X.509 certificate content can not be read: key in PKCS #8 and certificates.');
  }
  const chain = blocks.map((block) => block.replace(/-----[^-]+-----|\s/g, ''));
  const own = parsed(chain[0]);
  let key: ReturnType<typeof createPrivateKey>;
  try {
    key = createPrivateKey(keyText);
  } catch {
    throw badParameter('The specified PEM X.509 certificate content holds a private key that cannot be read.');
  }
  if (!own.checkPrivateKey(key)) {
    throw badParameter(
      'The specified PEM X.509 certificate content is in an unexpected format: the key is of another certificate.',
    );
  }
  const kty = key.asymmetricKeyType === 'ec' ? 'EC' : 'RSA';
  const exportable = membersOf(policy.key_props).exportable !== false;
  const stored = { kty, pem: keyText, operations: ['sign', 'verify'], exportable };
  return { key: stored, chain, ...lifeOf(own) };
}

function parsed(der: string | undefined): X509Certificate {
  try {
    return new X509Certificate(Buffer.from(der ?? '', 'base64'));
  } catch {
    throw badParameter('Property x5c has invalid value: it holds no X.509 certificate.');
  }
}

const lifeOf = (certificate: X509Certificate): { readonly notBefore: number; readonly expires: number } => ({
  notBefore: Math.floor(Date.parse(certificate.validFrom) / 1000),
  expires: Math.floor(Date.parse(certificate.validTo) / 1000),
});
