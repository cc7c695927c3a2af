import { dayOf } from '../../life-cycles/is-offered.ts';
import type { ProviderContext } from '../contract.ts';

/** A minor version as AKS serves it: days in ISO form, both inclusive. */
export interface KubernetesMinor {
  readonly minor: string;
  readonly from: string;
  readonly until: string;
  /** Under long-term support. */
  readonly ltsUntil?: string;
  /** The last patch that is known; later ones are refused. */
  readonly lastPatch: number;
}

/**
 * The AKS release calendar (learn.microsoft.com, supported Kubernetes versions; copies of 2021 to 2026-08-05, the newest for 1.32 and
 * later). Months are taken to their last day. Patches: kubernetes.io, patch releases; for versions that still get them, the AKS list
 * of 2026-07-17.
 */
export const kubernetesMinors: readonly KubernetesMinor[] = [
  { minor: '1.19', from: '2020-11-01', until: '2021-12-31', lastPatch: 16 },
  { minor: '1.20', from: '2021-03-01', until: '2022-04-30', lastPatch: 15 },
  { minor: '1.21', from: '2021-07-01', until: '2022-07-31', lastPatch: 14 },
  { minor: '1.22', from: '2021-12-01', until: '2022-12-04', lastPatch: 17 },
  { minor: '1.23', from: '2022-04-01', until: '2023-04-02', lastPatch: 17 },
  { minor: '1.24', from: '2022-07-01', until: '2023-07-31', lastPatch: 17 },
  { minor: '1.25', from: '2022-12-01', until: '2024-01-14', lastPatch: 16 },
  { minor: '1.26', from: '2023-04-01', until: '2024-03-31', lastPatch: 15 },
  { minor: '1.27', from: '2023-08-01', until: '2024-07-31', ltsUntil: '2025-07-31', lastPatch: 16 },
  { minor: '1.28', from: '2023-11-01', until: '2025-01-31', ltsUntil: '2026-02-28', lastPatch: 15 },
  { minor: '1.29', from: '2024-03-01', until: '2025-03-31', ltsUntil: '2026-04-30', lastPatch: 15 },
  { minor: '1.30', from: '2024-07-01', until: '2025-07-31', ltsUntil: '2026-07-31', lastPatch: 14 },
  { minor: '1.31', from: '2024-11-01', until: '2025-11-30', ltsUntil: '2026-11-30', lastPatch: 14 },
  { minor: '1.32', from: '2025-04-01', until: '2026-03-31', ltsUntil: '2027-03-31', lastPatch: 13 },
  { minor: '1.33', from: '2025-06-01', until: '2026-06-30', ltsUntil: '2027-07-31', lastPatch: 13 },
  { minor: '1.34', from: '2025-11-01', until: '2026-11-30', ltsUntil: '2027-11-30', lastPatch: 9 },
  { minor: '1.35', from: '2026-03-01', until: '2027-03-31', ltsUntil: '2028-03-31', lastPatch: 6 },
  { minor: '1.36', from: '2026-06-01', until: '2027-06-30', ltsUntil: '2028-06-30', lastPatch: 2 },
];

/** Revisions of the Istio add-on (AKS release calendar, copies of 2025 and 2026-05-15; `until` of the open ones is approximate there too). */
const meshRevisions: readonly { readonly revision: string; readonly from: string; readonly until: string }[] = [
  { revision: 'asm-1-25', from: '2025-05-01', until: '2025-12-31' },
  { revision: 'asm-1-26', from: '2025-08-01', until: '2026-03-31' },
  { revision: 'asm-1-27', from: '2025-10-01', until: '2026-06-30' },
  { revision: 'asm-1-28', from: '2026-01-01', until: '2026-08-31' },
  { revision: 'asm-1-29', from: '2026-04-01', until: '2026-09-30' },
  { revision: 'asm-1-30', from: '2026-07-01', until: '2026-12-31' },
];

/** The minor version of `1.36`, `1.36.2`. */
export function minorOf(version: string): KubernetesMinor | undefined {
  const [major, minor] = version.split('.');
  return kubernetesMinors.find((known) => known.minor === `${major}.${minor}`);
}

/** The full version that runs: an alias without a patch is the last one known. */
export function fullVersion(version: string): string {
  return version.split('.').length > 2 ? version : `${version}.${minorOf(version)?.lastPatch ?? 0}`;
}

/** What AKS gives where no version is asked for: the second newest minor (learn.microsoft.com: N-1). */
export function defaultVersion(context: ProviderContext): string {
  const day = dayOf(context);
  const served = kubernetesMinors.filter(({ from, until }) => from <= day && day <= until);
  const chosen = served.at(-2) ?? served.at(-1) ?? kubernetesMinors.at(-1);
  return chosen === undefined ? '' : fullVersion(chosen.minor);
}

export type Support = 'served' | 'long-term only' | 'not served';

/** Whether a version can be had on the day. */
export function supportOf(version: string, context: ProviderContext): Support {
  const minor = minorOf(version);
  const patch = version.split('.')[2];
  const day = dayOf(context);
  if (minor === undefined || day < minor.from) return 'not served';
  if (patch !== undefined && !(Number(patch) <= minor.lastPatch)) return 'not served';
  if (day <= minor.until) return 'served';
  return minor.ltsUntil !== undefined && day <= minor.ltsUntil ? 'long-term only' : 'not served';
}

/** Revisions of the mesh that can be installed on the day. */
export function meshRevisionsOn(context: ProviderContext): readonly string[] {
  const day = dayOf(context);
  return meshRevisions.filter(({ from, until }) => from <= day && day <= until).map(({ revision }) => revision);
}
