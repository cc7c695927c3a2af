import type { IntentDraft } from '../../draft.ts';
import { everythingButTcp } from '../../network/traffic.ts';
import { ports } from '../ports.ts';
import { nodeSubnets, operatorSubnets, podSubnets, servicePodSubnets, workloadPodSubnets } from '../refs.ts';
import { type IntentInput, intentsOf, tcp } from './spoke-intent.ts';

/** The API server and Azure's load balancer: whom they call, and who calls them. */
export function apiServerIntents(input: IntentInput): readonly IntentDraft[] {
  const { refs } = input;
  const { allowed, denied } = intentsOf(input);
  const nodes = refs.endpoints(...nodeSubnets);
  const pods = refs.endpoints(...podSubnets);
  const service = refs.endpoints(...servicePodSubnets);
  const workload = refs.endpoints(...workloadPodSubnets);
  const platform = refs.endpoints('podsPlatform');
  const apiServer = refs.endpoints('apiServer');
  // Where it answers; what it sends itself is looked at where it has a subnet of its own.
  const answers = refs.endpoints(refs.apiServer);
  const numbers = (texts: readonly string[]): readonly number[] => texts.map(Number);
  return [
    allowed(
      'api-server-is-reached',
      'nodes, pods and operators reach the API server',
      { from: [...nodes, ...pods, ...refs.endpoints(...operatorSubnets)], to: answers, traffic: tcp(443) },
      '1.2.5',
    ),
    allowed(
      'cluster-reaches-its-api-server',
      'nodes and pods reach the API server on both of its ports',
      { from: [...nodes, ...pods], to: apiServer, traffic: tcp(...ports.apiServer) },
      '1.2.5',
    ),
    denied(
      'api-server-is-reached-by-the-cluster-only',
      'the API server is reached by the cluster’s nodes and pods, its operators, and nothing else',
      {
        from: ['any'],
        exceptFrom: [...nodes, ...pods, ...refs.endpoints(...operatorSubnets), ...apiServer],
        to: answers,
      },
      '1.3.1',
      '1.4.2',
    ),
    denied(
      'api-server-takes-its-ports-only',
      'the API server takes its two ports from the cluster, and nothing else',
      { from: [...nodes, ...pods], to: apiServer, traffic: everythingButTcp(...numbers(ports.apiServer)) },
      '1.2.5',
    ),
    denied(
      'operators-reach-the-api-port-only',
      'operators reach the API server on 443, and on nothing else',
      { from: refs.endpoints(...operatorSubnets), to: answers, traffic: everythingButTcp(443) },
      '1.2.5',
      '2.2.7',
    ),
    allowed(
      'api-server-calls-kubelets',
      'the API server calls kubelets',
      { from: apiServer, to: nodes, traffic: tcp(ports.kubelet) },
      '1.2.5',
    ),
    allowed(
      'api-server-calls-webhooks',
      'the API server calls webhooks and aggregated services of service pods',
      { from: apiServer, to: service, traffic: tcp(...ports.webhooks) },
      '1.2.5',
    ),
    allowed(
      'api-server-calls-the-mesh',
      'the API server calls the mesh’s webhook',
      { from: apiServer, to: platform, traffic: tcp(ports.meshWebhook) },
      '1.2.5',
    ),
    allowed(
      'api-server-instances-reach-each-other',
      'instances of the API server and their load balancer reach each other',
      { from: apiServer, to: apiServer },
      '1.2.5',
    ),
    denied(
      'api-server-calls-named-ports-only',
      'the API server calls nodes on the kubelet’s port only',
      { from: apiServer, to: nodes, traffic: everythingButTcp(Number(ports.kubelet)) },
      '1.2.5',
    ),
    denied(
      'api-server-calls-webhook-ports-only',
      'the API server calls service pods on webhook ports only',
      {
        from: apiServer,
        to: service,
        traffic: everythingButTcp(...numbers([...ports.webhooks, ports.meshWebhook])),
      },
      '1.2.5',
    ),
    denied(
      'api-server-does-not-call-workloads',
      'the API server calls no workload pod',
      { from: apiServer, to: workload },
      '1.3.1',
    ),
    allowed(
      'load-balancer-probes-nodes',
      'Azure’s load balancer probes nodes',
      { from: ['tag:AzureLoadBalancer'], to: nodes, traffic: tcp(...ports.loadBalancerProbes) },
      '1.2.5',
    ),
    denied(
      'load-balancer-probes-nodes-on-few-ports',
      'Azure’s load balancer reaches nodes on the ports of its probes only',
      {
        from: ['tag:AzureLoadBalancer'],
        to: nodes,
        traffic: [{ protocol: 'tcp', ports: ['0-10255', '10257-29999', '32768-65535'] }, { protocol: 'udp' }],
      },
      '1.2.5',
    ),
    denied(
      'load-balancer-probes-the-api-server-on-one-port',
      'Azure’s load balancer reaches the API server on the port of its probe only',
      { from: ['tag:AzureLoadBalancer'], to: apiServer, traffic: everythingButTcp(Number(ports.apiServerProbe)) },
      '1.2.5',
    ),
    allowed(
      'load-balancer-probes-the-api-server',
      'Azure’s load balancer probes the API server',
      { from: ['tag:AzureLoadBalancer'], to: apiServer, traffic: tcp(ports.apiServerProbe) },
      '1.2.5',
    ),
  ];
}
