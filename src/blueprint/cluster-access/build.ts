import type { IRoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1/RoleBinding';
import type { KubernetesObject } from '../../model/kubernetes-object.ts';
import type { BuildContext } from '../context.ts';
import { type Built, joined, type PartDraft } from '../draft.ts';
import { platformReconciler, workloadReconciler } from '../gitops/names.ts';
import { platformConfiguration, platformPods } from '../gitops/reconcilers.ts';
import { fluxNamespace } from '../gitops/source.ts';
import { ingressNamespace } from '../ingress/names.ts';
import { type ClusterContext, clusterContexts } from '../kubernetes/cluster-context.ts';
import { object, placed } from '../kubernetes/object.ts';
import { agentsNamespace } from '../security-agents/names.ts';
import { workloadNamespace } from '../workload/services.ts';

/** Who may do what in each cluster. */
export function buildClusterAccess(context: BuildContext): PartDraft {
  return {
    name: 'cluster-access',
    ...joined(...clusterContexts(context).map(bindings)),
    decisions: [],
    intents: [],
  };
}

function bindings({ context, folder }: ClusterContext): Built {
  const workload = (['in-scope', 'out-of-scope'] as const).map((pool) => workloadNamespace(context.spec, pool));
  return placed(
    folder,
    'access',
    ['reconcilers-have-the-least-rights'],
    ...[ingressNamespace, agentsNamespace].map((one) => bound(one, platformPods, platformReconciler)),
    ...['kube-system', 'aks-istio-system'].map((one) => bound(one, platformConfiguration, platformReconciler)),
    ...workload.map((one) => bound(one, workloadReconciler, workloadReconciler)),
  );
}

/** An account of Flux gets a role in one namespace. */
function bound(namespace: string, role: string, account: string): KubernetesObject {
  return object<IRoleBinding>({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: role, namespace },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role },
    subjects: [{ kind: 'ServiceAccount', name: account, namespace: fluxNamespace }],
  });
}
