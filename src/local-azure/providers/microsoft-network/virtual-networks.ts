import { contains, overlaps, type Prefix } from '../../../kernel/address.ts';
import type { ArmResource } from '../../../model/resource.ts';
import { notModelled } from '../../service-errors.ts';
import type { ProviderChange, ProviderContext, PutInput, ResourceTypeProvider } from '../contract.ts';
import { defined, listOf, type Members, membersOf, referenceOf, without } from '../members.ts';
import { propertiesOf, resourceOf, takeIn, withEtag, withProperties } from '../resource-form.ts';
import { networkApiVersions } from './api-versions.ts';
import { referrers } from './attachments.ts';
import { dropped, inGivenOrder, inlineChildren, orderOf } from './inline-children.ts';
import { checkName, requirePrefix, requireResource } from './network-checks.ts';
import { networkError } from './network-errors.ts';
import { disconnected, peeringToRead } from './peering-links.ts';
import {
  addressSpaceOf,
  checkSubnetFree,
  checkSubnetInUse,
  checkSubnetRange,
  checkSubnetReferences,
} from './subnet-checks.ts';
import { subnetToRead, subnetToStore } from './subnet-form.ts';
import { peeringChange } from './virtual-networks-virtual-network-peerings.ts';

const type = 'Microsoft.Network/virtualNetworks';

/**
 * Virtual networks. Subnets and peerings are resources of their own; an inline list replaces them, no list leaves them as they are
 * (Azure Networking blog, "Azure Virtual Network now supports updates without subnet property").
 */
export const virtualNetworks: ResourceTypeProvider = {
  type,
  apiVersions: networkApiVersions,
  location: 'required',
  longRunning: true,
  put(input, context) {
    const { envelope, properties } = takeIn(type, input.body);
    checkName(input.id);
    const addressSpace = checkAddressSpace(input.id, properties);
    const plan = referenceOf(properties.ddosProtectionPlan);
    if (plan !== undefined) {
      const by = { id: input.id, path: 'properties.ddosProtectionPlan.id' };
      requireResource(context, plan, by, 'Microsoft.Network/ddosProtectionPlans');
    }
    const network = resourceOf(
      type,
      input,
      envelope,
      defined({
        ...without(properties, 'subnets', 'virtualNetworkPeerings'),
        subnets: givenOrder(input, properties, 'subnets', context),
        virtualNetworkPeerings: givenOrder(input, properties, 'virtualNetworkPeerings', context),
        provisioningState: 'Succeeded',
        resourceGuid: context.stableGuid(input.id, 'resourceGuid'),
        privateEndpointVNetPolicies: properties.privateEndpointVNetPolicies ?? 'Disabled',
        enableDdosProtection: properties.enableDdosProtection ?? false,
      }),
    );
    const subnets = subnetChange(input, network, properties, addressSpace, context);
    const peerings = peeringsChange(input, network, properties, context);
    return {
      put: [network, ...subnets.put, ...peerings.put],
      delete: [...subnets.delete, ...peerings.delete],
    };
  },
  delete(existing, context) {
    for (const subnet of context.view.children(existing.id, 'subnets')) checkSubnetFree(subnet, context);
    const peerings = context.view.children(existing.id, 'virtualNetworkPeerings');
    // Azure lets a linked network go and clears its links (learn.microsoft.com, what is a virtual network link).
    const links = referrers(
      'Microsoft.Network/privateDnsZones/virtualNetworkLinks',
      'virtualNetwork',
      existing.id,
      context,
    );
    return { put: peerings.flatMap((peering) => disconnected(peering, context)), delete: links.map(({ id }) => id) };
  },
  read(stored, context) {
    const inline = (segment: string, read: typeof subnetToRead): readonly ArmResource[] =>
      inGivenOrder(context.view.children(stored.id, segment), propertiesOf(stored)[segment]).map((child) =>
        read(child, context),
      );
    return withEtag(
      withProperties(stored, {
        subnets: inline('subnets', subnetToRead),
        virtualNetworkPeerings: inline('virtualNetworkPeerings', peeringToRead),
      }),
    );
  },
};

/** No list leaves the children as they are, and their order too. */
function givenOrder(input: PutInput, properties: Members, segment: string, context: ProviderContext): unknown {
  if (properties[segment] === undefined) return propertiesOf(input.existing)[segment];
  return orderOf(inlineChildren(input.id, segment, listOf(properties[segment]), context));
}

function checkAddressSpace(id: string, properties: Members): readonly Prefix[] {
  const texts = addressSpaceOf(properties);
  const pools = listOf(membersOf(properties.addressSpace).ipamPoolPrefixAllocations);
  if (pools.length > 0) {
    throw notModelled(`address pools (IPAM) of virtual network ${id}`);
  }
  if (texts.length === 0) {
    throw networkError(
      'NoAddressPrefixOrPoolProvided',
      `No address prefix or pool was provided for virtual network ${id}.`,
    );
  }
  const prefixes = texts.map((text) => requirePrefix(text, id));
  for (const [i, prefix] of prefixes.entries()) {
    const twin = prefixes.slice(0, i).findIndex((other) => overlaps(other, prefix));
    if (twin < 0) continue;
    throw networkError(
      'AddressPrefixesOverlap',
      `Address prefixes ${texts[twin]} and ${texts[i]} of virtual network ${id} overlap.`,
    );
  }
  return prefixes;
}

function subnetChange(
  input: PutInput,
  network: ArmResource,
  properties: Members,
  addressSpace: readonly Prefix[],
  context: ProviderContext,
): ProviderChange {
  const surroundings = { id: input.id, location: network.location, addressSpace };
  checkPeeredSpace(input.id, addressSpace, context);
  if (properties.subnets === undefined) {
    for (const subnet of context.view.children(input.id, 'subnets')) {
      checkSubnetRange({ id: subnet.id, properties: propertiesOf(subnet) }, surroundings, []);
    }
    return { put: [], delete: [] };
  }
  const drafts = inlineChildren(input.id, 'subnets', listOf(properties.subnets), context);
  const gone = dropped(input.id, 'subnets', drafts, context);
  for (const subnet of gone) checkSubnetFree(subnet, context);
  const put = drafts.map((draft, i) => {
    const existing = context.view.get(draft.id);
    checkSubnetRange(draft, surroundings, drafts.slice(0, i));
    checkSubnetReferences(draft, surroundings, context);
    checkSubnetInUse(draft, existing, context);
    return subnetToStore(draft.id, draft.properties, input.apiVersion, existing);
  });
  return { put, delete: gone.map(({ id }) => id) };
}

/** A block that is added must not overlap a network that is peered already. */
function checkPeeredSpace(id: string, addressSpace: readonly Prefix[], context: ProviderContext): void {
  const old = addressSpaceOf(propertiesOf(context.view.get(id)));
  for (const peering of context.view.children(id, 'virtualNetworkPeerings')) {
    const remote = referenceOf(propertiesOf(peering).remoteVirtualNetwork);
    const space = addressSpaceOf(propertiesOf(context.view.get(remote ?? ''))).map((text) => requirePrefix(text, id));
    const added = addressSpace.filter((block) => !old.some((text) => contains(requirePrefix(text, id), block)));
    if (!added.some((block) => space.some((other) => overlaps(block, other)))) continue;
    throw networkError(
      'VnetAddressSpacesOverlap',
      `Cannot update virtual network ${id}: its address space overlaps with the address space of peered virtual network ${remote}.`,
    );
  }
}

function peeringsChange(
  input: PutInput,
  network: ArmResource,
  properties: Members,
  context: ProviderContext,
): ProviderChange {
  if (properties.virtualNetworkPeerings === undefined) return { put: [], delete: [] };
  const drafts = inlineChildren(input.id, 'virtualNetworkPeerings', listOf(properties.virtualNetworkPeerings), context);
  const gone = dropped(input.id, 'virtualNetworkPeerings', drafts, context);
  // The network itself is not in the store yet when it is new: its peerings look it up.
  const view = {
    ...context.view,
    get: (id: string) => (id.toLowerCase() === network.id.toLowerCase() ? network : context.view.get(id)),
    ofType: (wanted: string) => context.view.ofType(wanted),
    children: (parentId: string, segment: string) => context.view.children(parentId, segment),
  };
  const put = drafts.flatMap((draft) =>
    peeringChange(
      { id: draft.id, body: { properties: draft.properties }, existing: context.view.get(draft.id) },
      { ...context, view },
    ),
  );
  return {
    put: [...put, ...gone.flatMap((peering) => disconnected(peering, context))],
    delete: gone.map(({ id }) => id),
  };
}
