/** A layer: a folder of the tree that Flux applies as one, once those that it needs are ready. */
export interface Layer {
  readonly name: string;
  readonly title: string;
  readonly needs: readonly string[];
  /** Whose rights it is applied with. */
  readonly reconciler: 'cluster' | 'platform' | 'workload';
}

/**
 * The layers in the order in which a cluster gets them. Rights are given by `access` alone, with Flux's own account; everything else is
 * applied by accounts that cannot give rights.
 */
export const layers = [
  {
    name: 'namespaces',
    title: 'Namespaces, with what holds in them before anything runs',
    needs: [],
    reconciler: 'platform',
  },
  { name: 'access', title: 'Who may do what', needs: ['namespaces'], reconciler: 'cluster' },
  {
    name: 'admission',
    title: 'What the API server refuses',
    needs: ['namespaces', 'access'],
    reconciler: 'platform',
  },
  { name: 'mesh', title: 'What holds in the whole mesh', needs: ['access'], reconciler: 'platform' },
  { name: 'monitoring', title: 'What is collected', needs: ['access'], reconciler: 'platform' },
  {
    name: 'security-agents',
    title: 'Agents that watch the nodes',
    needs: ['access', 'admission'],
    reconciler: 'platform',
  },
  { name: 'node-reboots', title: 'Restarts of nodes', needs: ['access', 'admission'], reconciler: 'platform' },
  { name: 'ingress', title: 'The way in', needs: ['access', 'admission', 'mesh'], reconciler: 'platform' },
  {
    name: 'segmentation',
    title: 'Who in the workload may call whom',
    needs: ['access', 'mesh'],
    reconciler: 'platform',
  },
  {
    name: 'workload',
    title: 'The workload',
    needs: ['admission', 'ingress', 'segmentation', 'security-agents'],
    reconciler: 'workload',
  },
] as const satisfies readonly Layer[];

export type LayerName = (typeof layers)[number]['name'] | 'flux';
