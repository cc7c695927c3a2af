import type { KubernetesObject } from '../../model/kubernetes-object.ts';
import { ingressHost } from '../gateway/build.ts';
import type { ClusterContext } from '../kubernetes/cluster-context.ts';
import { object } from '../kubernetes/object.ts';
import type { HttpRoute } from '../kubernetes/types/gateway-api.ts';
import type { WorkloadService } from '../workload/services.ts';
import { ingressGateway, ingressNamespace } from './names.ts';

/** Only the page: the routes by which components call each other do not exist from outside. */
export function entranceRoute({ context, cluster }: ClusterContext, service: WorkloadService): KubernetesObject {
  return object<HttpRoute>({
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: service.name, namespace: service.namespace },
    spec: {
      parentRefs: [{ name: ingressGateway, namespace: ingressNamespace }],
      hostnames: [ingressHost(context, cluster)],
      rules: [
        {
          matches: [{ path: { type: 'Exact', value: '/' }, method: 'GET' }],
          backendRefs: [{ name: service.name, port: 80 }],
        },
      ],
    },
  });
}
