import { vaultAudience, vaultOf } from '../../../azure/vault.ts';
import { Problem } from '../../../kernel/errors.ts';
import { type EnsuredItem, ensureVault } from '../../../supply/certificates/ensure.ts';
import { type InventoryItem, inventoryOf } from '../../../supply/certificates/inventory.ts';
import { type CertificatePlan, readCertificatePlan } from '../../../supply/certificates/plan.ts';
import type { Context } from '../../context.ts';
import { exitCodes } from '../../exit-code.ts';
import { absolute, dataFolder } from '../../global-flags.ts';
import { designLandingZone, type LandingZone } from '../../landing-zone.ts';
import { type OutputFormat, printOutcome } from '../../render/outcome.ts';
import { renderTable } from '../../render/table.ts';
import { openTarget, type Target } from '../../target.ts';

export interface CertificatesFlags {
  readonly spec?: string;
  readonly data?: string;
  readonly target: 'local' | 'azure';
  readonly auth?: 'az' | 'env' | 'workload' | 'managed';
  readonly output?: OutputFormat;
}

const file = 'certificates.yaml';

export async function listCertificates(this: Context, flags: CertificatesFlags): Promise<void> {
  await withVaults(this, flags, async (plan, target) => {
    const items = await inventory(this, plan, target);
    await print(this, flags, 'certificates-list', { items }, items);
  });
}

export async function createCertificates(this: Context, flags: CertificatesFlags): Promise<void> {
  await ensure(this, flags, 'certificates-create', new Set());
}

export async function rotateCertificate(this: Context, flags: CertificatesFlags, name: string): Promise<void> {
  await ensure(this, flags, 'certificates-rotate', new Set([name]));
}

/** The same work as the stage, with the same entries in the log. */
async function ensure(
  context: Context,
  flags: CertificatesFlags,
  verb: string,
  rotate: ReadonlySet<string>,
): Promise<void> {
  await withVaults(context, flags, async (plan, target) => {
    refuseUnknown(plan, rotate);
    const { audit, who } = target;
    const step = { who, role: 'security', stage: 'certificates', task: verb } as const;
    audit.append({ action: 'started', ...step, ...(rotate.size === 0 ? {} : { detail: [...rotate].join(', ') }) });
    const done: EnsuredItem[] = [];
    try {
      for (const one of plan.vaults) {
        const vault = vaultOf(target.dataPlanes(one.vault, vaultAudience), context.signal);
        done.push(...(await ensureVault(vault, one, { now: context.clock.now(), rotate })));
      }
    } catch (error) {
      const result = error instanceof Problem ? error.code : 'DEFECT';
      audit.append({ action: 'failed', ...step, result });
      throw error;
    }
    const changed = done.filter((item) => item.done !== 'kept');
    audit.append({ action: 'succeeded', ...step, result: `${changed.length} made or renewed` });
    const items = await inventory(context, plan, target);
    await print(context, flags, verb, { done, items }, items);
  });
}

function refuseUnknown(plan: CertificatePlan, names: ReadonlySet<string>): void {
  const known = plan.vaults.flatMap(({ authorities, certificates, intermediates }) => [
    ...authorities.map(({ secret }) => secret),
    ...certificates.map(({ name }) => name),
    ...intermediates.map(({ certificate }) => certificate),
  ]);
  const unknown = [...names].find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new Problem({
    code: 'CERTIFICATE_UNKNOWN',
    kind: 'not-found',
    message: `There is no certificate ${unknown} in the plan.`,
    hint: `Known: ${[...new Set(known)].join(', ')}.`,
  });
}

async function inventory(context: Context, plan: CertificatePlan, target: Target): Promise<readonly InventoryItem[]> {
  const items: InventoryItem[] = [];
  for (const one of plan.vaults) {
    const vault = vaultOf(target.dataPlanes(one.vault, vaultAudience), context.signal);
    items.push(...(await inventoryOf(vault, one, context.clock.now())));
  }
  return items;
}

async function withVaults(
  context: Context,
  flags: CertificatesFlags,
  work: (plan: CertificatePlan, target: Target) => Promise<void>,
): Promise<void> {
  const landingZone = designLandingZone(context, flags.spec);
  const target = await openTarget(context, {
    target: flags.target,
    data:
      flags.target === 'local'
        ? dataFolder(context, flags.data)
        : absolute(context, flags.data ?? '.aks-regulated/azure'),
    principal: 'security',
    spec: landingZone.spec,
    auth: flags.auth,
  });
  try {
    await work(planOf(landingZone), target);
  } finally {
    await target.close();
  }
}

function planOf({ files }: LandingZone): CertificatePlan {
  const text = files.find(({ path }) => path === file)?.text;
  if (text !== undefined) return readCertificatePlan(text, file);
  throw new Problem({ code: 'CERTIFICATES_NONE', message: 'This landing zone has no certificates of ours.' });
}

async function print(
  context: Context,
  flags: CertificatesFlags,
  verb: string,
  body: Readonly<Record<string, unknown>>,
  items: readonly InventoryItem[],
): Promise<void> {
  const rows = items.map(({ vault, name, use, status, issuer = '', validTo = '', fingerprint = '' }) => [
    vault,
    name,
    use,
    status,
    issuer,
    validTo.slice(0, 10),
    fingerprint,
  ]);
  const heads = ['name', 'use', 'status', 'ends', 'renew after', 'fingerprint'].map((title) => ({ title }));
  const short = items.map((item) => [
    item.name,
    item.use,
    item.status,
    (item.validTo ?? '').slice(0, 10),
    (item.renewAfter ?? '').slice(0, 10),
    `${(item.fingerprint ?? '').slice(0, 23)}${item.fingerprint === undefined ? '' : '…'}`,
  ]);
  await printOutcome(context, flags.output, {
    verb,
    body,
    rows,
    exit: exitCodes.done,
    text: (style) => renderTable(heads, short, style),
  });
}
