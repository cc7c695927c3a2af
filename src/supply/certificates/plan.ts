import { parse } from 'yaml';
import { z } from 'zod';
import { messageOf, Problem } from '../../kernel/errors.ts';

const name = z.string().regex(/^[0-9a-zA-Z-]{1,127}$/);
const months = z.int().min(1).max(240);
const hostName = z.string().regex(/^(\*\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)*[a-z0-9-]+$/i);

/** An authority of our own: its key is made in the vault and never leaves it; its certificate is public. */
const authority = z.strictObject({
  /** Of the key. */
  name,
  /** Where its certificate is put, as PEM. */
  secret: name,
  subject: z.string().min(4),
  validityMonths: months,
  /** How many authorities may stand below it. */
  pathLength: z.int().min(0).max(3),
});

/** A certificate whose key is made in the vault. */
const certificate = z.strictObject({
  name,
  use: z.enum(['server', 'signing']),
  subject: z.string().min(4),
  dnsNames: z.array(hostName),
  issuer: name,
  contentType: z.enum(['application/x-pkcs12', 'application/x-pem-file']),
  /** Whether who reads the secret gets the key too. */
  exportable: z.boolean(),
  validityMonths: months,
});

/** An authority below another one whose key its user must hold: the mesh signs by itself. */
const intermediate = z.strictObject({
  /** Secrets: certificate, key, the chain from it to the root, and the root. */
  certificate: name,
  key: name,
  chain: name,
  root: name,
  subject: z.string().min(4),
  issuer: name,
  validityMonths: months,
});

const vaultPlan = z.strictObject({
  /** `kv-payments.vault.azure.net` */
  vault: z.string().regex(/^[a-z][a-z0-9-]{1,22}[a-z0-9]\.vault\.[a-z.]+$/i),
  cluster: z.string(),
  authorities: z.array(authority),
  certificates: z.array(certificate),
  intermediates: z.array(intermediate),
});
const plan = z.strictObject({ vaults: z.array(vaultPlan).min(1) });

export type AuthorityPlan = z.infer<typeof authority>;
export type CertificateItem = z.infer<typeof certificate>;
export type IntermediatePlan = z.infer<typeof intermediate>;
export type VaultPlan = z.infer<typeof vaultPlan>;
/** `certificates.yaml`: which certificates and keys each vault holds. There is no secret in it. */
export type CertificatePlan = z.infer<typeof plan>;

/** Throws `CERTIFICATES_PLAN_MALFORMED`. */
export function readCertificatePlan(text: string, file: string): CertificatePlan {
  const wrong = (message: string): Problem =>
    new Problem({ code: 'CERTIFICATES_PLAN_MALFORMED', kind: 'usage', message, place: { file, line: 1, column: 1 } });
  let value: unknown;
  try {
    value = parse(text);
  } catch (error) {
    throw wrong(`${file} is no YAML: ${messageOf(error)}`);
  }
  const read = plan.safeParse(value);
  if (!read.success) {
    const [first] = read.error.issues;
    throw wrong(`${file}: ${first?.path.join('.') ?? ''}: ${first?.message ?? 'malformed'}.`);
  }
  for (const one of read.data.vaults) {
    const known = new Set(one.authorities.map((each) => each.name));
    const orphan = [...one.certificates, ...one.intermediates].find((each) => !known.has(each.issuer));
    if (orphan !== undefined)
      throw wrong(
        `${file}: ${orphan.subject} names the issuer ${orphan.issuer}, which is no authority of ${one.vault}.`,
      );
  }
  return read.data;
}
