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
}

/**
 * Source: the AKS Kubernetes release calendar of 2026-08-05. It gives months; the last day of the month is taken. The first days of
 * 1.33 to 1.35 are a year before the end of their standard support, which is the calendar's rule.
 */
export const kubernetesVersions: readonly KubernetesVersion[] = [
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
 * revision of the mesh. After the last day that this program knows of, the newest it knows.
 * Throws a `Problem` for a version that is not supported on the day, with the day and what else there is.
 */
export function kubernetesVersionOf(context: BuildContext, cluster: ClusterSpec): KubernetesVersion {
  const { day, spec } = context;
  const { version: wanted, support } = cluster.kubernetes;
  const isSupported = (version: KubernetesVersion): boolean =>
    day === undefined || (version.from <= day && day <= endOf(version, support));
  const newestFirst = [...kubernetesVersions].reverse();
  const choice = newestFirst.filter((one) => isSupported(one) && meshRevisionOn(day, one.name)?.isSupported === true);
  if (wanted === undefined) return choice[0] ?? (newestFirst[0] as KubernetesVersion);
  const found = kubernetesVersions.find(({ name }) => name === wanted);
  if (found !== undefined && isSupported(found) && meshRevisionOn(day, found.name) !== undefined) return found;
  const place = spec.places.get(`clusters[${spec.clusters.indexOf(cluster)}].kubernetes.version`);
  const hint = `Choose ${choice.length === 0 ? 'a version from the calendar of AKS' : choice.map(({ name }) => name).join(' or ')}, or leave the key out.`;
  throw new Problem({
    code: 'BLUEPRINT_VERSION_UNSUPPORTED',
    kind: 'refused',
    message: reasonAgainst(wanted, found, support, day),
    ...(place === undefined ? {} : { place }),
    why: 'Parts of the cardholder data environment must be supported by their vendor (PCI DSS 6.3.3 and 12.3.4).',
    hint,
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
