import { parseAddress, parsePrefix } from '../../../kernel/address.ts';
import type { ArmResource } from '../../../model/resource.ts';
import type { ResourceTypeProvider } from '../contract.ts';
import { nameIn, parentOf, sameId } from '../ids.ts';
import { type Members, membersOf, textOf, textsOf } from '../members.ts';
import { propertiesOf, resourceOf, takeIn, withEtag } from '../resource-form.ts';
import { networkApiVersions } from './api-versions.ts';
import { checkName, requireOneOf, requirePrefix } from './network-checks.ts';
import { networkError } from './network-errors.ts';
import { isServiceTag } from './service-tags.ts';

const routeType = 'Microsoft.Network/routeTables/routes';

const hops = ['VirtualNetworkGateway', 'VnetLocal', 'Internet', 'VirtualAppliance', 'None', 'VirtualApplianceEcmp'];

/** A route as it is checked and stored. */
export interface RouteDraft {
  readonly id: string;
  readonly properties: Members;
}

/** One route of a table. */
export const routes: ResourceTypeProvider = {
  type: routeType,
  apiVersions: networkApiVersions,
  location: 'none',
  longRunning: true,
  put(input, context) {
    const { properties } = takeIn(routeType, input.body);
    const beside = context.view.children(parentOf(input.id), 'routes').filter(({ id }) => !sameId(id, input.id));
    const route = routeToStore(
      { id: input.id, properties },
      beside.map((other) => ({ id: other.id, properties: propertiesOf(other) })),
    );
    return { put: [route], delete: [] };
  },
  read: (stored) => withEtag(stored),
};

/**
 * Checks a route and completes it. That a table takes a prefix once, and an address for an appliance alone, is documented
 * (learn.microsoft.com, custom routes); no report of the service's own codes was found, so these are ours.
 */
export function routeToStore(route: RouteDraft, beside: readonly RouteDraft[]): ArmResource {
  const { id, properties } = route;
  checkName(id);
  const prefix = textOf(properties.addressPrefix) ?? '';
  if (!isServiceTag(prefix)) requirePrefix(prefix, id);
  const nextHopType = requireOneOf(properties.nextHopType, hops, 'properties.nextHopType');
  checkNextHop(id, nextHopType, properties);
  const twin = beside.find((other) => samePrefix(textOf(other.properties.addressPrefix) ?? '', prefix));
  if (twin !== undefined) {
    throw networkError(
      'RouteConflict',
      `Route ${nameIn(id)} conflicts with route ${nameIn(twin.id)}. Routes in a route table cannot have the same AddressPrefix.`,
    );
  }
  return resourceOf(
    routeType,
    { id },
    {},
    { ...properties, provisioningState: 'Succeeded', nextHopType, hasBgpOverride: false },
  );
}

/** An appliance has an address; nothing else has. */
function checkNextHop(id: string, nextHopType: string, properties: Members): void {
  const address = textOf(properties.nextHopIpAddress);
  if (nextHopType === 'VirtualAppliance') {
    if (address !== undefined && parseAddress(address) !== undefined) return;
    throw networkError(
      'InvalidNextHopIpAddress',
      `Route ${nameIn(id)} must specify a valid NextHopIpAddress when NextHopType is VirtualAppliance. Value provided: ${address ?? ''}`,
    );
  }
  if (nextHopType === 'VirtualApplianceEcmp') {
    const several = textsOf(membersOf(properties.nextHop).nextHopIpAddresses);
    if (several.length >= 2 && several.length <= 64 && several.every((text) => parseAddress(text) !== undefined))
      return;
    throw networkError(
      'InvalidNextHopIpAddress',
      `Route ${nameIn(id)} must specify 2 to 64 valid next hop addresses when NextHopType is VirtualApplianceEcmp.`,
    );
  }
  if (address === undefined) return;
  throw networkError(
    'NextHopIpAddressNotAllowed',
    `Route ${nameIn(id)} cannot specify NextHopIpAddress when NextHopType is ${nextHopType}.`,
  );
}

function samePrefix(a: string, b: string): boolean {
  const [first, second] = [parsePrefix(a), parsePrefix(b)];
  if (first === undefined || second === undefined) return a.toLowerCase() === b.toLowerCase();
  return first.family === second.family && first.first === second.first && first.length === second.length;
}
