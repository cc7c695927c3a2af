import type { Resource } from '../../model/resource.ts';
import type { BuildContext } from '../context.ts';
import { type Built, claimed, decided, joined } from '../draft.ts';
import { type HubRefs, hubRefs, ownHubs } from '../hub/refs.ts';
import { zones } from '../network/public-address.ts';
import { networkResource, type Placement } from '../placement.ts';
import { firewallAddresses, firewallConfigurations } from './addresses.ts';
import { classicClaims, classicRuleCollections } from './classic-rules.ts';
import { clusterRules, clusterRulesPlacement } from './cluster-rules.ts';
import { denyRest } from './deny-rest.ts';
import { imageBuilderRules } from './image-builder-rules.ts';
import type { Collection } from './rules.ts';

/** Collections of one kind of rule have different priorities: those of images first, then those of each cluster. */
const step = 1000;

const placed = (word: string, order: number, collections: readonly Collection[]): readonly Collection[] =>
  collections
    .map((one) => ({ ...one, name: `${word}-${one.name}`, priority: step * order + one.priority }))
    .filter(({ rules }) => rules.length > 0);

/**
 * Standard firewalls with rules of their own. The rules stand in the firewall itself, so that those of a cluster are the firewall
 * again, with all rules that came before: each deployment leaves the whole.
 */
export function classicFirewalls(context: BuildContext): Built {
  return joined(...ownHubs(context).map(({ region }) => firewalls(context, hubRefs(context, region))));
}

function firewalls(context: BuildContext, hub: HubRefs): Built {
  const { spec } = context;
  const { region } = hub;
  const addresses = firewallAddresses(context, hub);
  const images = spec.imageSpoke.region === region ? imageBuilderRules(context, hub) : undefined;
  let rules: readonly Collection[] = images === undefined ? [] : placed('images', 0, images.collections);
  const built: Built[] = [
    ...addresses.map((address) => claimed(address, 'addresses-across-zones', 'egress-has-known-addresses')),
    images?.groups ?? joined(),
    firewall(hub, hub.placement, hub.firewall.key, addresses, rules),
  ];
  spec.clusters.forEach((cluster, index) => {
    if (cluster.region !== region) return;
    const own = clusterRules(context, cluster);
    rules = [...rules, ...placed(`cluster-${cluster.name}`, index + 1, own.collections)];
    const key = `hub-rules-${cluster.name}/firewall`;
    built.push(own.groups, firewall(hub, clusterRulesPlacement(hub, cluster), key, addresses, rules));
  });
  return joined(...built);
}

function firewall(
  hub: HubRefs,
  placement: Placement,
  key: string,
  addresses: readonly Resource[],
  rules: readonly Collection[],
): Built {
  const collections = [...rules, denyRest];
  const resource: Resource = {
    ...networkResource(placement, {
      key,
      type: 'azureFirewalls',
      name: hub.firewall.name,
      zones,
      properties: {
        sku: { name: 'AZFW_VNet', tier: 'Standard' },
        threatIntelMode: 'Deny',
        additionalProperties: { 'Network.DNS.EnableProxy': 'true' },
        ipConfigurations: firewallConfigurations(hub, addresses),
        ...classicRuleCollections(collections),
      },
    }),
    ...(key === hub.firewall.key ? {} : { amends: hub.firewall.key }),
  };
  const decisions = {
    'firewall-denies-known-threats': ['properties.sku', 'properties.threatIntelMode'],
    'egress-through-firewall': [],
    'dns-through-the-hub': ['properties.additionalProperties'],
  };
  return joined(decided(resource, decisions), {
    resources: [],
    claims: classicClaims(key, collections),
  });
}
