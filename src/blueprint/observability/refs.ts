import { sha256 } from '../../kernel/hash.ts';
import type { BuildContext } from '../context.ts';
import { hubRefs } from '../hub/refs.ts';
import type { Placement } from '../placement.ts';

type Ref = { readonly key: string; readonly name: string };

/** Names and keys of what a region is watched with, for the parts that build it and those that send to it. */
export interface MonitoringRefs {
  readonly region: string;
  /** In the group that operations watches the region from; deployed with the hub. */
  readonly placement: Placement;
  readonly endpoint: Ref;
  /** Metrics of Prometheus. */
  readonly metrics: Ref;
  readonly machineRule: Ref;
  readonly prometheusRule: Ref;
  readonly containerRule: Ref;
  readonly privateLinkScope: Ref;
  readonly flowLogStorage: Ref;
  readonly archiveStorage: Ref;
  readonly flowLogIdentity: Ref;
  readonly watcher: Ref;
  readonly actionGroups: { readonly security: Ref; readonly operations: Ref };
}

export function monitoringRefs(context: BuildContext, region: string): MonitoringRefs {
  const { naming, spec } = context;
  const ref = (word: string, kind: string): Ref => ({
    key: `monitoring/${region}/${word}`,
    name: naming.monitoring(kind, region),
  });
  // Names of accounts are unique in Azure, lower-case letters and digits, at most 24.
  const account = (word: string, kind: string): Ref => ({
    key: `monitoring/${region}/${word}`,
    name: `st${kind}${sha256(`${spec.azure.subscriptionId}/${naming.hubGroup(region)}/${kind}`).slice(0, 16)}`,
  });
  return {
    region,
    placement: { ...hubRefs(context, region).placement, group: naming.monitoringGroup(region) },
    endpoint: ref('collection-endpoint', 'dce'),
    metrics: ref('metrics', 'amw'),
    machineRule: ref('collection-rule-machines', 'dcr-machines'),
    prometheusRule: ref('collection-rule-prometheus', 'dcr-prometheus'),
    containerRule: ref('collection-rule-containers', 'dcr-containers'),
    privateLinkScope: ref('private-link-scope', 'ampls'),
    flowLogStorage: account('flow-log-storage', 'flow'),
    archiveStorage: account('archive-storage', 'arch'),
    flowLogIdentity: ref('flow-log-identity', 'id-flow-logs'),
    // Azure's own name for it.
    watcher: { key: `monitoring/${region}/network-watcher`, name: `NetworkWatcher_${region}` },
    actionGroups: {
      security: ref('action-group-security', 'ag-security'),
      operations: ref('action-group-operations', 'ag-operations'),
    },
  };
}
