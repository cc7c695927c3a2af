import type { ClusterSpec } from '../../spec/spec.ts';
import { type ClusterRefs, clusterRefs } from '../cluster/refs.ts';
import { kubernetesVersionOf } from '../cluster/versions.ts';
import { type BuildContext, egressOf } from '../context.ts';
import { meshRevisionOn } from '../mesh/versions.ts';
import { type WorkloadService, workloadServices } from '../workload/services.ts';

/** What the objects of one cluster are made from. */
export interface ClusterContext {
  readonly context: BuildContext;
  readonly cluster: ClusterSpec;
  readonly refs: ClusterRefs;
  /** The folder of the tree: the managed cluster's name in Azure. */
  readonly folder: string;
  readonly services: readonly WorkloadService[];
  /** The mesh's revision, which namespaces name to get sidecars. */
  readonly meshRevision: string;
}

export function clusterContexts(context: BuildContext): readonly ClusterContext[] {
  return context.spec.clusters.map((cluster) => {
    const refs = clusterRefs(context, cluster);
    const revision = meshRevisionOn(context.day, kubernetesVersionOf(context, cluster).name)?.revision;
    return {
      context,
      cluster,
      refs,
      folder: refs.cluster.name,
      services: workloadServices(context.spec, egressOf(context, cluster)),
      meshRevision: revision?.name ?? 'none',
    };
  });
}
