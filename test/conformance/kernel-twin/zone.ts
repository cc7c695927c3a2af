import { ArmDocument, type ArmThing, inBlock, type Json, list, oneOrMore, record, target, words } from './arm-json.ts';

/** What the twin builds, in the order in which it numbers its devices. */
export interface TwinVnet {
  readonly index: number;
  readonly thing: ArmThing;
  readonly space: readonly string[];
  readonly subnets: readonly TwinSubnet[];
}

export interface TwinSubnet {
  readonly index: number;
  readonly name: string;
  readonly prefix: string;
  readonly securityGroup: string;
  readonly routes: readonly Json[];
  readonly hosts: readonly TwinHost[];
}

export interface TwinHost {
  readonly index: number;
  readonly address: string;
  readonly securityGroup: string;
}

export interface TwinFirewall {
  readonly thing: ArmThing;
  readonly address: string;
  readonly subnet: TwinSubnet;
  readonly vnet: TwinVnet;
}

export interface Zone {
  readonly document: ArmDocument;
  readonly vnets: readonly TwinVnet[];
  readonly firewall: TwinFirewall;
  /** Addresses of public hosts, which all stand in the namespace of the internet. */
  readonly outside: readonly string[];
}

/** Networks, subnets, and a host for each network interface of the document. */
export function readZone(resources: readonly Json[], outside: readonly string[]): Zone {
  const document = new ArmDocument(resources);
  let subnets = 0;
  let hosts = 0;
  const cards = document.ofType('networkInterfaces').map((card) => {
    const first = record(list(card.properties.ipConfigurations)[0]?.properties);
    return {
      subnet: target(first.subnet),
      address: String(first.privateIPAddress),
      securityGroup: target(card.properties.networkSecurityGroup),
    };
  });
  const vnets = document.ofType('virtualNetworks').map((thing, index): TwinVnet => {
    const space = words(record(thing.properties.addressSpace).addressPrefixes);
    const own = list(thing.properties.subnets).map((raw): TwinSubnet => {
      const properties = record(raw.properties);
      const [prefix] = oneOrMore(properties, 'addressPrefix', 'addressPrefixes');
      if (prefix === undefined) throw new Error(`${String(raw.id)} has no prefix`);
      const table = target(properties.routeTable);
      return {
        index: subnets++,
        name: String(raw.name),
        prefix,
        securityGroup: target(properties.networkSecurityGroup),
        routes: table === '' ? [] : list(document.get(table).properties.routes),
        hosts: cards
          .filter((card) => card.subnet === String(raw.id).toLowerCase())
          .map(({ address, securityGroup }) => ({ index: hosts++, address, securityGroup })),
      };
    });
    return { index, thing, space, subnets: own };
  });
  return { document, vnets, firewall: readFirewall(document, vnets), outside };
}

function readFirewall(document: ArmDocument, vnets: readonly TwinVnet[]): TwinFirewall {
  const [thing, second] = document.ofType('azureFirewalls');
  if (thing === undefined || second !== undefined) throw new Error('the twin wants exactly one firewall');
  const configuration = record(list(thing.properties.ipConfigurations)[0]?.properties);
  const address = String(configuration.privateIPAddress);
  for (const vnet of vnets) {
    const subnet = vnet.subnets.find((one) => inBlock(address, one.prefix));
    if (subnet !== undefined) return { thing, address, subnet, vnet };
  }
  throw new Error(`the firewall's address ${address} is in no subnet`);
}

/** A network's half of a peering with another. */
function half(of: TwinVnet, to: TwinVnet): Json | undefined {
  const id = to.thing.id.toLowerCase();
  return list(of.thing.properties.virtualNetworkPeerings)
    .map((one) => record(one.properties))
    .find((one) => target(one.remoteVirtualNetwork) === id);
}

/** Both halves exist and are connected (network-semantics.md 68). */
export function connected(a: TwinVnet, b: TwinVnet): boolean {
  return half(a, b)?.peeringState === 'Connected' && half(b, a)?.peeringState === 'Connected';
}

/** Connected, and neither side has closed it (68). */
export function opened(a: TwinVnet, b: TwinVnet): boolean {
  const shut = (one: Json | undefined): boolean => one?.allowVirtualNetworkAccess === false;
  return connected(a, b) && !shut(half(a, b)) && !shut(half(b, a));
}

/** Whether a network takes from a peer what did not start there: the flag of the receiving half (69). */
export function takesForwarded(receiver: TwinVnet, sender: TwinVnet): boolean {
  return half(receiver, sender)?.allowForwardedTraffic === true;
}
