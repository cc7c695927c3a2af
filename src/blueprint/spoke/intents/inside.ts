import type { IntentDraft } from '../../draft.ts';
import { everythingButTcp, portsBut } from '../../network/traffic.ts';
import { ports } from '../ports.ts';
import { nodeSubnets, operatorSubnets, podSubnets, servicePodSubnets, workloadPodSubnets } from '../refs.ts';
import { scopeIntents } from './scopes.ts';
import { type IntentInput, intentsOf, tcp, udpAndTcp } from './spoke-intent.ts';

/** Inside the cluster: scopes, and what AKS needs in order to work. */
export function insideIntents(input: IntentInput): readonly IntentDraft[] {
  const { refs, cluster } = input;
  const { allowed, denied } = intentsOf(input);
  const nodes = refs.endpoints(...nodeSubnets);
  const pods = refs.endpoints(...podSubnets);
  const service = refs.endpoints(...servicePodSubnets);
  const workload = refs.endpoints(...workloadPodSubnets);
  const [system, platform] = [refs.endpoints('podsSystem'), refs.endpoints('podsPlatform')];
  const [inScope, outOfScope] = [refs.endpoints('podsInScope'), refs.endpoints('podsOutOfScope')];
  const apiServer = refs.endpoints('apiServer');
  const numbers = (texts: readonly string[]): readonly number[] => texts.map(Number);
  return [
    ...scopeIntents(input),
    denied(
      'service-pods-reach-workloads-on-named-ports',
      'the platform’s pods reach in-scope pods on the workload’s port and for metrics only',
      { from: platform, to: inScope, traffic: everythingButTcp(Number(ports.workload), Number(ports.meshMetrics)) },
      '1.2.5',
      '1.3.1',
    ),
    denied(
      'system-pods-read-metrics-of-workloads-only',
      'system pods reach in-scope and out-of-scope pods for metrics only, and the platform’s pods out-of-scope ones likewise',
      { from: system, to: workload, traffic: everythingButTcp(Number(ports.meshMetrics)) },
      '1.2.5',
      '1.3.1',
    ),
    denied(
      'platform-pods-read-metrics-of-out-of-scope-only',
      'the platform’s pods reach out-of-scope pods for metrics only',
      { from: platform, to: outOfScope, traffic: everythingButTcp(Number(ports.meshMetrics)) },
      '1.2.5',
    ),
    allowed(
      'ingress-calls-the-in-scope-workload',
      'the ingress’s pods reach in-scope pods on the workload’s port',
      { from: platform, to: inScope, traffic: tcp(ports.workload) },
      '1.2.5',
    ),
    allowed(
      'metrics-are-read',
      'service pods read the metrics of workload pods',
      { from: service, to: workload, traffic: tcp(ports.meshMetrics) },
      '10.2.1',
    ),
    allowed(
      'node-metrics-are-read',
      'service pods read the metrics of nodes',
      { from: service, to: nodes, traffic: tcp(...ports.nodeMetrics) },
      '10.2.1',
    ),
    allowed(
      'platform-metrics-are-read',
      'system pods read the metrics of platform pods',
      { from: system, to: platform, traffic: tcp(...ports.serviceMetrics) },
      '10.2.1',
    ),
    allowed(
      'system-metrics-are-read',
      'platform pods read the metrics of system pods',
      { from: platform, to: system, traffic: tcp(...ports.serviceMetrics) },
      '10.2.1',
    ),
    denied(
      'system-pods-reach-platform-pods-for-metrics-only',
      'system pods reach platform pods for metrics only',
      { from: system, to: platform, traffic: everythingButTcp(...numbers(ports.serviceMetrics)) },
      '1.2.5',
    ),
    denied(
      'platform-pods-reach-system-pods-for-metrics-and-names-only',
      'platform pods reach system pods for metrics and names only',
      {
        from: platform,
        to: system,
        traffic: [
          { protocol: 'tcp', ports: portsBut([53, ...numbers(ports.serviceMetrics)]) },
          { protocol: 'udp', ports: portsBut([53]) },
          { protocol: 'icmp' },
        ],
      },
      '1.2.5',
    ),
    denied(
      'pods-reach-nodes-for-metrics-only',
      'service pods reach nodes for metrics only',
      { from: service, to: nodes, traffic: everythingButTcp(...numbers(ports.nodeMetrics)) },
      '1.2.5',
    ),
    denied(
      'nodes-are-reached-by-the-cluster-only',
      'nodes are reached by each other, the API server and service pods, and by nothing else: no workload pod among them',
      {
        from: ['any'],
        exceptFrom: [
          ...nodes,
          ...apiServer,
          ...service,
          ...(apiServer.length === 0 ? refs.endpoints(...operatorSubnets) : []),
        ],
        to: nodes,
      },
      '1.3.1',
      '2.2.4',
    ),
    denied(
      'service-pods-are-reached-by-the-cluster-only',
      'service pods are reached by the cluster’s nodes, pods and API server, and by nothing else',
      { from: ['any'], exceptFrom: [...nodes, ...pods, ...apiServer], to: service },
      '1.3.1',
    ),
    denied(
      'workload-pods-reach-the-mesh-only',
      'workload pods reach the platform’s pods for the mesh only',
      { from: workload, to: platform, traffic: everythingButTcp(Number(ports.meshControl)) },
      '1.2.5',
      '1.3.1',
    ),
    denied(
      'workload-pods-ask-names-only',
      'workload pods reach system pods for names only',
      {
        from: workload,
        to: system,
        traffic: [
          { protocol: 'tcp', ports: portsBut([53]) },
          { protocol: 'udp', ports: portsBut([53]) },
          { protocol: 'icmp' },
        ],
      },
      '1.2.5',
      '1.3.1',
    ),
    allowed('nodes-reach-each-other', 'nodes reach each other on every port', { from: nodes, to: nodes }, '1.2.5'),
    allowed('nodes-reach-pods', 'nodes reach the cluster’s pods', { from: nodes, to: pods }, '1.2.5'),
    ...podSubnets.map((id) => ({
      ...allowed(
        'pods-of-one-scope-reach-each-other',
        `pods in ${refs.subnetName(id)} reach each other`,
        { from: refs.endpoints(id), to: refs.endpoints(id) },
        '1.2.5',
      ),
      of: `${refs.subnetName(id).replace(/^snet-pods-/, '')}-${cluster.name}`,
    })),
    allowed(
      'pods-resolve-in-the-cluster',
      'pods ask the cluster’s DNS',
      { from: pods, to: system, traffic: udpAndTcp(53) },
      '1.2.5',
    ),
    allowed(
      'workload-pods-join-the-mesh',
      'workload pods reach the mesh’s control plane',
      { from: workload, to: platform, traffic: tcp(ports.meshControl) },
      '1.2.5',
    ),
  ];
}
