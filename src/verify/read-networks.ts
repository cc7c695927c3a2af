import { type Prefix, parsePrefix } from '../kernel/address.ts';
import type { Peering, Subnet, VirtualNetwork } from '../reachability/index.ts';
import { type ArmView, fields, type Item, idKey, items, reference, text, texts } from './arm-view.ts';

/** Services of `serviceEndpoints` whose service tag has another name than theirs. */
const endpointTags = new Map([
  ['microsoft.storage', 'Storage'],
  ['microsoft.storage.global', 'Storage'],
  ['microsoft.keyvault', 'AzureKeyVault'],
  ['microsoft.sql', 'Sql'],
  ['microsoft.containerregistry', 'AzureContainerRegistry'],
  ['microsoft.eventhub', 'EventHub'],
  ['microsoft.servicebus', 'ServiceBus'],
  ['microsoft.azurecosmosdb', 'AzureCosmosDB'],
  ['microsoft.azureactivedirectory', 'AzureActiveDirectory'],
  ['microsoft.web', 'AppService'],
  ['microsoft.cognitiveservices', 'CognitiveServicesManagement'],
]);

export interface ReadNetworks {
  readonly networks: readonly VirtualNetwork[];
  readonly subnets: readonly Subnet[];
}

/** Virtual networks, their subnets and their peerings. References are resolved to the ids that the state uses. */
export function readNetworks(view: ArmView, assume: (assumption: string) => void): ReadNetworks {
  const resources = view.ofType('Microsoft.Network/virtualNetworks');
  const canonical = new Map(resources.map((resource) => [idKey(resource.id), resource.id]));
  const networks = resources.map((resource): VirtualNetwork => {
    const { properties } = resource;
    return {
      id: resource.id,
      name: resource.name,
      space: ipv4(texts(fields(properties.addressSpace).addressPrefixes), resource.id, assume),
      peerings: view
        .children(resource, 'virtualNetworkPeerings')
        .map((peering) => readPeering(peering, canonical, assume)),
      dnsServers: texts(fields(properties.dhcpOptions).dnsServers),
    };
  });
  const subnets = resources.flatMap((resource) =>
    view.children(resource, 'subnets').map((subnet) => readSubnet(view, subnet, resource.id, assume)),
  );
  return { networks, subnets };
}

function ipv4(prefixes: readonly string[], owner: string, assume: (assumption: string) => void): readonly Prefix[] {
  return prefixes.flatMap((text) => {
    const prefix = parsePrefix(text);
    if (prefix?.family === 4) return [prefix];
    assume(
      `${owner} has the address prefix ${text}, which is not IPv4: IPv6 is not modelled yet and nothing is said about it.`,
    );
    return [];
  });
}

function readPeering(
  peering: Item,
  networks: ReadonlyMap<string, string>,
  assume: (assumption: string) => void,
): Peering {
  const { properties } = peering;
  const remote = reference(properties.remoteVirtualNetwork) ?? '';
  const known = networks.get(idKey(remote));
  if (known === undefined) {
    assume(
      `Peering ${peering.id} leads to ${remote || 'nowhere'}, which is not in the state: nothing is said about traffic over it.`,
    );
  }
  if (properties.allowVirtualNetworkAccess === false) {
    assume(`Peering ${peering.id} has allowVirtualNetworkAccess off: taken as closed.`);
  }
  return {
    id: peering.id,
    name: peering.name,
    remote: known ?? remote,
    connected: text(properties.peeringState)?.toLowerCase() === 'connected',
    // Azure's defaults where a body leaves them out: access on, forwarded traffic off.
    allowAccess: properties.allowVirtualNetworkAccess !== false,
    allowForwarded: properties.allowForwardedTraffic === true,
    offersGateway: properties.allowGatewayTransit === true,
    usesRemoteGateway: properties.useRemoteGateways === true,
  };
}

function readSubnet(view: ArmView, subnet: Item, network: string, assume: (assumption: string) => void): Subnet {
  const { properties } = subnet;
  const one = text(properties.addressPrefix);
  const many = texts(properties.addressPrefixes);
  const group = lookUp(view, subnet, 'networkSecurityGroup', assume);
  const table = lookUp(view, subnet, 'routeTable', assume);
  const natGateway = reference(properties.natGateway)?.split('/').at(-1);
  const policies = (text(properties.privateEndpointNetworkPolicies) ?? 'Disabled').toLowerCase();
  return {
    id: subnet.id,
    name: subnet.name,
    network,
    prefixes: ipv4(many.length > 0 ? many : one === undefined ? [] : [one], subnet.id, assume),
    ...(group.found === undefined ? {} : { securityGroup: group.found }),
    ...(group.missing === undefined ? {} : { missingSecurityGroup: group.missing }),
    ...(table.found === undefined ? {} : { routeTable: table.found }),
    ...(table.missing === undefined ? {} : { missingRouteTable: table.missing }),
    ...(natGateway === undefined ? {} : { natGateway }),
    serviceEndpoints: items(properties.serviceEndpoints).flatMap((endpoint) => {
      const service = text(fields(endpoint).service);
      return service === undefined
        ? []
        : [endpointTags.get(service.toLowerCase()) ?? service.split('.').at(-1) ?? service];
    }),
    privateEndpointPolicies: {
      securityGroup: policies === 'enabled' || policies === 'networksecuritygroupenabled',
      routeTable: policies === 'enabled' || policies === 'routetableenabled',
    },
  };
}

/** What a reference leads to, or that it leads nowhere. */
export function lookUp(
  view: ArmView,
  item: Item,
  property: string,
  assume: (assumption: string) => void,
): { readonly found?: string; readonly missing?: string } {
  const id = reference(item.properties[property]);
  if (id === undefined) return {};
  const found = view.byId(id);
  if (found !== undefined) return { found: found.id };
  assume(`${item.id} names the ${property} ${id}, which is not in the state: it may do anything.`);
  return { missing: id };
}
