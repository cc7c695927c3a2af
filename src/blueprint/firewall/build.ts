import type { BuildContext } from '../context.ts';
import { type Built, claimed, joined, type PartDraft } from '../draft.ts';
import { idOf } from '../handles.ts';
import { type HubRefs, hubRefs, hubSubnetNames } from '../hub/refs.ts';
import { publicAddress, zones } from '../network/public-address.ts';
import { networkResource } from '../placement.ts';
import { clusterRules } from './cluster-rules.ts';
import { allowanceDecisions, firewallDecisions } from './decisions.ts';
import { denyRest } from './deny-rest.ts';
import { imageBuilderRules } from './image-builder-rules.ts';

/** Each address gives 2,496 source ports a destination and instance; the original runs on three. */
const publicAddresses = ['01', '02', '03'] as const;

/** Firewall, policy and rules of each hub: those for building images with the hub, those of a cluster once its spoke is there. */
export function buildFirewalls(context: BuildContext): PartDraft {
  const hubs = context.spec.hubs.map(({ region }) => firewall(context, hubRefs(context, region)));
  const clusters = context.spec.clusters.map((cluster, index) => clusterRules(context, cluster, index));
  return {
    name: 'firewall',
    ...joined(...hubs, ...clusters),
    decisions: [...firewallDecisions, ...allowanceDecisions(context)],
    intents: [],
  };
}

function firewall(context: BuildContext, hub: HubRefs): Built {
  const { placement, region } = hub;
  const addresses = publicAddresses.map((number) =>
    publicAddress(placement, {
      key: `hub/${region}/public-address-firewall-${number}`,
      name: context.naming.hub(`pip-firewall-${number}`, region),
    }),
  );
  const resource = networkResource(placement, {
    ...hub.firewall,
    type: 'azureFirewalls',
    zones,
    properties: {
      sku: { name: 'AZFW_VNet', tier: 'Premium' },
      firewallPolicy: { id: idOf(hub.firewallPolicy) },
      ipConfigurations: addresses.map((address, index) => ({
        name: `public-${publicAddresses[index]}`,
        properties: {
          // One configuration names the subnet; the others add public addresses to it.
          ...(index === 0 ? { subnet: { id: idOf(hub.network, ['subnets', hubSubnetNames.firewall]) } } : {}),
          publicIPAddress: { id: idOf(address) },
        },
      })),
    },
    oneAtATime: hub.policyWrites,
  });
  return joined(
    ...addresses.map((address) => claimed(address, 'addresses-across-zones', 'egress-has-known-addresses')),
    policy(context, hub),
    context.spec.imageSpoke.region === region ? imageBuilderRules(context, hub) : joined(),
    denyRest(hub),
    // Last of those that change the policy: Azure refuses a change of its rules while a firewall is taking it up.
    claimed(resource, 'firewall-inspects-egress', 'egress-through-firewall'),
  );
}

function policy({ spec }: BuildContext, hub: HubRefs): Built {
  return claimed(
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
    'firewall-inspects-egress',
    'no-tls-inspection',
    'dns-through-the-hub',
  );
}
