import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import * as der from './der.ts';

/** A certificate and its key, PEM. */
export interface Credentials {
  readonly certificate: string;
  readonly key: string;
}

/** A certificate authority that lives as long as the object does: its key is written nowhere. */
export interface Authority {
  readonly certificate: string;
  /** A certificate for both ends of TLS, for one name. */
  issue(name: { readonly uri: string } | { readonly dns: string }): Credentials;
}

const hour = 60 * 60 * 1000;
/** Long enough for a run; a certificate that outlives the run is worth nothing without its authority. */
const lifetime = 24 * hour;

const oid = {
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
  commonName: '2.5.4.3',
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  serverAuth: '1.3.6.1.5.5.7.3.1',
  clientAuth: '1.3.6.1.5.5.7.3.2',
} as const;

/** Makes an authority (RFC 5280): ECDSA P-256, for this run only. */
export function makeAuthority(commonName: string, now: Date): Authority {
  const keys = newKeys();
  const keyId = keyIdentifier(keys.publicKey);
  const sealed = seal({
    subject: commonName,
    issuer: commonName,
    publicKey: keys.publicKey,
    signer: keys.privateKey,
    now,
    extensions: [
      extension(oid.basicConstraints, true, der.sequence(der.truth(true), der.integer(Buffer.from([0])))),
      // keyCertSign and cRLSign: bits 5 and 6.
      extension(oid.keyUsage, true, der.bits(Buffer.from([0b0000_0110]), 1)),
      extension(oid.subjectKeyIdentifier, false, der.octets(keyId)),
    ],
  });
  return {
    certificate: sealed,
    issue(name) {
      const own = newKeys();
      const altName =
        'uri' in name
          ? der.implicit(6, Buffer.from(name.uri, 'ascii'))
          : der.implicit(2, Buffer.from(name.dns, 'ascii'));
      const certificate = seal({
        subject: 'uri' in name ? '' : name.dns,
        issuer: commonName,
        publicKey: own.publicKey,
        signer: keys.privateKey,
        now,
        extensions: [
          extension(oid.basicConstraints, true, der.sequence()),
          // digitalSignature: bit 0.
          extension(oid.keyUsage, true, der.bits(Buffer.from([0b1000_0000]), 7)),
          extension(
            oid.extendedKeyUsage,
            false,
            der.sequence(der.identifier(oid.serverAuth), der.identifier(oid.clientAuth)),
          ),
          // Without a subject, the alternative name is all there is, and critical (RFC 5280 section 4.2.1.6).
          extension(oid.subjectAltName, 'uri' in name, der.sequence(altName)),
          extension(oid.subjectKeyIdentifier, false, der.octets(keyIdentifier(own.publicKey))),
          extension(oid.authorityKeyIdentifier, false, der.sequence(der.implicit(0, keyId))),
        ],
      });
      return { certificate, key: own.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
    },
  };
}

const newKeys = (): { publicKey: KeyObject; privateKey: KeyObject } =>
  generateKeyPairSync('ec', { namedCurve: 'prime256v1' });

interface Draft {
  readonly subject: string;
  readonly issuer: string;
  readonly publicKey: KeyObject;
  readonly signer: KeyObject;
  readonly now: Date;
  readonly extensions: readonly der.Der[];
}

function seal(draft: Draft): string {
  const algorithm = der.sequence(der.identifier(oid.ecdsaWithSha256));
  const serial = randomBytes(16);
  // Positive and never short (RFC 5280 section 4.1.2.2).
  serial[0] = ((serial[0] as number) & 0x7f) | 0x40;
  const body = der.sequence(
    der.tagged(0, der.integer(Buffer.from([2]))),
    der.integer(serial),
    algorithm,
    nameOf(draft.issuer),
    der.sequence(der.time(new Date(draft.now.getTime() - hour)), der.time(new Date(draft.now.getTime() + lifetime))),
    nameOf(draft.subject),
    draft.publicKey.export({ type: 'spki', format: 'der' }),
    der.tagged(3, der.sequence(...draft.extensions)),
  );
  const whole = der.sequence(body, algorithm, der.bits(sign('sha256', body, draft.signer)));
  const lines = whole.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

function nameOf(commonName: string): der.Der {
  if (commonName === '') return der.sequence();
  return der.sequence(der.set(der.sequence(der.identifier(oid.commonName), der.utf8(commonName))));
}

function extension(id: string, isCritical: boolean, content: der.Der): der.Der {
  return der.sequence(der.identifier(id), ...(isCritical ? [der.truth(true)] : []), der.octets(content));
}

/** SHA-1 over the public key's bits, as RFC 5280 section 4.2.1.2 has it: a name, not a protection. */
function keyIdentifier(key: KeyObject): Buffer {
  const { x, y } = key.export({ format: 'jwk' });
  const point = Buffer.concat([Buffer.from([4]), Buffer.from(x ?? '', 'base64url'), Buffer.from(y ?? '', 'base64url')]);
  return createHash('sha1').update(point).digest();
}
