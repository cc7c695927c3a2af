import type { IntentDraft } from '../../draft.ts';
import { everythingButTcp, portsBut } from '../../network/traffic.ts';
import { nodeSubnets, operatorSubnets, podSubnets } from '../refs.ts';
import { type IntentInput, intentsOf, tcp } from './spoke-intent.ts';

/** The way in: the Internet, Application Gateway, the ingress. */
export function edgeIntents(input: IntentInput): readonly IntentDraft[] {
  const { refs, cluster } = input;
  const { allowed, denied } = intentsOf(input);
  const gateway = refs.endpoints('applicationGateway');
  const ingress = [cluster.network.ingressAddress];
  const endpoints = refs.endpoints('privateLinkEndpoints');
  const behind = refs.endpoints(...refs.subnets.filter((id) => id !== 'applicationGateway'));
  return [
    denied(
      'internet-reaches-the-gateway-only',
      'no packet from the Internet reaches any subnet but Application Gateway’s',
      { from: ['internet'], to: behind },
      '1.3.1',
      '1.4.2',
      '1.4.4',
    ),
    denied(
      'gateway-takes-https-only',
      'Application Gateway takes HTTPS from the Internet and nothing else; Azure’s own gateway manager is looked at by itself',
      { from: ['internet'], exceptFrom: ['tag:GatewayManager'], to: gateway, traffic: everythingButTcp(443) },
      '1.3.1',
      '1.2.6',
    ),
    denied(
      'gateway-is-reached-from-outside-only',
      'nothing inside connects to Application Gateway: neither hub nor cluster nor operators',
      { from: ['any'], exceptFrom: [...gateway, 'internet', 'tag:AzureLoadBalancer'], to: gateway },
      '1.3.1',
      '1.4.2',
    ),
    denied(
      'gateway-management-is-narrow',
      'Azure’s gateway manager reaches Application Gateway’s management ports and its HTTPS port, and no other',
      {
        from: ['tag:GatewayManager'],
        to: gateway,
        traffic: [{ protocol: 'tcp', ports: ['0-442', '444-65199'] }, { protocol: 'udp' }, { protocol: 'icmp' }],
      },
      '1.2.5',
      '1.3.1',
    ),
    allowed(
      'gateway-manager-manages-the-gateway',
      'Azure’s gateway manager reaches Application Gateway’s management ports',
      { from: ['tag:GatewayManager'], to: gateway, traffic: tcp('65200-65535') },
      '1.2.5',
    ),
    allowed(
      'browsers-reach-the-gateway',
      'browsers reach Application Gateway over HTTPS',
      { from: ['internet'], to: gateway, traffic: tcp(443) },
      '1.2.5',
    ),
    allowed(
      'gateway-reaches-the-ingress',
      'Application Gateway reaches the ingress on 443',
      { from: gateway, to: ingress, traffic: tcp(443) },
      '1.2.5',
    ),
    allowed(
      'gateway-reaches-the-vault',
      'Application Gateway reaches private endpoints on 443, to read its certificate',
      { from: gateway, to: endpoints, traffic: tcp(443) },
      '1.2.5',
    ),
    allowed(
      'gateway-egress-stays-open',
      'Application Gateway’s way out to the Internet is open, as version 2 of it needs',
      { from: gateway, to: ['internet'] },
      '1.2.5',
    ),
    allowed(
      'load-balancer-probes-the-gateway',
      'Azure’s load balancer probes Application Gateway',
      { from: ['tag:AzureLoadBalancer'], to: gateway },
      '1.2.5',
    ),
    denied(
      'gateway-reaches-nothing-else-inside',
      'Application Gateway reaches nothing inside but the ingress and private endpoints',
      { from: gateway, to: ['any'], exceptTo: [...ingress, ...endpoints, 'internet'] },
      '1.3.1',
      '1.4.2',
    ),
    denied(
      'only-the-gateway-reaches-the-ingress',
      'nothing but Application Gateway reaches the ingress',
      { from: ['any'], exceptFrom: gateway, to: refs.endpoints('ingressServices') },
      '1.3.1',
      '1.4.2',
      '6.4.2',
    ),
    denied(
      'ingress-takes-https-only',
      'the ingress’s subnet takes 443 at the ingress’s address, and nothing else',
      { from: gateway, to: refs.endpoints('ingressServices'), exceptTo: ingress },
      '1.2.5',
    ),
    denied(
      'ingress-takes-one-port',
      'the ingress takes 443 from Application Gateway, and nothing else',
      { from: gateway, to: ingress, traffic: everythingButTcp(443) },
      '1.2.5',
    ),
    ...(input.components.endpointRules === 'applied' ? endpointIntents(input) : [askedOverHttps(input)]),
    allowed(
      'private-endpoints-are-reached',
      'nodes, pods, operators and build agents reach private endpoints on 443',
      {
        from: refs.endpoints(...nodeSubnets, ...podSubnets, ...operatorSubnets, 'acrAgents'),
        to: endpoints,
        traffic: tcp(443),
      },
      '1.2.5',
    ),
  ];
}

/** Where no security group applies to private endpoints, those of who asks hold. */
function askedOverHttps(input: IntentInput): IntentDraft {
  const { refs } = input;
  return intentsOf(input).denied(
    'private-endpoints-take-https-only',
    'the cluster, its operators, its build agents and its gateway ask private endpoints on 443, and on no other port',
    {
      from: refs.endpoints(...refs.subnets.filter((id) => id !== 'privateLinkEndpoints')),
      to: refs.endpoints('privateLinkEndpoints'),
      traffic: everythingButTcp(443),
    },
    '1.2.5',
    '1.3.1',
  );
}

/** What security groups hold about private endpoints, where they apply to them. */
function endpointIntents(input: IntentInput): readonly IntentDraft[] {
  const { refs } = input;
  const { denied } = intentsOf(input);
  const gateway = refs.endpoints('applicationGateway');
  const endpoints = refs.endpoints('privateLinkEndpoints');
  return [
    denied(
      'private-endpoints-take-https-only',
      'private endpoints take 443 and nothing else',
      {
        from: ['any'],
        to: endpoints,
        traffic: [{ protocol: 'tcp', ports: portsBut([443]) }, { protocol: 'udp' }, { protocol: 'icmp' }],
      },
      '1.2.5',
      '1.3.1',
    ),
    denied(
      'private-endpoints-are-for-this-cluster',
      'private endpoints are reached from this cluster, its operators, its build agents and its gateway only',
      {
        from: ['any'],
        exceptFrom: [...refs.endpoints(...nodeSubnets, ...podSubnets, ...operatorSubnets, 'acrAgents'), ...gateway],
        to: endpoints,
      },
      '1.3.1',
      '1.4.2',
    ),
  ];
}
