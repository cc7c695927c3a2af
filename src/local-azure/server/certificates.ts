import { createPrivateKey, randomBytes, webcrypto, X509Certificate } from 'node:crypto';
import * as path from 'node:path';
import type { Clock } from '../../kernel/clock.ts';
import { exists, readText, writeTextAtomically } from '../../kernel/files.ts';
import { ensureReflectMetadata } from '../../kernel/reflect-metadata.ts';

/** What the HTTPS server needs; PEM texts. */
export interface ServerIdentity {
  readonly caFile: string;
  readonly caPem: string;
  readonly certificatePem: string;
  readonly keyPem: string;
}

const day = 24 * 60 * 60 * 1000;
/** Apple's and the CA/Browser Forum's limit for server certificates; the CA itself lives ten years. */
const serverDays = 397;
const caDays = 3650;
const renewBeforeDays = 30;
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

/**
 * The certificate authority and the server certificate of a data folder (`<folder>/tls/`), made once and kept; renewed a month
 * before they end. ECDSA P-256. Private keys have mode 0600 and never leave the folder.
 */
export async function serverIdentity(folder: string, clock: Clock): Promise<ServerIdentity> {
  const file = (name: string): string => path.join(folder, 'tls', name);
  const caFile = file('ca.pem');
  const now = clock.now();
  const keptCa = readPair(caFile, file('ca.key.pem'), now);
  const ca = keptCa ?? (await makeCertificateAuthority(now));
  if (keptCa === undefined) writePair(caFile, file('ca.key.pem'), ca);
  const keptServer = readPair(file('server.pem'), file('server.key.pem'), now);
  const isOurs =
    keptServer !== undefined &&
    new X509Certificate(keptServer.certificate).verify(new X509Certificate(ca.certificate).publicKey);
  const server = isOurs ? keptServer : await makeServerCertificate(ca, now);
  if (!isOurs) writePair(file('server.pem'), file('server.key.pem'), server);
  return { caFile, caPem: ca.certificate, certificatePem: server.certificate, keyPem: server.key };
}

interface Pair {
  readonly certificate: string;
  readonly key: string;
}

function readPair(certificateFile: string, keyFile: string, now: Date): Pair | undefined {
  if (!exists(certificateFile) || !exists(keyFile)) return undefined;
  const pair = { certificate: readText(certificateFile), key: readText(keyFile) };
  try {
    const certificate = new X509Certificate(pair.certificate);
    const ends = Date.parse(certificate.validTo);
    const begins = Date.parse(certificate.validFrom);
    if (ends - now.getTime() < renewBeforeDays * day || begins > now.getTime()) return undefined;
    return certificate.checkPrivateKey(createPrivateKey(pair.key)) ? pair : undefined;
  } catch {
    // Half a pair, or damaged: a new one is made.
    return undefined;
  }
}

function writePair(certificateFile: string, keyFile: string, pair: Pair): void {
  writeTextAtomically(keyFile, pair.key, 0o600);
  writeTextAtomically(certificateFile, pair.certificate, 0o644);
}

const loadX509 = async () => {
  ensureReflectMetadata();
  return await import('@peculiar/x509');
};

async function makeCertificateAuthority(now: Date): Promise<Pair> {
  const x509 = await loadX509();
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned(
    {
      serialNumber: serialNumber(),
      name: 'CN=aks-regulated local Azure CA, O=aks-regulated',
      notBefore: new Date(now.getTime() - day),
      notAfter: new Date(now.getTime() + caDays * day),
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
  return { certificate: `${certificate.toString('pem')}\n`, key: await privatePem(keys.privateKey) };
}

async function makeServerCertificate(ca: Pair, now: Date): Promise<Pair> {
  const x509 = await loadX509();
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const issuer = new x509.X509Certificate(ca.certificate);
  const signingKey = await webcrypto.subtle.importKey(
    'pkcs8',
    createPrivateKey(ca.key).export({ format: 'der', type: 'pkcs8' }),
    algorithm,
    false,
    ['sign'],
  );
  const certificate = await x509.X509CertificateGenerator.create(
    {
      serialNumber: serialNumber(),
      subject: 'CN=localhost, O=aks-regulated',
      issuer: issuer.subject,
      notBefore: new Date(now.getTime() - day),
      notAfter: new Date(now.getTime() + serverDays * day),
      signingAlgorithm: algorithm,
      publicKey: keys.publicKey,
      signingKey,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
        new x509.SubjectAlternativeNameExtension([
          { type: 'dns', value: 'localhost' },
          { type: 'ip', value: '127.0.0.1' },
          { type: 'ip', value: '::1' },
        ]),
        // Python 3.13 verifies strictly (RFC 5280): it wants both key identifiers.
        await x509.AuthorityKeyIdentifierExtension.create(issuer, false, webcrypto),
        await x509.SubjectKeyIdentifierExtension.create(keys.publicKey, false, webcrypto),
      ],
    },
    webcrypto,
  );
  return { certificate: `${certificate.toString('pem')}\n`, key: await privatePem(keys.privateKey) };
}

/** 16 random bytes, positive (RFC 5280 section 4.1.2.2). */
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] as number) & 0x7f) | 0x40;
  return bytes.toString('hex');
}

async function privatePem(key: webcrypto.CryptoKey): Promise<string> {
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key));
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
    .export({ format: 'pem', type: 'pkcs8' })
    .toString();
}
