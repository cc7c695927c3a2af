import { createHash, createPublicKey, randomBytes, webcrypto } from 'node:crypto';
import type { Vault, VaultKey } from '../../azure/vault.ts';
import { Problem } from '../../kernel/errors.ts';
import { ensureReflectMetadata } from '../../kernel/reflect-metadata.ts';

type X509 = typeof import('@peculiar/x509');

/** The library; it is loaded when it is needed. */
export async function loadX509(): Promise<X509> {
  ensureReflectMetadata();
  return await import('@peculiar/x509');
}

/** Every key that we make is on this curve: 128 bits of strength, and each client that we know takes it. */
export const curve = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

/** An authority at work: its own certificate, and signatures by the key in the vault. */
export interface Issuer {
  /** PEM. */
  readonly certificate: string;
  readonly vault: Vault;
  readonly key: VaultKey;
}

export interface CertificateContent {
  readonly subject: string;
  /** DER of the SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array;
  readonly use: 'authority' | 'server' | 'signing';
  /** Of an authority. */
  readonly pathLength?: number;
  readonly dnsNames?: readonly string[];
  readonly now: Date;
  readonly validityMonths: number;
}

/** Clocks of clients may be behind. */
const leeway = 5 * 60_000;

/**
 * A certificate as PEM, signed in the vault (RFC 5280): an authority may sign certificates alone, everything else no certificate at all.
 * Without `issuer.certificate` it signs itself.
 */
export async function signCertificate(
  content: CertificateContent,
  issuer: Omit<Issuer, 'certificate'> & { readonly certificate?: string },
): Promise<string> {
  const x509 = await loadX509();
  const { vault, key } = issuer;
  const above = issuer.certificate === undefined ? undefined : new x509.X509Certificate(issuer.certificate);
  const notBefore = new Date(content.now.getTime() - leeway);
  const notAfter = new Date(content.now);
  notAfter.setUTCMonth(notAfter.getUTCMonth() + content.validityMonths);
  const isAuthority = content.use === 'authority';
  const own = new x509.PublicKey(content.publicKey as Uint8Array<ArrayBuffer>);
  const { keyCertSign, cRLSign, digitalSignature } = x509.KeyUsageFlags;
  const names = (content.dnsNames ?? []).map((value) => ({ type: 'dns' as const, value }));
  const certificate = await x509.X509CertificateGenerator.create(
    {
      serialNumber: serialNumber(),
      subject: content.subject,
      issuer: above?.subject ?? content.subject,
      notBefore,
      notAfter: above !== undefined && above.notAfter < notAfter ? above.notAfter : notAfter,
      signingAlgorithm: curve,
      publicKey: own,
      signingKey: { algorithm: curve, type: 'private', extractable: false, usages: ['sign'] },
      extensions: [
        isAuthority
          ? new x509.BasicConstraintsExtension(true, content.pathLength ?? 0, true)
          : new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(isAuthority ? keyCertSign | cRLSign : digitalSignature, true),
        ...(content.use === 'server' ? [new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth])] : []),
        ...(content.use === 'signing' ? [new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.codeSigning])] : []),
        ...(names.length === 0 ? [] : [new x509.SubjectAlternativeNameExtension(names)]),
        await x509.SubjectKeyIdentifierExtension.create(own, false, webcrypto),
        await x509.AuthorityKeyIdentifierExtension.create(above?.publicKey ?? own, false, webcrypto),
      ],
    },
    cryptoOf(vault, key),
  );
  return `${certificate.toString('pem')}\n`;
}

/** What the library calls when it signs: the digest goes to the vault, the key stays there. */
function cryptoOf(vault: Vault, key: VaultKey): typeof webcrypto {
  const sign = async (_algorithm: unknown, _key: unknown, data: ArrayBuffer): Promise<ArrayBuffer> => {
    const digest = createHash('sha256').update(Buffer.from(data)).digest();
    return Uint8Array.from(await vault.sign(key, 'ES256', digest)).buffer;
  };
  const subtle = new Proxy(webcrypto.subtle, {
    get: (target, member) => (member === 'sign' ? sign : Reflect.get(target, member).bind(target)),
  });
  return new Proxy(webcrypto, {
    get: (target, member) => (member === 'subtle' ? subtle : Reflect.get(target, member)),
  });
}

/** 16 random bytes, positive (RFC 5280 section 4.1.2.2). */
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] as number) & 0x7f) | 0x40;
  return bytes.toString('hex');
}

/** The public half of a key in a vault, as a certificate holds it. Throws `VAULT_KEY_UNSUITABLE`. */
export function publicKeyOf(name: string, { kty, crv, x, y }: VaultKey): Uint8Array {
  if (!kty.startsWith('EC') || crv !== 'P-256' || x === undefined || y === undefined) {
    throw new Problem({
      code: 'VAULT_KEY_UNSUITABLE',
      message: `The key ${name} is of type ${kty}${crv === undefined ? '' : ` on ${crv}`}, not EC on P-256.`,
      hint: 'Somebody else made it: give it another name, or take it out of the vault.',
    });
  }
  return createPublicKey({ key: { kty: 'EC', crv, x, y }, format: 'jwk' }).export({ format: 'der', type: 'spki' });
}

/** PEM of a certificate in DER, and the other way round; both in base64. */
export const pemOf = (der: string): string =>
  `-----BEGIN CERTIFICATE-----\n${der.replace(/.{64}(?=.)/g, '$&\n')}\n-----END CERTIFICATE-----\n`;
export const derOf = (pem: string): string => pem.replace(/-----[^-]+-----|\s/g, '');
