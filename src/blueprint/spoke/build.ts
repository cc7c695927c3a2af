import type { ClusterSpec } from '../../spec/spec.ts';
import { type BuildContext, egressOf } from '../context.ts';
import { type Built, decided, joined, type PartDraft } from '../draft.ts';
import { hubRefs } from '../hub/refs.ts';
import { peerings } from '../network/peering.ts';
import { routeTable } from '../network/route-table.ts';
import { type SecurityRule, securityGroup } from '../network/security-group.ts';
import { spokeNetworkSettings, virtualNetwork } from '../network/virtual-network.ts';
import { crossingsOf } from '../workload/services.ts';
import { spokeDecisions } from './decisions.ts';
import { spokeIntents } from './intents.ts';
import { nodeSubnets, podSubnets, type SubnetId, spokeRefs } from './refs.ts';
import {
  apiServerRules,
  applicationGatewayRules,
  ingressServicesRules,
  privateEndpointRules,
} from './security-rules/edges.ts';
import { nodeRules } from './security-rules/nodes.ts';
import { deploymentAgentRules, jumpBoxRules, registryAgentRules } from './security-rules/operators.ts';
import { podRules } from './security-rules/pods.ts';
import type { RuleInput } from './security-rules/spoke-rules.ts';

/** The network of each cluster. */
export function buildSpokes(context: BuildContext): PartDraft {
  return {
    name: 'spoke',
    ...joined(...context.spec.clusters.map((cluster) => spoke(context, cluster))),
    decisions: spokeDecisions,
    intents: spokeIntents(context),
  };
}

/** Azure's own things live there: nothing of ours may be put in, and nothing of theirs needs our rights. */
const delegations: Readonly<Partial<Record<SubnetId, string>>> = {
  apiServer: 'Microsoft.ContainerService/managedClusters',
  ...Object.fromEntries(podSubnets.map((id) => [id, 'Microsoft.ContainerService/managedClusters'])),
};

function spoke(context: BuildContext, cluster: ClusterSpec): Built {
  const refs = spokeRefs(context, cluster);
  const { placement, network } = refs;
  const hub = hubRefs(context, cluster.region);
  const input: RuleInput = {
    cluster,
    hub: context.hubIn(cluster.region),
    refs,
    egress: egressOf(context, cluster),
    crossings: crossingsOf(context.spec),
    components: context.spec.components,
  };
  const key = (word: string): string => `spoke-${cluster.name}/${word}`;
  const routes = { key: key('routes'), name: `rt-${network.name}` };
  const groupOf = (id: SubnetId) => {
    const word = refs.subnetName(id).replace(/^snet-/, '');
    return { key: key(`nsg-${word}`), name: `nsg-${network.name}-${word}` };
  };
  const resource = virtualNetwork(placement, network, {
    space: cluster.network.addressSpace,
    dnsServer: hub.firewallAddress,
    subnets: refs.subnets.flatMap((id) => {
      const delegatedTo = delegations[id];
      const prefix = cluster.network.subnets[id];
      if (prefix === undefined) return [];
      return {
        name: refs.subnetName(id),
        prefix,
        securityGroup: groupOf(id),
        ...(id === 'applicationGateway' ? {} : { routeTable: routes }),
        ...(delegatedTo === undefined ? {} : { delegatedTo }),
        endpointPolicies: id === 'privateLinkEndpoints' && context.spec.components.endpointRules === 'applied',
      };
    }),
  });
  const inside = (id: SubnetId, decision: string) => ({
    decision,
    target: `${resource.key}#${refs.subnetName(id)}` as const,
  });
  return joined(
    routeTable(placement, routes, hub.firewallAddress),
    ...refs.subnets.map((id) => securityGroup(placement, groupOf(id), rulesOf(input, id).filter(hasEnds))),
    decided(resource, { ...spokeNetworkSettings, 'one-spoke-a-cluster': ['properties.addressSpace'] }),
    {
      resources: [],
      claims: [
        inside('applicationGateway', 'gateway-egress-stays-open'),
        ...(context.spec.components.endpointRules === 'applied'
          ? [inside('privateLinkEndpoints', 'rules-apply-to-private-endpoints')]
          : []),
        ...(refs.subnets.includes('apiServer') ? [inside('apiServer', 'api-server-in-the-network')] : []),
        ...podSubnets.filter((id) => refs.subnets.includes(id)).map((id) => inside(id, 'pods-in-subnets-of-their-own')),
      ],
    },
    peerings(placement, `spoke-${cluster.name}`, network, hub),
  );
}

/** A rule between subnets of which the cluster has none is no rule. */
const hasEnds = ({ from, to }: SecurityRule): boolean => from.length > 0 && to.length > 0;

function rulesOf(input: RuleInput, id: SubnetId): readonly SecurityRule[] {
  const node = nodeSubnets.find((one) => one === id);
  if (node !== undefined) return nodeRules(input, node);
  const pod = podSubnets.find((one) => one === id);
  if (pod !== undefined) return podRules(input, pod);
  return otherRules[id as keyof typeof otherRules](input);
}

const otherRules = {
  apiServer: apiServerRules,
  ingressServices: ingressServicesRules,
  applicationGateway: applicationGatewayRules,
  privateLinkEndpoints: privateEndpointRules,
  managementOps: jumpBoxRules,
  managementAgents: deploymentAgentRules,
  acrAgents: registryAgentRules,
} satisfies Readonly<
  Record<
    Exclude<SubnetId, (typeof nodeSubnets | typeof podSubnets)[number]>,
    (input: RuleInput) => readonly SecurityRule[]
  >
>;
