import { type OriginalRow, rowsOf } from '../row.ts';

const services = [
  ['web-frontend', 'a0005-i'],
  ['microservice-a', 'a0005-o'],
  ['microservice-b', 'a0005-o'],
  ['microservice-c', 'a0005-i'],
] as const;

const route = rowsOf('workload', 'workload/web-frontend');

/** The original's four services. */
export const workloadRows: readonly OriginalRow[] = [
  ...services.flatMap(([name, namespace]): readonly OriginalRow[] => {
    const of = rowsOf('workload', `workload/${name}`);
    const own = (kind: string): string => `object:${kind} ${namespace}/${name}`;
    return [
      of('ServiceAccount', 'its own', own('ServiceAccount')),
      of(
        'Deployment',
        'two replicas; no probes, writable root',
        own('Deployment'),
        'Probes, read-only root, restricted.',
      ),
      of('Service', name === 'web-frontend' ? 'port 8080' : 'port 80', own('Service')),
      of('PodDisruptionBudget', 'half of them', own('PodDisruptionBudget')),
      of('NetworkPolicy', 'of its component', own('NetworkPolicy')),
      of(
        'HTTPRouteGroup',
        'GET on the caller’s path',
        own('AuthorizationPolicy'),
        'Method and path are in the rule of the mesh.',
      ),
      ...(name === 'web-frontend'
        ? []
        : [of('TrafficTarget', 'who may call', own('AuthorizationPolicy'), 'By the identity that the mesh proves.')]),
    ];
  }),
  route(
    'Ingress',
    'host and a snippet of configuration',
    'object:HTTPRoute a0005-i/web-frontend',
    'No snippet: what a route may say is a type.',
  ),
  route('IngressBackend', 'the ingress shows a certificate', 'object:AuthorizationPolicy a0005-i/web-frontend'),
];
