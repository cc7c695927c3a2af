import { allowIn, allowOut, denyPlatformDns, type SecurityRule } from '../../network/security-group.ts';
import { ports } from '../ports.ts';
import { nodeSubnets, operatorSubnets, podSubnets, servicePodSubnets } from '../refs.ts';
import type { RuleInput } from './spoke-rules.ts';

/** Subnets that hold what Azure puts there: the API server, load balancers, Application Gateway, private endpoints. */
export function apiServerRules({ refs }: RuleInput): readonly SecurityRule[] {
  const here = refs.ranges('apiServer');
  return [
    denyPlatformDns,
    allowIn('AllowClusterIn', 'cluster-reaches-its-api-server', {
      protocol: 'Tcp',
      from: refs.ranges(...nodeSubnets, ...podSubnets),
      to: here,
      ports: ports.apiServer,
    }),
    allowIn('AllowOperatorsIn', 'operators-reach-the-api-server', {
      protocol: 'Tcp',
      from: refs.ranges(...operatorSubnets),
      to: here,
      ports: [ports.https],
    }),
    allowIn('AllowLoadBalancerProbesIn', 'load-balancer-probes', {
      protocol: 'Tcp',
      from: ['AzureLoadBalancer'],
      to: here,
      ports: [ports.apiServerProbe],
    }),
    allowIn('AllowOwnSubnetIn', 'api-server-instances-share-a-subnet', {
      protocol: '*',
      from: here,
      to: here,
      ports: ['*'],
    }),
    allowOut('AllowOwnSubnetOut', 'api-server-instances-share-a-subnet', {
      protocol: '*',
      from: here,
      to: here,
      ports: ['*'],
    }),
    allowOut('AllowKubeletsOut', 'api-server-calls-kubelets', {
      protocol: 'Tcp',
      from: here,
      to: refs.ranges(...nodeSubnets),
      ports: [ports.kubelet],
    }),
    allowOut('AllowWebhooksOut', 'api-server-calls-webhooks', {
      protocol: 'Tcp',
      from: here,
      to: refs.ranges(...servicePodSubnets),
      ports: ports.webhooks,
    }),
    allowOut('AllowMeshWebhookOut', 'api-server-calls-webhooks', {
      protocol: 'Tcp',
      from: here,
      to: refs.ranges('podsPlatform'),
      ports: [ports.meshWebhook],
    }),
  ];
}

export function ingressServicesRules({ refs, cluster }: RuleInput): readonly SecurityRule[] {
  return [
    denyPlatformDns,
    allowIn('AllowGatewayIn', 'only-the-gateway-reaches-the-ingress', {
      protocol: 'Tcp',
      from: refs.ranges('applicationGateway'),
      to: [`${cluster.network.ingressAddress}/32`],
      ports: [ports.https],
    }),
  ];
}

/** The only subnet of the spoke that may ask Azure's own resolver: Application Gateway does, whatever its network says. */
export function applicationGatewayRules({ refs, cluster }: RuleInput): readonly SecurityRule[] {
  const here = refs.ranges('applicationGateway');
  return [
    allowIn('AllowHttpsIn', 'gateway-takes-https-from-the-internet', {
      protocol: 'Tcp',
      from: ['Internet'],
      to: here,
      ports: [ports.https],
    }),
    allowIn('AllowGatewayManagerIn', 'gateway-management-from-its-manager-only', {
      protocol: 'Tcp',
      from: ['GatewayManager'],
      to: ['*'],
      ports: [ports.gatewayManagement],
    }),
    allowIn('AllowLoadBalancerIn', 'gateway-management-from-its-manager-only', {
      protocol: '*',
      from: ['AzureLoadBalancer'],
      to: ['*'],
      ports: ['*'],
    }),
    allowOut('AllowIngressOut', 'only-the-gateway-reaches-the-ingress', {
      protocol: 'Tcp',
      from: here,
      to: [`${cluster.network.ingressAddress}/32`],
      ports: [ports.https],
    }),
    allowOut('AllowPrivateEndpointsOut', 'gateway-reads-its-certificate', {
      protocol: 'Tcp',
      from: here,
      to: refs.ranges('privateLinkEndpoints'),
      ports: [ports.https],
    }),
    allowOut('AllowInternetOut', 'gateway-egress-stays-open', {
      protocol: '*',
      from: here,
      to: ['Internet'],
      ports: ['*'],
    }),
  ];
}

export function privateEndpointRules({ refs }: RuleInput): readonly SecurityRule[] {
  const here = refs.ranges('privateLinkEndpoints');
  const https = { protocol: 'Tcp', to: here, ports: [ports.https] } as const;
  return [
    denyPlatformDns,
    allowIn('AllowClusterIn', 'private-endpoints-from-named-subnets', {
      ...https,
      from: refs.ranges(...nodeSubnets, ...podSubnets),
    }),
    allowIn('AllowOperatorsIn', 'private-endpoints-from-named-subnets', {
      ...https,
      from: refs.ranges(...operatorSubnets, 'acrAgents'),
    }),
    allowIn('AllowGatewayIn', 'gateway-reads-its-certificate', { ...https, from: refs.ranges('applicationGateway') }),
  ];
}
