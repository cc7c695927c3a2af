import type { BuildContext } from '../context.ts';
import { type Built, claimed, decided, joined } from '../draft.ts';
import { idOf } from '../handles.ts';
import { type HubRefs, hubRefs, ownHubs } from '../hub/refs.ts';
import { zones } from '../network/public-address.ts';
import { networkResource } from '../placement.ts';
import { firewallAddresses, firewallConfigurations } from './addresses.ts';
import { clusterRules, clusterRulesPlacement } from './cluster-rules.ts';
import { denyRest, lastPriority } from './deny-rest.ts';
import { imageBuilderRules } from './image-builder-rules.ts';
import { ruleCollectionGroup } from './policy-rules.ts';

/** Before those of the clusters: sources differ, so that the order changes nothing. */
const imageBuilderPriority = 1000;
const firstClusterPriority = 2000;
const step = 100;

/** Premium firewalls, each with a policy, in which each sender of rules has a group. */
export function policyFirewalls(context: BuildContext): Built {
  return joined(
    ...ownHubs(context).map(({ region }) => firewall(context, hubRefs(context, region))),
    ...context.spec.clusters.map((_cluster, index) => clusterGroup(context, index, false)),
  );
}

/** Rules that the owners of hubs that are there are asked to add to their policies. */
export function requestedRules(context: BuildContext): Built {
  const { hubs, imageSpoke, clusters } = context.spec;
  const of = (region: string, { resources }: Built) => resources.map((resource) => ({ region, resource }));
  const theirs = hubs.some(({ region, existing }) => region === imageSpoke.region && existing !== undefined);
  const requests = [
    ...(theirs ? of(imageSpoke.region, imageBuilderGroup(context, hubRefs(context, imageSpoke.region))) : []),
    ...clusters.flatMap(({ region }, index) => of(region, clusterGroup(context, index, true))),
  ];
  return { resources: [], claims: [], requests };
}

/** The group of one cluster, where its hub is ours, or where it is another's; else nothing. */
function clusterGroup(context: BuildContext, index: number, existing: boolean): Built {
  const cluster = context.spec.clusters[index];
  if (cluster === undefined) return joined();
  const hub = hubRefs(context, cluster.region);
  if (hub.existing !== existing) return joined();
  const { groups, collections } = clusterRules(context, cluster);
  const group = {
    key: `hub-rules-${cluster.name}/firewall-rules`,
    name: `cluster-${context.naming.workload}-${cluster.name}`,
    priority: firstClusterPriority + step * index,
    oneAtATime: hub.policyWrites,
  };
  return joined(groups, ruleCollectionGroup(clusterRulesPlacement(hub, cluster), hub, group, collections));
}

function firewall(context: BuildContext, hub: HubRefs): Built {
  const { placement, region } = hub;
  const addresses = firewallAddresses(context, hub);
  const resource = networkResource(placement, {
    ...hub.firewall,
    type: 'azureFirewalls',
    zones,
    properties: {
      sku: { name: 'AZFW_VNet', tier: 'Premium' },
      firewallPolicy: { id: idOf(hub.firewallPolicy) },
      ipConfigurations: firewallConfigurations(hub, addresses),
    },
    oneAtATime: hub.policyWrites,
  });
  return joined(
    ...addresses.map((address) => claimed(address, 'addresses-across-zones', 'egress-has-known-addresses')),
    policy(context, hub),
    context.spec.imageSpoke.region === region ? imageBuilderGroup(context, hub) : joined(),
    ruleCollectionGroup(
      placement,
      hub,
      {
        key: `hub/${region}/firewall-rules-deny-rest`,
        name: 'deny-rest',
        priority: lastPriority,
        oneAtATime: hub.policyWrites,
      },
      [denyRest],
    ),
    // Last of those that change the policy: Azure refuses a change of its rules while a firewall is taking it up.
    claimed(resource, 'firewall-inspects-egress', 'egress-through-firewall'),
  );
}

function imageBuilderGroup(context: BuildContext, hub: HubRefs): Built {
  const { groups, collections } = imageBuilderRules(context, hub);
  const group = {
    key: `hub/${hub.region}/firewall-rules-images`,
    name: 'image-builder',
    priority: imageBuilderPriority,
    oneAtATime: hub.policyWrites,
  };
  return joined(groups, ruleCollectionGroup(hub.placement, hub, group, collections));
}

function policy({ spec }: BuildContext, hub: HubRefs): Built {
  return decided(
    networkResource(hub.placement, {
      ...hub.firewallPolicy,
      type: 'firewallPolicies',
      properties: {
        sku: { tier: 'Premium' },
        threatIntelMode: 'Deny',
        intrusionDetection: { mode: 'Deny' },
        dnsSettings: { enableProxy: true, requireProxyForNetworkRules: true },
        insights: {
          isEnabled: true,
          retentionDays: spec.retention.interactive,
          logAnalyticsResources: { defaultWorkspaceId: { id: idOf(hub.workspace) } },
        },
      },
    }),
    {
      'firewall-inspects-egress': ['properties.sku', 'properties.threatIntelMode', 'properties.intrusionDetection'],
      'dns-through-the-hub': ['properties.dnsSettings'],
      'no-tls-inspection': [],
    },
  );
}
