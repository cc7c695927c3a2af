import type { TrafficText } from '../../../model/intent.ts';
import type { IntentDraft } from '../../draft.ts';
import { allowanceDecision } from '../../firewall/cluster-rules.ts';
import {
  aksNameTag,
  defenderNames,
  extensionNames,
  gitHostNames,
  operatorNames,
  policyAddOnNames,
  registryAgentDiagnostics,
  registryAgentTags,
  timeNames,
} from '../../firewall/destinations.ts';
import { portsBut } from '../../network/traffic.ts';
import { nodeSubnets, type SubnetId } from '../refs.ts';
import { allowancesOf } from '../security-rules/spoke-rules.ts';
import { type IntentInput, intentsOf, tcp } from './spoke-intent.ts';

/** Subnets that send the same to the same, with all that they may reach outside. */
interface Sender {
  /** In ids and in statements. */
  readonly word: string;
  readonly words: string;
  readonly subnets: readonly SubnetId[];
  /** Host names, or `tag:` with a name tag or service tag; on 443. */
  readonly to: readonly string[];
  readonly time?: boolean;
  /** TCP ports besides 443 of what `to` names. */
  readonly ports?: readonly number[];
}

function sendersOf(input: IntentInput): readonly Sender[] {
  const { cluster, components } = input;
  const [nodes, services, workload] = needs(input);
  const pools: readonly Sender[] =
    components.podNetwork === 'pod-subnets'
      ? [
          { word: 'nodes', words: 'nodes', subnets: nodeSubnets, to: nodes },
          { word: 'system-pods', words: 'system pods', subnets: ['podsSystem'], to: services },
          { word: 'platform-pods', words: 'platform pods', subnets: ['podsPlatform'], to: services },
          { word: 'in-scope-pods', words: 'in-scope pods', subnets: ['podsInScope'], to: workload },
          { word: 'out-of-scope-pods', words: 'out-of-scope pods', subnets: ['podsOutOfScope'], to: workload },
        ]
      : // Pods have addresses of their nodes' subnets: what one of the two may reach, both may.
        [
          { word: 'system-nodes', words: 'the system pool', subnets: ['systemNodePool'], to: [...nodes, ...services] },
          {
            word: 'in-scope-nodes',
            words: 'in-scope pools',
            subnets: ['inScopeNodePools'],
            to: [...nodes, ...workload],
          },
          {
            word: 'out-of-scope-nodes',
            words: 'out-of-scope pools',
            subnets: ['outOfScopeNodePools'],
            to: [...nodes, ...workload],
          },
        ];
  return [
    ...pools,
    {
      word: 'jump-boxes',
      words: 'jump boxes',
      subnets: ['managementOps'],
      to: operatorNames,
      time: true,
    },
    { word: 'deployment-agents', words: 'deployment agents', subnets: ['managementAgents'], to: operatorNames },
    {
      word: 'build-agents',
      words: 'build agents',
      subnets: ['acrAgents'],
      to: registryAgentTags(cluster.region).map((tag) => `tag:${tag}`),
      ports: [registryAgentDiagnostics.port],
    },
  ];
}

/** What nodes, pods of the cluster's services, and pods of the workload need, with the components that fill the slots. */
function needs({
  cluster,
  components,
}: IntentInput): readonly [nodes: readonly string[], services: readonly string[], workload: readonly string[]] {
  const sensors = components.defender === 'containers' ? defenderNames : [];
  const source = components.gitops === 'oci-artifact' ? extensionNames(cluster.region) : gitHostNames;
  return [[`tag:${aksNameTag}`], [...policyAddOnNames, ...source, ...sensors], sensors];
}

/** What leaves: by name, on the ports of those names, and nothing else. */
export function egressIntents(input: IntentInput): readonly IntentDraft[] {
  const { refs } = input;
  const { denied } = intentsOf(input);
  const all = refs.endpoints(...refs.subnets);
  const silent = refs.endpoints('ingressServices', 'privateLinkEndpoints', 'apiServer');
  return [
    denied(
      'silent-subnets-send-nothing-out',
      'load balancers, private endpoints and the API server send nothing to the Internet',
      { from: silent, to: ['internet'] },
      '1.3.2',
    ),
    ...sendersOf(input).flatMap((sender) => senderIntents(input, sender)),
    denied(
      'network-does-not-enter-other-spokes',
      'nothing in this network reaches another spoke',
      {
        from: all,
        to: input.otherSpokes,
      },
      '1.3.1',
      '1.3.2',
      '1.4.2',
      '11.4.5',
    ),
    denied(
      'spoke-does-not-enter-the-hub',
      'nothing in this network reaches the hub, but its firewall for names',
      {
        from: all,
        to: [input.hub.subnets.firewall, input.hub.subnets.gateway, input.hub.subnets.bastion],
        exceptTo: [input.hub.firewallEndpoint],
      },
      '1.3.2',
      '1.4.2',
    ),
    denied(
      'firewall-answers-names-only',
      'the firewall itself answers nothing but questions for names',
      {
        from: all,
        to: [input.hub.firewallEndpoint],
        traffic: [
          { protocol: 'tcp', ports: portsBut([53]) },
          { protocol: 'udp', ports: portsBut([53]) },
          { protocol: 'icmp' },
        ],
      },
      '1.2.5',
      '2.2.4',
    ),
  ];
}

function senderIntents(input: IntentInput, sender: Sender): readonly IntentDraft[] {
  const { refs } = input;
  const { allowed, denied } = intentsOf(input);
  const { word, words, subnets, to, time = false } = sender;
  const of = `${word}-${input.cluster.name}`;
  const from = refs.endpoints(...subnets);
  const allowances = subnets.flatMap((id) => allowancesOf(input.egress, id, input.components));
  const ports = [443, ...(sender.ports ?? []), ...allowances.map(({ port }) => port)];
  const elsewhere: readonly TrafficText[] = [
    { protocol: 'tcp', ports: portsBut(ports) },
    time ? { protocol: 'udp', ports: portsBut([123]) } : { protocol: 'udp' },
    { protocol: 'icmp' },
  ];
  return [
    {
      ...denied(
        'egress-by-name-only',
        `${words} reach what is named for them on the Internet, and nothing else`,
        {
          from,
          to: ['internet'],
          exceptTo: [...new Set([...to, ...(time ? timeNames : []), ...allowances.flatMap((one) => one.to)])],
        },
        '1.3.2',
        '1.4.2',
      ),
      of,
    },
    {
      ...denied(
        'egress-on-named-ports-only',
        `${words} send to the Internet on TCP ${[...new Set(ports)].join(', ')}${time ? ' and UDP 123' : ''} only`,
        { from, to: ['internet'], traffic: elsewhere },
        '1.2.5',
        '1.3.2',
      ),
      of,
    },
    {
      ...allowed(
        'egress-reaches',
        `${words} reach what the platform needs of them`,
        { from, to, traffic: tcp(443) },
        '1.2.5',
      ),
      of,
    },
    ...(sender.ports ?? []).map((port) => ({
      ...allowed(
        `egress-reaches-on-${port}`,
        `${words} reach Azure Monitor on ${port}, for their own diagnostics`,
        { from, to: [`tag:${registryAgentDiagnostics.tag}`], traffic: tcp(port) },
        '1.2.5',
      ),
      of,
    })),
    ...allowances.map((allowance) =>
      allowed(
        `${allowanceDecision(allowance)}-reaches`,
        `the allowance ${allowance.name} lets ${words} reach ${allowance.to.join(', ')}`,
        { from, to: allowance.to, traffic: tcp(allowance.port) },
        '1.2.5',
      ),
    ),
  ];
}
