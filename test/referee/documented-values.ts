import type { Fault } from './check-body.ts';

/**
 * Values of open enums that a document of Microsoft names and the type does not list. The type of data collection rules lists the five
 * streams of machines; those of containers and of Prometheus stand in "Container insights data collection rule" and "Managed Prometheus".
 */
const documented =
  /^"Microsoft-(ContainerLogV2|KubeEvents|KubePodInventory|KubeNodeInventory|PrometheusMetrics)" is none of/;

export function isDocumented({ kind, path, detail }: Fault): boolean {
  return kind === 'unlisted' && /\.streams\[\d+\]$/.test(path) && documented.test(detail);
}
