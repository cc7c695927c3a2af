import { X509Certificate } from 'node:crypto';

/** `due`: two thirds of its life are over. `foreign`: the authority that is to have issued it has not. */
export type CertificateStatus = 'valid' | 'due' | 'expired' | 'foreign' | 'missing';

/** When a certificate is to be renewed: the last third of its life is for trying. */
export function renewalOf(certificate: X509Certificate): Date {
  const [begins, ends] = [Date.parse(certificate.validFrom), Date.parse(certificate.validTo)];
  return new Date(begins + ((ends - begins) * 2) / 3);
}

/** @param authority PEM of who is to have issued it; its own where it signs itself */
export function statusOf(pem: string | undefined, authority: string | undefined, now: Date): CertificateStatus {
  const certificate = pem === undefined ? undefined : readCertificate(pem);
  if (certificate === undefined) return 'missing';
  if (Date.parse(certificate.validTo) <= now.getTime()) return 'expired';
  const above = authority === undefined ? undefined : readCertificate(authority);
  if (above === undefined || !certificate.verify(above.publicKey)) return 'foreign';
  return renewalOf(certificate) <= now ? 'due' : 'valid';
}

export function readCertificate(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}
