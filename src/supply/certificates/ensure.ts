import { createPrivateKey, createPublicKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import type { Tags, Vault } from '../../azure/vault.ts';
import { readCertificate, statusOf } from './certificate-state.ts';
import type { AuthorityPlan, CertificateItem, IntermediatePlan, VaultPlan } from './plan.ts';
import { derOf, type Issuer, loadX509, pemOf, publicKeyOf, signCertificate } from './sign-certificate.ts';

/** What was done about one item of a plan. */
export interface EnsuredItem {
  readonly vault: string;
  readonly name: string;
  readonly done: 'created' | 'renewed' | 'kept';
}

export interface EnsureOptions {
  readonly now: Date;
  /** Renews these whatever their age. */
  readonly rotate?: ReadonlySet<string>;
  /** Certificates that somebody else has issued, by name: they are never replaced. */
  readonly imported?: ReadonlySet<string>;
}

const pemFile = 'application/x-pem-file';

/**
 * Brings a vault to its plan: what is missing is made, what is due is renewed, the rest stays. It can be stopped anywhere and run again: what
 * a step leaves is taken up by the next run, so that each thing is made once.
 */
export async function ensureVault(
  vault: Vault,
  plan: VaultPlan,
  options: EnsureOptions,
): Promise<readonly EnsuredItem[]> {
  const done: EnsuredItem[] = [];
  const note = (name: string, what: EnsuredItem['done']): void =>
    void done.push({ vault: plan.vault, name, done: what });
  const issuers = new Map<string, Issuer>();
  for (const authority of plan.authorities) {
    const { issuer, what } = await ensureAuthority(vault, plan, authority, options);
    issuers.set(authority.name, issuer);
    note(authority.secret, what);
  }
  const issuerOf = (name: string): Issuer => issuers.get(name) as Issuer;
  for (const item of plan.certificates) {
    note(item.name, await ensureCertificate(vault, plan, item, issuerOf(item.issuer), options));
  }
  for (const item of plan.intermediates) {
    note(item.certificate, await ensureIntermediate(vault, plan, item, issuerOf(item.issuer), options));
  }
  return done;
}

const tagsOf = (plan: VaultPlan, use: string): Tags => ({ 'managed-by': 'aks-regulated', cluster: plan.cluster, use });

/** What a secret that holds a certificate says beside its value. */
const about = (pem: string, tags: Tags): Readonly<Record<string, unknown>> => {
  const { validFrom, validTo } = new X509Certificate(pem);
  const seconds = (text: string): number => Math.floor(Date.parse(text) / 1000);
  return { contentType: pemFile, tags, attributes: { nbf: seconds(validFrom), exp: seconds(validTo) } };
};

async function ensureAuthority(
  vault: Vault,
  plan: VaultPlan,
  authority: AuthorityPlan,
  options: EnsureOptions,
): Promise<{ readonly issuer: Issuer; readonly what: EnsuredItem['done'] }> {
  const { now } = options;
  const tags = tagsOf(plan, 'authority');
  const [known, kept] = [await vault.findKey(authority.name), await vault.findSecret(authority.secret)];
  const isOfKey = known !== undefined && kept !== undefined && holdsKey(kept.value, publicKeyOf(authority.name, known));
  const isForced = options.rotate?.has(authority.secret) === true;
  const status = isOfKey ? statusOf(kept.value, kept.value, now) : 'missing';
  if (known !== undefined && kept !== undefined && status === 'valid' && !isForced) {
    return { issuer: { certificate: kept.value, vault, key: known }, what: 'kept' };
  }
  // A key whose certificate is not there yet is one that an earlier run has made.
  const isNew = known === undefined || status === 'due' || status === 'expired' || (isForced && isOfKey);
  const key = isNew
    ? await vault.createKey(authority.name, {
        kty: 'EC-HSM',
        crv: 'P-256',
        key_ops: ['sign', 'verify'],
        attributes: { exportable: false },
        tags,
      })
    : (known as NonNullable<typeof known>);
  const certificate = await signCertificate(
    {
      subject: authority.subject,
      publicKey: publicKeyOf(authority.name, key),
      use: 'authority',
      pathLength: authority.pathLength,
      now,
      validityMonths: authority.validityMonths,
    },
    { vault, key },
  );
  await vault.setSecret(authority.secret, certificate, about(certificate, tags));
  return { issuer: { certificate, vault, key }, what: kept === undefined ? 'created' : 'renewed' };
}

function holdsKey(pem: string, publicKey: Uint8Array): boolean {
  return readCertificate(pem)?.publicKey.export({ format: 'der', type: 'spki' }).equals(publicKey) === true;
}

async function ensureCertificate(
  vault: Vault,
  plan: VaultPlan,
  item: CertificateItem,
  issuer: Issuer,
  options: EnsureOptions,
): Promise<EnsuredItem['done']> {
  const { now } = options;
  const kept = await vault.findCertificate(item.name);
  const isImported = kept?.tags?.source === 'imported' || options.imported?.has(item.name) === true;
  const status = kept === undefined ? 'missing' : statusOf(pemOf(kept.cer), issuer.certificate, now);
  const isForced = options.rotate?.has(item.name) === true;
  if (kept !== undefined && (isImported || (status === 'valid' && !isForced))) return 'kept';
  const x509 = await loadX509();
  const tags = { ...tagsOf(plan, item.use), issuer: item.issuer };
  const csr =
    (await vault.findPending(item.name)) ??
    (await vault.createCertificate(item.name, { policy: policyOf(item), tags }));
  const request = new x509.Pkcs10CertificateRequest(Buffer.from(csr, 'base64'));
  const certificate = await signCertificate(
    {
      // Of the request only the key is taken: the rest is the plan's to say.
      subject: item.subject,
      publicKey: new Uint8Array(request.publicKey.rawData),
      use: item.use,
      dnsNames: item.dnsNames,
      now,
      validityMonths: item.validityMonths,
    },
    issuer,
  );
  await vault.mergeCertificate(item.name, [derOf(certificate), derOf(issuer.certificate)], tags);
  return kept === undefined ? 'created' : 'renewed';
}

function policyOf(item: CertificateItem): Readonly<Record<string, unknown>> {
  return {
    issuer: { name: 'Unknown' },
    // Keys that may not leave are made in hardware.
    key_props: { kty: item.exportable ? 'EC' : 'EC-HSM', crv: 'P-256', exportable: item.exportable, reuse_key: false },
    secret_props: { contentType: item.contentType },
    x509_props: {
      subject: item.subject,
      sans: { dns_names: item.dnsNames },
      ekus: [item.use === 'server' ? '1.3.6.1.5.5.7.3.1' : '1.3.6.1.5.5.7.3.3'],
      key_usage: ['digitalSignature'],
      validity_months: item.validityMonths,
    },
    lifetime_actions: [{ trigger: { lifetime_percentage: 66 }, action: { action_type: 'EmailContacts' } }],
  };
}

/** The key first, the certificate last: a run that was stopped in between finds the key and goes on with it. */
async function ensureIntermediate(
  vault: Vault,
  plan: VaultPlan,
  item: IntermediatePlan,
  issuer: Issuer,
  options: EnsureOptions,
): Promise<EnsuredItem['done']> {
  const { now } = options;
  const tags = tagsOf(plan, 'authority');
  const [keptKey, kept] = [await vault.findSecret(item.key), await vault.findSecret(item.certificate)];
  const isOfKey = keptKey !== undefined && kept !== undefined && holdsKey(kept.value, spkiOf(keptKey.value));
  const isForced = options.rotate?.has(item.certificate) === true;
  const status = isOfKey ? statusOf(kept.value, issuer.certificate, now) : 'missing';
  const isDone = status === 'valid' && !isForced;
  const isNew = keptKey === undefined || (isOfKey && !isDone);
  const key = isNew ? newKey() : keptKey.value;
  if (isNew) await vault.setSecret(item.key, key, { contentType: pemFile, tags: tagsOf(plan, 'key') });
  await setIfOther(vault, item.root, issuer.certificate, tags);
  const certificate = isDone
    ? (kept?.value ?? '')
    : await signCertificate(
        {
          subject: item.subject,
          publicKey: spkiOf(key),
          use: 'authority',
          pathLength: 0,
          now,
          validityMonths: item.validityMonths,
        },
        issuer,
      );
  if (!isDone) await vault.setSecret(item.certificate, certificate, about(certificate, tags));
  await setIfOther(vault, item.chain, `${certificate}${issuer.certificate}`, tags);
  return isDone ? 'kept' : kept === undefined ? 'created' : 'renewed';
}

async function setIfOther(vault: Vault, name: string, value: string, tags: Tags): Promise<void> {
  if ((await vault.findSecret(name))?.value !== value) await vault.setSecret(name, value, about(value, tags));
}

const spkiOf = (pem: string): Buffer => createPublicKey(createPrivateKey(pem)).export({ format: 'der', type: 'spki' });

function newKey(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
}
