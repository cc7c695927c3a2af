import { randomBytes, webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import { ensureReflectMetadata } from '../../../src/kernel/reflect-metadata.ts';

/** A certificate and its private key, PEM. */
export interface Credentials {
  readonly certificate: string;
  readonly key: string;
}

/** Whom a certificate names. Kubernetes reads the user from the common name and the groups from the organization. */
export interface Subject {
  readonly commonName: string;
  readonly organization?: string;
  /** DNS names and IP addresses under which a server is reached. */
  readonly names?: readonly string[];
}

export interface Authority {
  readonly certificate: string;
  issue(subject: Subject): Promise<Credentials>;
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const hour = 60 * 60 * 1000;
const distinguishedName = ({ commonName, organization }: Subject): string =>
  organization === undefined ? `CN=${commonName}` : `CN=${commonName}, O=${organization}`;

/** A certificate authority for one run: its key is written nowhere. */
export async function makeAuthority(commonName: string): Promise<Authority> {
  ensureReflectMetadata();
  const x509 = await import('@peculiar/x509');
  const life = { notBefore: new Date(Date.now() - hour), notAfter: new Date(Date.now() + 24 * hour) };
  const keys = await newKeys();
  const root = await x509.X509CertificateGenerator.createSelfSigned(
    {
      ...life,
      serialNumber: serialNumber(),
      name: `CN=${commonName}`,
      signingAlgorithm: algorithm,
      keys,
      extensions: [
        new x509.BasicConstraintsExtension(true, 0, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
        await x509.SubjectKeyIdentifierExtension.create(keys.publicKey, false, webcrypto),
      ],
    },
    webcrypto,
  );
  return {
    certificate: pem(root.toString('pem')),
    async issue(subject) {
      const own = await newKeys();
      const names = (subject.names ?? []).map(
        (value) => ({ type: isIP(value) === 0 ? 'dns' : 'ip', value }) as { type: 'dns' | 'ip'; value: string },
      );
      const certificate = await x509.X509CertificateGenerator.create(
        {
          ...life,
          serialNumber: serialNumber(),
          subject: distinguishedName(subject),
          issuer: root.subject,
          signingAlgorithm: algorithm,
          publicKey: own.publicKey,
          signingKey: keys.privateKey,
          extensions: [
            new x509.BasicConstraintsExtension(false, undefined, true),
            new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
            new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth, x509.ExtendedKeyUsage.clientAuth]),
            ...(names.length === 0 ? [] : [new x509.SubjectAlternativeNameExtension(names)]),
          ],
        },
        webcrypto,
      );
      return { certificate: pem(certificate.toString('pem')), key: await privatePem(own.privateKey) };
    },
  };
}

/** A key pair for signing tokens; PEM. */
export async function newSigningKey(): Promise<{ readonly publicKey: string; readonly privateKey: string }> {
  const keys = await newKeys();
  const spki = Buffer.from(await webcrypto.subtle.exportKey('spki', keys.publicKey));
  return { publicKey: block('PUBLIC KEY', spki), privateKey: await privatePem(keys.privateKey) };
}

const newKeys = () => webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
const pem = (text: string): string => `${text.trim()}\n`;

async function privatePem(key: webcrypto.CryptoKey): Promise<string> {
  return block('PRIVATE KEY', Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key)));
}

function block(label: string, bytes: Buffer): string {
  const lines = bytes
    .toString('base64')
    .replace(/(.{64})/g, '$1\n')
    .trim();
  return `-----BEGIN ${label}-----\n${lines}\n-----END ${label}-----\n`;
}

/** Positive, 127 bits: RFC 5280 wants no sign bit and 20 bytes at most. */
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = (bytes[0] ?? 0) & 0x7f;
  return bytes.toString('hex');
}
