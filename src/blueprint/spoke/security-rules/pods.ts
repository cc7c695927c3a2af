import { allowIn, allowOut, denyPlatformDns, overUdpAndTcp, type SecurityRule } from '../../network/security-group.ts';
import { ports } from '../ports.ts';
import { nodeSubnets, type podSubnets, type SpokeRefs, servicePodSubnets, workloadPodSubnets } from '../refs.ts';
import { allowancesOut, dnsOut, httpsOut, privateEndpointsOut, type RuleInput } from './spoke-rules.ts';

export type PodSubnet = (typeof podSubnets)[number];
type ServicePodSubnet = (typeof servicePodSubnets)[number];
type WorkloadPodSubnet = (typeof workloadPodSubnets)[number];

/** What every pod subnet has: its own pods and nodes, the API server, private endpoints, the firewall. */
function shared(input: RuleInput, own: PodSubnet): readonly SecurityRule[] {
  const { refs } = input;
  const here = refs.ranges(own);
  return [
    denyPlatformDns,
    allowIn('AllowNodesIn', 'nodes-reach-pods', {
      protocol: '*',
      from: refs.ranges(...nodeSubnets),
      to: here,
      ports: ['*'],
    }),
    allowIn('AllowSameScopeIn', 'pods-of-one-scope-share-a-subnet', {
      protocol: '*',
      from: here,
      to: here,
      ports: ['*'],
    }),
    allowOut('AllowSameScopeOut', 'pods-of-one-scope-share-a-subnet', {
      protocol: '*',
      from: here,
      to: here,
      ports: ['*'],
    }),
    allowOut('AllowApiServerOut', 'cluster-reaches-its-api-server', {
      protocol: 'Tcp',
      from: here,
      to: refs.ranges('apiServer'),
      ports: ports.apiServer,
    }),
    privateEndpointsOut(input, own),
    httpsOut(input, own),
    ...allowancesOut(input, own, [443]),
  ];
}

function clusterDnsOut(refs: SpokeRefs, own: Exclude<PodSubnet, 'podsSystem'>): readonly SecurityRule[] {
  return overUdpAndTcp((protocol) =>
    allowOut('AllowClusterDnsOut', 'pods-ask-the-cluster-dns', {
      protocol,
      from: refs.ranges(own),
      to: refs.ranges('podsSystem'),
      ports: [ports.dns],
    }),
  );
}

/** Pods of add-ons and controllers: they read metrics everywhere, and the API server calls their webhooks. */
function serviceRules({ refs }: RuleInput, own: ServicePodSubnet): readonly SecurityRule[] {
  const here = refs.ranges(own);
  const other = refs.ranges(own === 'podsSystem' ? 'podsPlatform' : 'podsSystem');
  const metrics = { protocol: 'Tcp', ports: ports.serviceMetrics } as const;
  return [
    allowIn('AllowWebhooksIn', 'api-server-calls-webhooks', {
      protocol: 'Tcp',
      from: refs.ranges('apiServer'),
      to: here,
      ports: own === 'podsPlatform' ? [...ports.webhooks, ports.meshWebhook] : ports.webhooks,
    }),
    allowIn('AllowServiceMetricsIn', 'service-pods-read-metrics', { ...metrics, from: other, to: here }),
    allowOut('AllowServiceMetricsOut', 'service-pods-read-metrics', { ...metrics, from: here, to: other }),
    allowOut('AllowNodeMetricsOut', 'service-pods-read-metrics', {
      protocol: 'Tcp',
      from: here,
      to: refs.ranges(...nodeSubnets),
      ports: ports.nodeMetrics,
    }),
    allowOut('AllowWorkloadMetricsOut', 'service-pods-read-metrics', {
      protocol: 'Tcp',
      from: here,
      to: refs.ranges(...workloadPodSubnets),
      ports: [ports.meshMetrics],
    }),
  ];
}

function systemPodRules(input: RuleInput): readonly SecurityRule[] {
  const { refs } = input;
  const dnsIn = overUdpAndTcp((protocol) =>
    allowIn('AllowClusterDnsIn', 'pods-ask-the-cluster-dns', {
      protocol,
      from: refs.ranges('podsPlatform', ...workloadPodSubnets),
      to: refs.ranges('podsSystem'),
      ports: [ports.dns],
    }),
  );
  return [
    ...shared(input, 'podsSystem'),
    ...serviceRules(input, 'podsSystem'),
    ...dnsIn,
    ...dnsOut(input, 'podsSystem'),
  ];
}

function platformPodRules(input: RuleInput): readonly SecurityRule[] {
  const { refs } = input;
  const here = refs.ranges('podsPlatform');
  return [
    ...shared(input, 'podsPlatform'),
    ...serviceRules(input, 'podsPlatform'),
    allowIn('AllowMeshControlIn', 'workload-pods-join-the-mesh', {
      protocol: 'Tcp',
      from: refs.ranges(...workloadPodSubnets),
      to: here,
      ports: [ports.meshControl],
    }),
    allowIn('AllowIngressIn', 'only-the-gateway-reaches-the-ingress', {
      protocol: 'Tcp',
      from: refs.ranges('applicationGateway'),
      to: here,
      ports: [ports.ingressPods],
    }),
    allowOut('AllowInScopeWorkloadOut', 'ingress-calls-the-in-scope-workload', {
      protocol: 'Tcp',
      from: here,
      to: refs.ranges('podsInScope'),
      ports: [ports.workload],
    }),
    ...clusterDnsOut(refs, 'podsPlatform'),
  ];
}

function workloadPodRules(input: RuleInput, own: WorkloadPodSubnet): readonly SecurityRule[] {
  const { refs } = input;
  const here = refs.ranges(own);
  return [
    ...shared(input, own),
    allowIn('AllowMetricsIn', 'service-pods-read-metrics', {
      protocol: 'Tcp',
      from: refs.ranges(...servicePodSubnets),
      to: here,
      ports: [ports.meshMetrics],
    }),
    ...(own === 'podsInScope'
      ? [
          allowIn('AllowIngressPodsIn', 'ingress-calls-the-in-scope-workload', {
            protocol: 'Tcp',
            from: refs.ranges('podsPlatform'),
            to: here,
            ports: [ports.workload],
          }),
        ]
      : []),
    ...crossingRules(input, own),
    allowOut('AllowMeshControlOut', 'workload-pods-join-the-mesh', {
      protocol: 'Tcp',
      from: here,
      to: refs.ranges('podsPlatform'),
      ports: [ports.meshControl],
    }),
    ...clusterDnsOut(refs, own),
  ];
}

const subnetOf = { 'in-scope': 'podsInScope', 'out-of-scope': 'podsOutOfScope' } as const;

/** The workload's calls that leave its scope: one port, in the direction of the call. Answers come back by themselves. */
function crossingRules({ refs, crossings }: RuleInput, own: WorkloadPodSubnet): readonly SecurityRule[] {
  return crossings.map(({ from, to }) => {
    const traffic = {
      protocol: 'Tcp',
      from: refs.ranges(subnetOf[from]),
      to: refs.ranges(subnetOf[to]),
      ports: [ports.workload],
    } as const;
    return subnetOf[from] === own
      ? allowOut('AllowOtherScopeOut', 'workload-calls-cross-scopes-on-one-port', traffic)
      : allowIn('AllowOtherScopeIn', 'workload-calls-cross-scopes-on-one-port', traffic);
  });
}

export function podRules(input: RuleInput, own: PodSubnet): readonly SecurityRule[] {
  if (own === 'podsSystem') return systemPodRules(input);
  return own === 'podsPlatform' ? platformPodRules(input) : workloadPodRules(input, own);
}
