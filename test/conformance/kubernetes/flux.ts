import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { ControlPlane } from './control-plane.ts';
import { freePorts, type Running } from './process.ts';

/** Flux's source and kustomize controllers beside the API server, as AKS's GitOps extension runs them in the cluster. */
export async function startFlux(plane: ControlPlane): Promise<readonly Running[]> {
  const [storage = 0, ...ports] = await freePorts(5);
  const [sourceMetrics = 0, sourceHealth = 0, kustomizeMetrics = 0, kustomizeHealth = 0] = ports;
  const kubeconfig = await plane.kubeconfig({ commonName: 'flux', organization: 'system:masters' });
  const environment = { RUNTIME_NAMESPACE: 'flux-system', KUBECONFIG: kubeconfig, TUF_ROOT: plane.folder };
  const artifacts = path.join(plane.folder, 'artifacts');
  mkdirSync(artifacts, { recursive: true });
  const shared = (metrics: number, health: number) => [
    '--enable-leader-election=false',
    '--watch-all-namespaces=true',
    '--log-level=info',
    `--metrics-addr=127.0.0.1:${metrics}`,
    `--health-addr=127.0.0.1:${health}`,
  ];
  return [
    plane.start(
      'source-controller',
      [
        ...shared(sourceMetrics, sourceHealth),
        `--storage-path=${artifacts}`,
        `--storage-addr=127.0.0.1:${storage}`,
        `--storage-adv-addr=127.0.0.1:${storage}`,
      ],
      environment,
    ),
    plane.start(
      'kustomize-controller',
      // As the extension does in clusters for several teams: no tenant reaches another's sources or acts as the controller.
      [
        ...shared(kustomizeMetrics, kustomizeHealth),
        '--no-cross-namespace-refs=true',
        // A layer that waits for another looks again soon.
        '--requeue-dependency=2s',
      ],
      environment,
    ),
  ];
}
