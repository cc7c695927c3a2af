import { type OriginalRow, rowsOf } from '../row.ts';

const policy = rowsOf('policy assignment', 'cluster-stamp');
const own = (name: string): string => `policy/cluster-01/${name}`;

/** What the original assigns for what runs in the cluster. */
export const clusterPolicyRows: readonly OriginalRow[] = [
  policy('Pod security restricted standards for Linux', 'audit', own('pods-are-restricted'), 'Denied.'),
  policy('HTTPS ingress', 'deny', own('ingress-takes-https-only')),
  policy('Internal load balancers', 'deny', own('load-balancers-are-internal')),
  policy('No automount of API credentials', 'deny; seven namespaces are left out', own('pods-mount-no-credentials')),
  policy('Required labels', 'audit: pci-scope', own('pods-have-a-scope'), 'Denied.'),
  policy('Allowed external IPs', 'deny; none', own('services-have-no-external-addresses')),
  policy(
    'Container ports',
    'audit; 8080, 15000, 15003, 15010',
    'decision:ingress-calls-the-in-scope-workload',
    'The definition is deprecated; ports are closed by network policy and by the security groups of pods. In 2021: denied.',
    { in2021: [own('containers-listen-on-known-ports')] },
  ),
  policy('Service ports', 'audit; 443, 80, 8080', own('services-listen-on-known-ports'), 'Denied.'),
  policy('Read-only root filesystem', 'audit', own('pods-write-no-root-file-system'), 'Denied.'),
  policy('No default namespace', 'deny', own('pods-use-no-default-namespace')),
  policy('CPU/memory limits', 'audit; changed by the second deployment', own('pods-have-limits'), 'Denied.'),
  policy(
    'Allowed images',
    'deny; a pattern that looks anywhere in the name',
    [own('images-from-the-live-registry'), own('images-are-not-latest')],
    'Anchored at both ends, by digest.',
    { in2021: [own('images-from-the-live-registry')] },
  ),
];
