import { vaultAudience, vaultOf } from '../azure/vault.ts';
import { type EnsuredItem, ensureVault } from '../supply/certificates/ensure.ts';
import { readCertificatePlan } from '../supply/certificates/plan.ts';
import type { ReadTask } from '../synth/read-tasks.ts';
import type { TaskOutcome, TaskTools } from './task-tools.ts';

/** Brings the vaults to the plan of `certificates.yaml`: makes what is missing, renews what is due. */
export async function runCertificates({ entry, plan }: ReadTask, tools: TaskTools): Promise<TaskOutcome> {
  const { clock, signal } = tools.host;
  const done: EnsuredItem[] = [];
  for (const one of readCertificatePlan(plan, entry.plan).vaults) {
    const vault = vaultOf(tools.dataPlanes(one.vault, vaultAudience), signal);
    done.push(...(await ensureVault(vault, one, { now: clock.now() })));
  }
  const count = (what: string): number => done.filter((item) => item.done === what).length;
  const words = (['created', 'renewed', 'kept'] as const).filter((what) => count(what) > 0);
  return { items: done.length, summary: words.map((what) => `${count(what)} ${what}`).join(', ') };
}
