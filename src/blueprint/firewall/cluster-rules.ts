import type { Resource } from '../../model/resource.ts';
import type { Components } from '../../spec/components.ts';
import type { ClusterSpec, EgressSpec } from '../../spec/spec.ts';
import { type BuildContext, egressOf } from '../context.ts';
import { claimed, joined } from '../draft.ts';
import { type HubRefs, hubRefs } from '../hub/refs.ts';
import type { Placement } from '../placement.ts';
import { nodeSubnets, type SubnetId } from '../spoke/refs.ts';
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
} from './destinations.ts';
import { ipGroup } from './ip-group.ts';
import { type Collection, type FirewallRule, https, type RuleSet } from './rules.ts';

/** Who sends, in the words of allowances and beyond. */
type Sender = EgressSpec['from'] | 'nodes' | 'deployment-agents';

/** Pods send from subnets of their own, or from those of their nodes. */
const podSubnetsOf: Readonly<
  Record<Components['podNetwork'], Readonly<Record<'system' | 'platform' | 'in-scope' | 'out-of-scope', SubnetId>>>
> = {
  'pod-subnets': {
    system: 'podsSystem',
    platform: 'podsPlatform',
    'in-scope': 'podsInScope',
    'out-of-scope': 'podsOutOfScope',
  },
  'node-subnets': {
    system: 'systemNodePool',
    platform: 'platformNodePool',
    'in-scope': 'inScopeNodePools',
    'out-of-scope': 'outOfScopeNodePools',
  },
};

/** The subnets of each sender. */
export function senderSubnets(components: Components): Readonly<Record<Sender, readonly SubnetId[]>> {
  const pods = podSubnetsOf[components.podNetwork];
  return {
    nodes: nodeSubnets,
    system: [pods.system],
    platform: [pods.platform],
    'in-scope': [pods['in-scope']],
    'out-of-scope': [pods['out-of-scope']],
    'jump-boxes': ['managementOps'],
    'deployment-agents': ['managementAgents'],
    'build-agents': ['acrAgents'],
  };
}

type Groups = Readonly<Partial<Record<Sender, Resource>>>;

/** Where the rules of a cluster stand: they are deployed once its network is there. */
export function clusterRulesPlacement(hub: HubRefs, cluster: ClusterSpec): Placement {
  return { ...hub.placement, stage: 'hub-rules', deployment: `hub-rules-${cluster.name}` };
}

/** What one cluster's subnets may reach outside. */
export function clusterRules(context: BuildContext, cluster: ClusterSpec): RuleSet {
  const placement = clusterRulesPlacement(hubRefs(context, cluster.region), cluster);
  const groups: Groups = Object.fromEntries(
    Object.entries(senderSubnets(context.spec.components)).flatMap(([sender, ids]) => {
      const ranges = ids.flatMap((id) => cluster.network.subnets[id] ?? []);
      if (ranges.length === 0) return [];
      const at = {
        key: `hub-rules-${cluster.name}/ip-group-${sender}`,
        name: `ipg-${context.naming.workload}-${cluster.name}-${sender}`,
      };
      return [[sender, ipGroup(placement, at, ranges)]];
    }),
  );
  const from = (...senders: readonly Sender[]): readonly Resource[] => senders.flatMap((one) => groups[one] ?? []);
  const collections: readonly Collection[] = [
    { name: 'allow-network', priority: 100, action: 'Allow', rules: networkRules(cluster, from) },
    { name: 'allow-names', priority: 200, action: 'Allow', rules: nameRules(context, cluster, from) },
    {
      name: 'allowances',
      priority: 300,
      action: 'Allow',
      rules: egressOf(context, cluster).map((allowance) => allowanceRule(allowance, from)),
    },
  ];
  return {
    groups: joined(...Object.values(groups).map((group) => claimed(group, 'sources-by-subnet'))),
    collections,
  };
}

type From = (...senders: readonly Sender[]) => readonly Resource[];

function networkRules({ region }: ClusterSpec, from: From): readonly FirewallRule[] {
  return [
    {
      kind: 'network',
      name: 'time-jump-boxes',
      decision: 'time-only-where-needed',
      from: from('jump-boxes'),
      protocol: 'UDP',
      ports: ['123'],
      names: timeNames,
    },
    {
      kind: 'network',
      name: 'registry-agents',
      decision: 'build-agents-through-the-firewall',
      from: from('build-agents'),
      protocol: 'TCP',
      ports: ['443'],
      tags: registryAgentTags(region),
    },
    {
      kind: 'network',
      name: 'registry-agents-diagnostics',
      decision: 'build-agents-through-the-firewall',
      from: from('build-agents'),
      protocol: 'TCP',
      ports: [`${registryAgentDiagnostics.port}`],
      tags: [registryAgentDiagnostics.tag],
    },
  ];
}

function nameRules({ spec }: BuildContext, { region }: ClusterSpec, from: From): readonly FirewallRule[] {
  const servicePods = from('system', 'platform');
  const { components } = spec;
  return [
    {
      kind: 'application',
      name: 'aks-nodes',
      decision: 'nodes-reach-what-aks-needs',
      from: from('nodes'),
      protocols: [https],
      nameTags: [aksNameTag],
    },
    {
      kind: 'application',
      name: 'policy-add-on',
      decision: 'policy-add-on-fetches-policies',
      from: servicePods,
      protocols: [https],
      names: policyAddOnNames,
    },
    ...slotRules(components, region, from),
    {
      kind: 'application',
      name: 'operators',
      decision: 'operators-reach-azure',
      from: from('jump-boxes', 'deployment-agents'),
      protocols: [https],
      names: operatorNames,
    },
  ];
}

/** What a component needs that fills its slot. */
function slotRules({ gitops, defender }: Components, region: string, from: From): readonly FirewallRule[] {
  const servicePods = from('system', 'platform');
  const rule = (
    name: string,
    decision: string,
    senders: readonly Resource[],
    names: readonly string[],
  ): readonly FirewallRule[] => [{ kind: 'application', name, decision, from: senders, protocols: [https], names }];
  return [
    ...(gitops === 'oci-artifact'
      ? rule('cluster-extensions', 'extensions-report-to-azure', servicePods, extensionNames(region))
      : rule('flux-source', 'flux-fetches-from-its-host', servicePods, gitHostNames)),
    ...(defender === 'containers'
      ? rule(
          'defender-sensors',
          'defender-sensors-report',
          [...servicePods, ...from('in-scope', 'out-of-scope')],
          defenderNames,
        )
      : []),
  ];
}

/** An allowance of the spec as a decision, and as a rule: no other name begins like that. */
export function allowanceDecision(allowance: EgressSpec): string {
  return `allowance-${allowance.name}`;
}

function allowanceRule(allowance: EgressSpec, from: From): FirewallRule {
  return {
    kind: 'application',
    name: allowanceDecision(allowance),
    decision: allowanceDecision(allowance),
    from: from(allowance.from),
    protocols: [{ type: allowance.protocol === 'https' ? 'Https' : 'Http', port: allowance.port }],
    names: allowance.to,
  };
}
