import { type AddressRange, parsePrefix } from '../kernel/address.ts';
import type { ArmResource } from '../model/resource.ts';
import type { State } from '../model/state.ts';
import type { NamedResource, NetworkModel, Subnet } from '../reachability/index.ts';
import { type ArmView, armView, fields, idKey, items, reference, text, texts } from './arm-view.ts';
import type { Remark } from './kubernetes/object-view.ts';
import { readClusters } from './kubernetes/read-cluster.ts';
import { readAdminRules } from './read-admin-rules.ts';
import { readCards, readPrivateEndpoints } from './read-cards.ts';
import { readFirewalls } from './read-firewalls.ts';
import { readApplicationGateways } from './read-gateways.ts';
import { readFrontends } from './read-load-balancers.ts';
import { readNetworks } from './read-networks.ts';
import { readPrivateZones } from './read-private-zones.ts';
import { readRouteTables } from './read-route-tables.ts';
import { readSecurityGroups } from './read-security-groups.ts';

export interface ReadNetwork {
  readonly model: NetworkModel;
  /** What the state leaves open and what this reader does not model, each by name. */
  readonly assumptions: readonly string[];
  /** What the authors of its Kubernetes objects should know of them. */
  readonly remarks: readonly Remark[];
}

/**
 * The network of a state, ours or anybody's. Ids are compared without case; children are found inside their parent or by themselves;
 * references that lead nowhere make answers open instead of stopping.
 */
export function readNetwork(state: State): ReadNetwork {
  return readEach(state)[0] as ReadNetwork;
}

/** A view of the network for each cluster of the state, in the order of their names; one without a cluster where it has none. */
export function readEach(state: State): readonly ReadNetwork[] {
  const view = armView(state);
  const assumptions = new Set<string>(state.assumptions);
  const assume = (assumption: string): void => void assumptions.add(assumption);
  const { networks, subnets } = readNetworks(view, assume);
  const clusters = readClusters(state, view, subnets, assume);
  const model: NetworkModel = {
    networks,
    subnets,
    securityGroups: readSecurityGroups(view, assume),
    routeTables: readRouteTables(view, assume),
    firewalls: readFirewalls({ view, assume }, subnets),
    cards: readCards(view, subnets, assume),
    privateEndpoints: readPrivateEndpoints(view, subnets, assume),
    gatewayNetworks: readGateways(view, subnets, assume),
    privateZones: readPrivateZones(view, networks),
    frontends: readFrontends(view, state.objects, subnets, assume),
    gateways: readApplicationGateways(view, subnets, assume),
    adminRules: readAdminRules(view, networks, assume),
    named: readNamed(state, subnets),
  };
  noteUnmodelled(state, model, assume);
  if (clusters.length === 0) return [{ model, assumptions: [...assumptions], remarks: [] }];
  if (clusters.length > 1) {
    assume(
      `The state has ${clusters.length} clusters: each is judged with its own policies, and the pods of the others as addresses of their subnets.`,
    );
  }
  return clusters.map((cluster) => ({
    model: {
      ...model,
      cluster: cluster.model,
      otherClusters: clusters.filter((other) => other !== cluster).map((other) => other.model),
    },
    assumptions: [...assumptions],
    remarks: cluster.remarks,
  }));
}

function readGateways(
  view: ArmView,
  subnets: readonly Subnet[],
  assume: (assumption: string) => void,
): readonly string[] {
  return view.ofType('Microsoft.Network/virtualNetworkGateways').flatMap((gateway) => {
    assume(`Gateway ${gateway.id}: routes that it learns are not in the state.`);
    return items(gateway.properties.ipConfigurations).flatMap((one) => {
      const id = reference(fields(fields(one).properties).subnet);
      const subnet = subnets.find((candidate) => id !== undefined && idKey(candidate.id) === idKey(id));
      return subnet === undefined ? [] : [subnet.network];
    });
  });
}

function readNamed(state: State, subnets: readonly Subnet[]): readonly NamedResource[] {
  const byId = new Map(subnets.map((subnet) => [idKey(subnet.id), subnet]));
  return state.resources.map((resource) => named(resource, byId));
}

/** The private addresses that stand anywhere in a resource, else the prefixes of the subnets that it stands in. */
function named(resource: ArmResource, subnets: ReadonlyMap<string, Subnet>): NamedResource {
  const addresses: AddressRange[] = [];
  const within: AddressRange[] = [];
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(walk);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
    for (const [key, member] of Object.entries(value)) {
      const word = key.toLowerCase();
      if (word === 'privateipaddress' || (word === 'ipaddress' && typeof member === 'string')) {
        const address = parsePrefix(text(member) ?? '');
        if (address !== undefined) addresses.push(address);
      } else if (word === 'subnet' || word === 'vnetsubnetid' || word === 'podsubnetid') {
        const id = text(member) ?? reference(member);
        const subnet = id === undefined ? undefined : subnets.get(idKey(id));
        if (subnet !== undefined) within.push(...subnet.prefixes);
      } else walk(member);
    }
  };
  const type = resource.type.toLowerCase();
  // A cluster as an end of traffic is its API server: where it is, only VNet integration tells.
  const access = fields(fields(resource.properties).apiServerAccessProfile);
  const server = text(access.subnetId);
  if (type === 'microsoft.containerservice/managedclusters') {
    const subnet = server === undefined ? undefined : subnets.get(idKey(server));
    return { id: resource.id, name: resource.name, type: resource.type, addresses: subnet?.prefixes ?? [] };
  }
  const own = subnets.get(idKey(resource.id));
  if (own !== undefined) addresses.push(...own.prefixes);
  else if (type === 'microsoft.network/virtualnetworks') {
    const space = texts(fields(fields(resource.properties).addressSpace).addressPrefixes);
    addresses.push(...space.flatMap((prefix) => parsePrefix(prefix) ?? []));
  } else if (/^microsoft\.(network|compute|containerservice|containerregistry|keyvault)\//.test(type)) {
    walk(resource.properties);
  }
  const name = resource.name.slice(resource.name.lastIndexOf('/') + 1);
  return { id: resource.id, name, type: resource.type, addresses: addresses.length > 0 ? addresses : within };
}

const unmodelled: readonly (readonly [type: string, words: string])[] = [
  ['microsoft.network/virtualhubs', 'routing of a virtual hub'],
  ['microsoft.network/virtualwans', 'routing of a virtual WAN'],
];

function noteUnmodelled(state: State, model: NetworkModel, assume: (assumption: string) => void): void {
  for (const [type, words] of unmodelled) {
    const found = state.resources.filter((resource) => resource.type.toLowerCase().startsWith(type));
    if (found.length > 0) assume(`Not modelled: ${words} (${found.map((one) => one.name).join(', ')}).`);
  }
  const tags = model.securityGroups.some((group) =>
    group.rules.some((rule) => [...rule.sources, ...rule.destinations].some((term) => term.kind === 'tag')),
  );
  if (tags)
    assume(
      'Service tags are named sets of public Azure addresses whose prefixes are not known here; different services are taken as disjoint.',
    );
}
