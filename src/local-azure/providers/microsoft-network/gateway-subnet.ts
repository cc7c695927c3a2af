import type { ArmResource } from '../../../model/resource.ts';
import type { ProviderContext } from '../contract.ts';
import { type Members, membersOf, numberOf, referenceOf, textOf, textsOf } from '../members.ts';
import { propertiesOf } from '../resource-form.ts';
import { networkError } from './network-errors.ts';

/** The ports that Azure manages a gateway by. */
const management = { v1: [65503, 65534], v2: [65200, 65535] } as const;

/** Sources that a rule must let in for the gateway to be managed (learn.microsoft.com, Application Gateway infrastructure). */
const managers = ['gatewaymanager', 'internet', '*', '0.0.0.0/0'];

/**
 * What a gateway needs of its subnet: its management ports open in the security group, and no default route to an appliance
 * (learn.microsoft.com, Application Gateway infrastructure configuration). Network isolation, which lifts both, is not modelled.
 */
export function checkGatewaySubnet(
  subnet: ArmResource,
  gatewayId: string,
  isSecond: boolean,
  context: ProviderContext,
): void {
  const { networkSecurityGroup, routeTable } = propertiesOf(subnet);
  const group = referenceOf(networkSecurityGroup);
  if (
    group !== undefined &&
    !letsManagersIn(context.view.children(group, 'securityRules').map(propertiesOf), isSecond)
  ) {
    const [first, last] = isSecond ? management.v2 : management.v1;
    throw networkError(
      'ApplicationGatewaySubnetInboundTrafficBlockedByNetworkSecurityGroup',
      `Network security group ${group} blocks incoming internet traffic on ports ${first} - ${last} to subnet ${subnet.id}, associated with Application Gateway ${gatewayId}. This is not permitted for Application Gateways that have ${isSecond ? 'V2' : 'V1'} Sku.`,
    );
  }
  const table = referenceOf(routeTable);
  const route = table === undefined ? undefined : context.view.children(table, 'routes').find(leadsAway);
  if (route !== undefined && isSecond) {
    throw networkError(
      'ApplicationGatewaySubnetHasDefaultRouteToAppliance',
      `Route ${route.id} of subnet ${subnet.id}, associated with Application Gateway ${gatewayId}, sends 0.0.0.0/0 elsewhere than to the Internet, which gateways of the v2 SKU do not support.`,
    );
  }
}

function leadsAway(route: ArmResource): boolean {
  const { addressPrefix, nextHopType } = propertiesOf(route);
  return addressPrefix === '0.0.0.0/0' && nextHopType !== 'Internet';
}

/** The first inbound TCP rule that is about the managers and covers all of their ports decides; without one Azure denies. */
function letsManagersIn(rules: readonly Members[], isSecond: boolean): boolean {
  const [first, last] = isSecond ? management.v2 : management.v1;
  const decisive = rules
    .filter(({ direction, protocol }) => direction === 'Inbound' && (protocol === 'Tcp' || protocol === '*'))
    .filter((rule) => sourcesOf(rule).some((source) => managers.includes(source.toLowerCase())))
    .filter((rule) => portsOf(rule).some(([from, to]) => from <= first && last <= to))
    .sort((a, b) => (numberOf(a.priority) ?? 0) - (numberOf(b.priority) ?? 0));
  return membersOf(decisive[0]).access === 'Allow';
}

const sourcesOf = (rule: Members): readonly string[] => [
  ...(textOf(rule.sourceAddressPrefix) === undefined ? [] : [String(rule.sourceAddressPrefix)]),
  ...textsOf(rule.sourceAddressPrefixes),
];

function portsOf(rule: Members): readonly (readonly [number, number])[] {
  const texts = [textOf(rule.destinationPortRange), ...textsOf(rule.destinationPortRanges)];
  return texts.flatMap((text) => {
    if (text === undefined) return [];
    if (text === '*') return [[0, 65535] as const];
    const [from = '', to = from] = text.split('-');
    return [[Number(from), Number(to)] as const];
  });
}
