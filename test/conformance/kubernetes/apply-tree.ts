import type { KubernetesObject } from './api-client.ts';
import type { ControlPlane } from './control-plane.ts';
import { substitute, type Tree } from './tree.ts';

/** What Azure and its extensions put into a cluster before our tree comes, as far as the tree points at it. */
const madeByAks: readonly KubernetesObject[] = [
  ...['flux-system', 'aks-istio-system', 'gatekeeper-system'].map((name) => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name },
  })),
  // The GitOps extension's own account ("Workload identity and multi-tenancy in AKS GitOps"): its layer gives rights.
  { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'flux-applier', namespace: 'flux-system' } },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name: 'flux-applier' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
    subjects: [{ kind: 'ServiceAccount', name: 'flux-applier', namespace: 'flux-system' }],
  },
];

/** Values that Azure decides at deployment and hands to the root of the tree. */
export const valuesOfAzure = { ingress_client_id: '00000000-0000-4000-8000-000000000001' };

export async function prepare({ kubectl }: ControlPlane): Promise<void> {
  const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: madeByAks });
  const { status, errors } = await kubectl(['apply', '--server-side', '-f', '-'], list);
  if (status !== 0) throw new Error(errors);
}

export interface Applied {
  readonly layer: string;
  readonly status: number;
  /** Errors and warnings of the API server, as kubectl prints them. */
  readonly errors: string;
}

/**
 * Applies the root and then each layer, in order, by kubectl's server-side apply, each as the account that Flux would act as. A layer
 * that fails does not keep the next ones from being tried: all that is wrong is told at once.
 */
export async function applyTree({ kubectl }: ControlPlane, tree: Tree): Promise<readonly Applied[]> {
  const done: Applied[] = [];
  const apply = async (
    layer: string,
    folder: string,
    values: Readonly<Record<string, string>>,
    as: readonly string[],
  ) => {
    const built = await kubectl(['kustomize', folder]);
    if (built.status !== 0) throw new Error(`kubectl kustomize ${folder}: ${built.errors}`);
    // The root's own values are handed on, not put in: what it says of them stays as it is.
    const text = layer === 'flux' ? built.output : substitute(built.output, values);
    const { status, errors } = await kubectl(['apply', '--server-side', '-f', '-', ...as], text);
    done.push({ layer, status, errors });
  };
  await apply('flux', tree.folder, {}, []);
  for (const { name, folder, values, account } of tree.layers) await apply(name, folder, values, [`--as=${account}`]);
  return done;
}
