import { parsePrefix } from '../kernel/address.ts';
import type { NextHop, RouteTable, UserRoute } from '../reachability/index.ts';
import { type ArmView, type Item, text } from './arm-view.ts';

export function readRouteTables(view: ArmView, assume: (assumption: string) => void): readonly RouteTable[] {
  return view.ofType('Microsoft.Network/routeTables').map((table) => ({
    id: table.id,
    name: table.name,
    keepsLearnedOut: table.properties.disableBgpRoutePropagation === true,
    routes: view.children(table, 'routes').flatMap((route) => readRoute(route, assume) ?? []),
  }));
}

function readRoute(route: Item, assume: (assumption: string) => void): UserRoute | undefined {
  const prefix = text(route.properties.addressPrefix);
  const nextHop = readNextHop(route);
  if (prefix === undefined || nextHop === undefined) {
    assume(`Route ${route.id} has no address prefix, or a next hop that is not understood: it is not counted.`);
    return undefined;
  }
  const range = parsePrefix(prefix);
  if (range === undefined) {
    assume(
      `Route ${route.id} is for service tag ${prefix}: it is taken as longer than /8 and shorter than any longer literal prefix.`,
    );
  }
  return { name: route.name, destination: range ?? { tag: prefix }, nextHop };
}

function readNextHop({ properties }: Item): NextHop | undefined {
  switch (text(properties.nextHopType)?.toLowerCase()) {
    case 'vnetlocal':
      return { kind: 'network' };
    case 'internet':
      return { kind: 'internet' };
    case 'none':
      return { kind: 'none' };
    case 'virtualnetworkgateway':
      return { kind: 'gateway' };
    case 'virtualappliance': {
      const address = parsePrefix(text(properties.nextHopIpAddress) ?? '');
      return address === undefined ? undefined : { kind: 'appliance', address };
    }
    default:
      return undefined;
  }
}
