import { allowIn, allowOut, denyPlatformDns, type SecurityRule } from '../../network/security-group.ts';
import { ports } from '../ports.ts';
import { nodeSubnets, operatorSubnets, podSubnets, servicePodSubnets } from '../refs.ts';
import { allowancesOut, dnsOut, httpsOut, privateEndpointsOut, type RuleInput } from './spoke-rules.ts';

type NodeSubnet = (typeof nodeSubnets)[number];

/** The pool whose pods are the ingress. */
const ingressPool = ({ refs }: RuleInput): NodeSubnet =>
  refs.subnets.includes('platformNodePool') ? 'platformNodePool' : 'inScopeNodePools';

/** Nodes of one cluster are open to each other: Azure supports nothing else. */
export function nodeRules(input: RuleInput, own: NodeSubnet): readonly SecurityRule[] {
  const { refs, cluster } = input;
  const here = refs.ranges(own);
  const nodes = refs.ranges(...nodeSubnets);
  return [
    denyPlatformDns,
    allowIn('AllowNodesIn', 'nodes-open-to-each-other', { protocol: '*', from: nodes, to: here, ports: ['*'] }),
    allowIn('AllowApiServerIn', 'api-server-calls-kubelets', {
      protocol: 'Tcp',
      from: refs.ranges('apiServer'),
      to: here,
      ports: [ports.kubelet],
    }),
    allowIn('AllowMetricsIn', 'service-pods-read-metrics', {
      protocol: 'Tcp',
      from: refs.ranges(...servicePodSubnets),
      to: here,
      ports: ports.nodeMetrics,
    }),
    allowIn('AllowLoadBalancerProbesIn', 'load-balancer-probes', {
      protocol: 'Tcp',
      from: ['AzureLoadBalancer'],
      to: here,
      ports: ports.loadBalancerProbes,
    }),
    ...(own === ingressPool(input)
      ? [
          allowIn('AllowIngressIn', 'only-the-gateway-reaches-the-ingress', {
            protocol: 'Tcp',
            from: refs.ranges('applicationGateway'),
            to: [`${cluster.network.ingressAddress}/32`],
            ports: [ports.https],
          }),
        ]
      : []),
    allowOut('AllowNodesOut', 'nodes-open-to-each-other', { protocol: '*', from: here, to: nodes, ports: ['*'] }),
    allowOut('AllowPodsOut', 'nodes-reach-pods', {
      protocol: '*',
      from: here,
      to: refs.ranges(...podSubnets),
      ports: ['*'],
    }),
    allowOut('AllowApiServerOut', 'cluster-reaches-its-api-server', {
      protocol: 'Tcp',
      from: here,
      to: refs.ranges('apiServer'),
      ports: ports.apiServer,
    }),
    // Where the API server has no subnet of its own, it answers beside the system nodes.
    ...(own === refs.apiServer
      ? [
          allowIn('AllowOperatorsIn', 'operators-reach-the-api-server', {
            protocol: 'Tcp',
            from: refs.ranges(...operatorSubnets),
            to: here,
            ports: [ports.https],
          }),
        ]
      : []),
    privateEndpointsOut(input, own),
    ...allowancesOut(input, own, [443]),
    ...dnsOut(input, own),
    httpsOut(input, own),
  ];
}
