import type { Vault } from '../../azure/vault.ts';
import { type CertificateStatus, readCertificate, renewalOf, statusOf } from './certificate-state.ts';
import type { VaultPlan } from './plan.ts';
import { pemOf } from './sign-certificate.ts';

/** One line of the inventory of trusted keys and certificates (PCI DSS 4.2.1.1). */
export interface InventoryItem {
  readonly vault: string;
  readonly cluster: string;
  readonly name: string;
  readonly use: 'authority' | 'server' | 'signing';
  readonly status: CertificateStatus;
  readonly source: 'issued' | 'imported' | 'none';
  readonly subject?: string;
  readonly issuer?: string;
  readonly dnsNames: readonly string[];
  /** ISO 8601. */
  readonly validFrom?: string;
  readonly validTo?: string;
  readonly renewAfter?: string;
  /** SHA-256 of the certificate, in hex with colons. */
  readonly fingerprint?: string;
}

/** What a vault holds of its plan, now. Nothing of a private key is read. */
export async function inventoryOf(vault: Vault, plan: VaultPlan, now: Date): Promise<readonly InventoryItem[]> {
  const items: InventoryItem[] = [];
  const authorities = new Map<string, string>();
  for (const { name, secret } of plan.authorities) {
    const pem = (await vault.findSecret(secret))?.value;
    if (pem !== undefined) authorities.set(name, pem);
    items.push(lineOf(plan, secret, 'authority', pem, pem, now));
  }
  for (const { name, use, issuer } of plan.certificates) {
    const kept = await vault.findCertificate(name);
    const pem = kept === undefined ? undefined : pemOf(kept.cer);
    const line = lineOf(plan, name, use, pem, authorities.get(issuer), now);
    const isImported = kept?.tags?.source === 'imported';
    items.push(
      isImported
        ? { ...line, source: 'imported', status: line.status === 'foreign' ? ownStatus(pem, now) : line.status }
        : line,
    );
  }
  for (const { certificate, issuer } of plan.intermediates) {
    const pem = (await vault.findSecret(certificate))?.value;
    items.push(lineOf(plan, certificate, 'authority', pem, authorities.get(issuer), now));
  }
  return items;
}

/** Of a certificate that another authority has issued, which we do not know. */
function ownStatus(pem: string | undefined, now: Date): CertificateStatus {
  const certificate = pem === undefined ? undefined : readCertificate(pem);
  return certificate === undefined ? 'missing' : renewalOf(certificate) <= now ? 'due' : 'valid';
}

function lineOf(
  plan: VaultPlan,
  name: string,
  use: InventoryItem['use'],
  pem: string | undefined,
  authority: string | undefined,
  now: Date,
): InventoryItem {
  const certificate = pem === undefined ? undefined : readCertificate(pem);
  const status = statusOf(pem, authority, now);
  const base = { vault: plan.vault, cluster: plan.cluster, name, use, status, dnsNames: [] };
  if (certificate === undefined) return { ...base, source: 'none' };
  const iso = (text: string): string => new Date(Date.parse(text)).toISOString();
  return {
    ...base,
    source: 'issued',
    subject: certificate.subject.replaceAll('\n', ', '),
    issuer: certificate.issuer.replaceAll('\n', ', '),
    dnsNames: (certificate.subjectAltName ?? '')
      .split(', ')
      .filter((each) => each.startsWith('DNS:'))
      .map((each) => each.slice(4)),
    validFrom: iso(certificate.validFrom),
    validTo: iso(certificate.validTo),
    renewAfter: renewalOf(certificate).toISOString(),
    fingerprint: certificate.fingerprint256,
  };
}
