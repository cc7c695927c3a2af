import { clusterRows } from './data/cluster.ts';
import { clusterPolicyRows } from './data/cluster-policies.ts';
import { firewallRuleRows } from './data/firewall-rules.ts';
import { gatewayRows } from './data/gateway.ts';
import { hubRows } from './data/hub.ts';
import { imageRows } from './data/images-and-jump-boxes.ts';
import { kubernetesRows } from './data/kubernetes.ts';
import { securityRuleRows } from './data/security-rules.ts';
import { spokeRows } from './data/spokes.ts';
import { subscriptionRows } from './data/subscription.ts';
import { supplyRows } from './data/supply.ts';
import { watchingRows } from './data/watching.ts';
import { workloadRows } from './data/workload.ts';
import type { OriginalRow } from './row.ts';

export interface Chapter {
  readonly title: string;
  readonly rows: readonly OriginalRow[];
}

/** Microsoft's reference implementation at its release of 2021-12-14, piece by piece. */
export const chapters: readonly Chapter[] = [
  { title: 'Subscription', rows: subscriptionRows },
  { title: 'Hub', rows: hubRows },
  { title: 'Spokes', rows: spokeRows },
  { title: 'Security rules', rows: securityRuleRows },
  { title: 'Firewall rules', rows: firewallRuleRows },
  { title: 'Images and jump boxes', rows: imageRows },
  { title: 'Identities, vault, registry', rows: supplyRows },
  { title: 'Cluster', rows: clusterRows },
  { title: 'Policy in the cluster', rows: clusterPolicyRows },
  { title: 'Application Gateway', rows: gatewayRows },
  { title: 'Watching', rows: watchingRows },
  { title: 'Objects in the cluster', rows: kubernetesRows },
  { title: 'Workload', rows: workloadRows },
];
