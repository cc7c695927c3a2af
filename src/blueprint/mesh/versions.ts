/** A revision of AKS's Istio add-on, with the days between which it is supported. */
export interface MeshRevision {
  readonly name: string;
  readonly from: string;
  readonly until: string;
  /** Minor versions of Kubernetes that it goes with, in long-term support too. */
  readonly kubernetes: readonly string[];
}

/**
 * Sources: the add-on's release calendar of 2026-05-15 (months; the last day is taken, and first days follow those of Istio's
 * releases), its support policy (every long-term version has at least one revision), and Istio's table of Kubernetes versions.
 */
export const meshRevisions: readonly MeshRevision[] = [
  { name: 'asm-1-28', from: '2026-01-31', until: '2026-08-31', kubernetes: ['1.33', '1.34'] },
  { name: 'asm-1-29', from: '2026-04-30', until: '2026-09-30', kubernetes: ['1.33', '1.34', '1.35'] },
  { name: 'asm-1-30', from: '2026-07-31', until: '2026-12-31', kubernetes: ['1.33', '1.34', '1.35', '1.36'] },
];

/**
 * The newest revision that goes with a version of Kubernetes and is supported on the day; failing that the newest that goes with
 * it, which is then said. Undefined when none goes with it.
 */
export function meshRevisionOn(
  day: string | undefined,
  kubernetes: string,
): { readonly revision: MeshRevision; readonly isSupported: boolean } | undefined {
  const fitting = meshRevisions.filter((one) => one.kubernetes.includes(kubernetes)).reverse();
  const supported = fitting.find((one) => day === undefined || (one.from <= day && day <= one.until));
  const revision = supported ?? fitting[0];
  return revision === undefined ? undefined : { revision, isSupported: supported !== undefined };
}
