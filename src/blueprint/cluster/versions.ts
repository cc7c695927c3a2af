import { Problem } from '../../kernel/errors.ts';
import type { ClusterSpec } from '../../spec/spec.ts';
import type { BuildContext } from '../context.ts';
import { meshRevisionOn } from '../mesh/versions.ts';

/** A minor version of Kubernetes on AKS, with the days on which its support begins and ends. */
export interface KubernetesVersion {
  readonly name: string;
  readonly from: string;
  readonly standardUntil: string;
  readonly longTermUntil: string;
  /** The patch that clusters ask for. @default the newest that AKS has */
  readonly patch?: string;
}

/**
 * Source: the AKS Kubernetes release calendar of 2026-08-05. It gives months; the last day of the month is taken. The first days of
 * 1.21 and 1.33 to 1.35 are a year before the end of their standard support, which is the calendar's rule.
 */
export const kubernetesVersions: readonly KubernetesVersion[] = [
  // AKS had no long-term support then. Patch: the one that the reference implementation ran.
  { name: '1.21', from: '2021-07-31', standardUntil: '2022-07-31', longTermUntil: '2022-07-31', patch: '1.21.2' },
  { name: '1.33', from: '2025-07-31', standardUntil: '2026-07-31', longTermUntil: '2027-07-31' },
  { name: '1.34', from: '2025-11-30', standardUntil: '2026-11-30', longTermUntil: '2027-11-30' },
  { name: '1.35', from: '2026-03-31', standardUntil: '2027-03-31', longTermUntil: '2028-03-31' },
  { name: '1.36', from: '2026-06-30', standardUntil: '2027-06-30', longTermUntil: '2028-06-30' },
];

function endOf(version: KubernetesVersion, support: ClusterSpec['kubernetes']['support']): string {
  return support === 'long-term' ? version.longTermUntil : version.standardUntil;
}

/**
 * The version that a cluster gets: the one that the spec names, else the newest that is supported on the day, together with a
 * revision of the mesh where that is Istio. After the last day that this program knows of, the newest it knows. One that is not
 * supported on the day is told by `kubernetesProblems`.
 */
export function kubernetesVersionOf(context: BuildContext, cluster: ClusterSpec): KubernetesVersion {
  const { version: wanted } = cluster.kubernetes;
  const newest = kubernetesVersions.at(-1) as KubernetesVersion;
  if (wanted === undefined) return choiceFor(context, cluster)[0] ?? newest;
  return kubernetesVersions.find(({ name }) => name === wanted) ?? newest;
}

/** The versions that are supported on the day, newest first. */
function choiceFor({ day, spec }: BuildContext, cluster: ClusterSpec): readonly KubernetesVersion[] {
  const { support } = cluster.kubernetes;
  const isSupported = (version: KubernetesVersion): boolean =>
    day === undefined || (version.from <= day && day <= endOf(version, support));
  return [...kubernetesVersions]
    .reverse()
    .filter(
      (one) =>
        isSupported(one) && (spec.components.mesh !== 'istio' || meshRevisionOn(day, one.name)?.isSupported === true),
    );
}

/** The name by which the end of a version is accepted. */
export const kubernetesRule = 'kubernetes-ended';

/**
 * A problem for each cluster whose version is not supported on the day, with the day and what else there is.
 * @param isAccepted a version whose support has ended is no problem; one that AKS or the mesh never had stays one
 */
export function kubernetesProblems(context: BuildContext, isAccepted = false): readonly Problem[] {
  const { day, spec } = context;
  return spec.clusters.flatMap((cluster, index) => {
    const { version: wanted, support } = cluster.kubernetes;
    if (wanted === undefined) return [];
    const found = kubernetesVersions.find(({ name }) => name === wanted);
    const hasMesh =
      spec.components.mesh !== 'istio' || (found !== undefined && meshRevisionOn(day, found.name) !== undefined);
    const isSupported =
      found !== undefined && (day === undefined || (found.from <= day && day <= endOf(found, support)));
    const hasEnded = found !== undefined && day !== undefined && day > endOf(found, support);
    if (hasMesh && (isSupported || (hasEnded && isAccepted))) return [];
    const choice = choiceFor(context, cluster);
    const place = spec.places.get(`clusters[${index}].kubernetes.version`) ?? spec.places.get('profile');
    return [
      new Problem({
        code: 'BLUEPRINT_VERSION_UNSUPPORTED',
        kind: 'refused',
        message: `Cluster ${cluster.name}: ${reasonAgainst(wanted, found, support, day)}`,
        ...(place === undefined ? {} : { place }),
        why: 'Parts of the cardholder data environment must be supported by their vendor (PCI DSS 6.3.3 and 12.3.4). Source: the release calendar of AKS.',
        hint: `Choose ${choice.length === 0 ? 'a version from the calendar of AKS' : choice.map(({ name }) => name).join(' or ')}, or leave the key out.${hasEnded && hasMesh ? ` To go on all the same: --accept ${kubernetesRule}=REASON.` : ''}`,
      }),
    ];
  });
}

function reasonAgainst(
  wanted: string,
  found: KubernetesVersion | undefined,
  support: ClusterSpec['kubernetes']['support'],
  day: string | undefined,
): string {
  if (found === undefined) return `Kubernetes ${wanted} is none of the versions that AKS supports.`;
  if (day !== undefined && day < found.from) return `Kubernetes ${wanted} is on AKS from ${found.from} on.`;
  const end = endOf(found, support);
  if (day !== undefined && day > end) return `The ${support} support of Kubernetes ${wanted} ended on ${end}.`;
  return `No revision of the service mesh supports Kubernetes ${wanted}.`;
}
