import type { IConfigMap } from 'kubernetes-models/v1/ConfigMap';
import { stringify } from 'yaml';
import { formatPrefix } from '../../kernel/address.ts';
import type { KubernetesObject } from '../../model/kubernetes-object.ts';
import { ingressHost } from '../gateway/build.ts';
import type { ClusterContext } from '../kubernetes/cluster-context.ts';
import { from, networkPolicy, podsIn, range, to } from '../kubernetes/network-policies.ts';
import { object } from '../kubernetes/object.ts';
import type { Gateway } from '../kubernetes/types/gateway-api.ts';
import type { AuthorizationPolicy } from '../kubernetes/types/istio.ts';
import { spokeRefs } from '../spoke/refs.ts';
import { nameLabel } from '../workload/deployment.ts';
import { ingressCertificate, ingressGateway, ingressNamespace, ingressPods } from './names.ts';

const annotation = 'service.beta.kubernetes.io/azure-load-balancer';
const options = 'internal-options';

/** An internal load balancer at a fixed address, in its own subnet. */
export function gateway({ context, cluster, services }: ClusterContext): KubernetesObject {
  const spoke = spokeRefs(context, cluster);
  const entrance = services.find(({ isEntrance }) => isEntrance);
  return object<Gateway>({
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: { name: ingressGateway, namespace: ingressNamespace },
    spec: {
      gatewayClassName: 'istio',
      addresses: [{ type: 'IPAddress', value: cluster.network.ingressAddress }],
      infrastructure: {
        labels: { 'pci-scope': 'in-scope' },
        annotations: {
          [`${annotation}-internal`]: 'true',
          [`${annotation}-internal-subnet`]: spoke.subnetName('ingressServices'),
        },
        parametersRef: { group: '', kind: 'ConfigMap', name: options },
      },
      listeners: [
        {
          name: 'https',
          port: 443,
          protocol: 'HTTPS',
          hostname: `*.${context.spec.domains.ingress}`,
          tls: { mode: 'Terminate', certificateRefs: [{ name: ingressCertificate }] },
          allowedRoutes: {
            namespaces: {
              from: 'Selector',
              selector: {
                matchLabels: { 'kubernetes.io/metadata.name': entrance?.namespace ?? ingressNamespace },
              },
            },
          },
        },
      ],
    },
  });
}

/**
 * What Istio makes for the gateway, in detail: clients keep their address (the policy judges by it), two pods at least, never both
 * drained at once.
 */
export function gatewayOptions(): KubernetesObject {
  return object<IConfigMap>({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: options, namespace: ingressNamespace },
    data: {
      service: stringify({ spec: { externalTrafficPolicy: 'Local' } }),
      horizontalPodAutoscaler: stringify({ spec: { minReplicas: 2, maxReplicas: 5 } }),
      podDisruptionBudget: stringify({ spec: { minAvailable: 1 } }),
    },
  });
}

/** Application Gateway's subnet reaches the gateway, and the gateway reaches the entrance of the workload. */
export function gatewayPolicies({ context, cluster, services }: ClusterContext): readonly KubernetesObject[] {
  const entrance = services.filter(({ isEntrance }) => isEntrance);
  return [
    networkPolicy({
      namespace: ingressNamespace,
      name: 'internal-gateway',
      pods: ingressPods,
      ingress: [from([range(formatPrefix(cluster.network.subnets.applicationGateway))], 443)],
      egress: entrance.map((one) => to([podsIn(one.namespace, nameLabel(one.name))], 'web')),
    }),
    object<AuthorizationPolicy>({
      apiVersion: 'security.istio.io/v1',
      kind: 'AuthorizationPolicy',
      metadata: { name: 'internal-gateway', namespace: ingressNamespace },
      spec: {
        selector: { matchLabels: ingressPods },
        action: 'ALLOW',
        rules: [{ to: [{ operation: { hosts: [ingressHost(context, cluster)], methods: ['GET'], ports: ['443'] } }] }],
      },
    }),
  ];
}
