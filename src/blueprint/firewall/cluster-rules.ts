import type { Prefix } from '../../kernel/address.ts';
import type { Resource } from '../../model/resource.ts';
import type { ClusterSpec, EgressSpec } from '../../spec/spec.ts';
import { type BuildContext, egressOf } from '../context.ts';
import { type Built, claimed, joined } from '../draft.ts';
import { hubRefs } from '../hub/refs.ts';
import {
  aksNameTag,
  defenderNames,
  extensionNames,
  operatorNames,
  policyAddOnNames,
  registryAgentDiagnostics,
  registryAgentTags,
  timeNames,
} from './destinations.ts';
import { ipGroup } from './ip-group.ts';
import { type FirewallRule, https, ruleCollectionGroup } from './rules.ts';

const firstPriority = 2000;
const step = 100;

/** Who sends, in the words of allowances and beyond. */
type Sender = EgressSpec['from'] | 'nodes' | 'deployment-agents';

function sendersOf({ subnets }: ClusterSpec['network']): Readonly<Record<Sender, readonly Prefix[]>> {
  return {
    nodes: [subnets.systemNodePool, subnets.platformNodePool, subnets.inScopeNodePools, subnets.outOfScopeNodePools],
    system: [subnets.podsSystem],
    platform: [subnets.podsPlatform],
    'in-scope': [subnets.podsInScope],
    'out-of-scope': [subnets.podsOutOfScope],
    'jump-boxes': [subnets.managementOps],
    'deployment-agents': [subnets.managementAgents],
    'build-agents': [subnets.acrAgents],
  };
}

/** What one cluster's subnets may reach outside: one group of rules in the policy of its hub. */
export function clusterRules(context: BuildContext, cluster: ClusterSpec, index: number): Built {
  const hub = hubRefs(context, cluster.region);
  const placement = { ...hub.placement, stage: 'hub-rules', deployment: `hub-rules-${cluster.name}` } as const;
  const prefixes = sendersOf(cluster.network);
  const groups = Object.fromEntries(
    Object.entries(prefixes).map(([sender, ranges]) => [
      sender,
      ipGroup(
        placement,
        {
          key: `hub-rules-${cluster.name}/ip-group-${sender}`,
          name: `ipg-${context.naming.workload}-${cluster.name}-${sender}`,
        },
        ranges,
      ),
    ]),
  ) as Record<Sender, Resource>;
  const rules = ruleCollectionGroup(
    placement,
    hub,
    {
      key: `hub-rules-${cluster.name}/firewall-rules`,
      name: `cluster-${context.naming.workload}-${cluster.name}`,
      priority: firstPriority + step * index,
      oneAtATime: hub.policyWrites,
    },
    [
      { name: 'allow-network', priority: 100, action: 'Allow', rules: networkRules(cluster, groups) },
      { name: 'allow-names', priority: 200, action: 'Allow', rules: nameRules(cluster, groups) },
      {
        name: 'allowances',
        priority: 300,
        action: 'Allow',
        rules: egressOf(context, cluster).map((allowance) => allowanceRule(allowance, groups)),
      },
    ],
  );
  return joined(...Object.values(groups).map((group) => claimed(group, 'sources-by-subnet')), rules);
}

function networkRules({ region }: ClusterSpec, groups: Readonly<Record<Sender, Resource>>): readonly FirewallRule[] {
  return [
    {
      kind: 'network',
      name: 'time-jump-boxes',
      decision: 'time-only-where-needed',
      from: [groups['jump-boxes']],
      protocol: 'UDP',
      ports: ['123'],
      names: timeNames,
    },
    {
      kind: 'network',
      name: 'registry-agents',
      decision: 'build-agents-through-the-firewall',
      from: [groups['build-agents']],
      protocol: 'TCP',
      ports: ['443'],
      tags: registryAgentTags(region),
    },
    {
      kind: 'network',
      name: 'registry-agents-diagnostics',
      decision: 'build-agents-through-the-firewall',
      from: [groups['build-agents']],
      protocol: 'TCP',
      ports: [`${registryAgentDiagnostics.port}`],
      tags: [registryAgentDiagnostics.tag],
    },
  ];
}

function nameRules({ region }: ClusterSpec, groups: Readonly<Record<Sender, Resource>>): readonly FirewallRule[] {
  const servicePods = [groups.system, groups.platform];
  return [
    {
      kind: 'application',
      name: 'aks-nodes',
      decision: 'nodes-reach-what-aks-needs',
      from: [groups.nodes],
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
    {
      kind: 'application',
      name: 'cluster-extensions',
      decision: 'extensions-report-to-azure',
      from: servicePods,
      protocols: [https],
      names: extensionNames(region),
    },
    {
      kind: 'application',
      name: 'defender-sensors',
      decision: 'defender-sensors-report',
      from: [...servicePods, groups['in-scope'], groups['out-of-scope']],
      protocols: [https],
      names: defenderNames,
    },
    {
      kind: 'application',
      name: 'operators',
      decision: 'operators-reach-azure',
      from: [groups['jump-boxes'], groups['deployment-agents']],
      protocols: [https],
      names: operatorNames,
    },
  ];
}

/** An allowance of the spec as a decision, and as a rule: no other name begins like that. */
export function allowanceDecision(allowance: EgressSpec): string {
  return `allowance-${allowance.name}`;
}

function allowanceRule(allowance: EgressSpec, groups: Readonly<Record<Sender, Resource>>): FirewallRule {
  return {
    kind: 'application',
    name: allowanceDecision(allowance),
    decision: allowanceDecision(allowance),
    from: [groups[allowance.from]],
    protocols: [{ type: allowance.protocol === 'https' ? 'Https' : 'Http', port: allowance.port }],
    names: allowance.to,
  };
}
