import type { ArmResource } from '../../../model/resource.ts';
import type { ProviderContext } from '../contract.ts';
import { sameId } from '../ids.ts';
import { defined, listOf, type Members, membersOf, referenceOf, textOf, textsOf, without } from '../members.ts';
import { propertiesOf, resourceOf, withEtag, withProperties } from '../resource-form.ts';
import { attachedToSubnet, references } from './attachments.ts';

export const subnetType = 'Microsoft.Network/virtualNetworks/subnets';

/** From this version on a subnet is private unless it says otherwise (learn.microsoft.com, default outbound access, FAQ). */
const privateByDefaultSince = '2025-07-01';

/** The subnet to store: references cut down to ids, defaults filled in. */
export function subnetToStore(
  id: string,
  properties: Members,
  apiVersion: string,
  existing: ArmResource | undefined,
): ArmResource {
  const before = propertiesOf(existing);
  const reference = (value: unknown): unknown => {
    const referenced = referenceOf(value);
    return referenced === undefined ? undefined : { id: referenced };
  };
  const outbound =
    properties.defaultOutboundAccess ??
    before.defaultOutboundAccess ??
    (existing === undefined && apiVersion >= privateByDefaultSince ? false : undefined);
  return resourceOf(
    subnetType,
    { id },
    {},
    defined({
      ...without(properties, 'applicationGatewayIPConfigurations'),
      provisioningState: 'Succeeded',
      networkSecurityGroup: reference(properties.networkSecurityGroup),
      routeTable: reference(properties.routeTable),
      natGateway: reference(properties.natGateway),
      serviceEndpoints: serviceEndpoints(properties.serviceEndpoints),
      delegations: delegations(id, properties.delegations),
      privateEndpointNetworkPolicies: properties.privateEndpointNetworkPolicies ?? 'Disabled',
      privateLinkServiceNetworkPolicies: properties.privateLinkServiceNetworkPolicies ?? 'Enabled',
      defaultOutboundAccess: outbound,
    }),
  );
}

/** Without `locations` a service endpoint reaches every region. */
function serviceEndpoints(value: unknown): unknown {
  if (value === undefined) return undefined;
  return listOf(value).map((item) => {
    const { service, locations, ...rest } = membersOf(item);
    const given = textsOf(locations);
    return { ...rest, provisioningState: 'Succeeded', service, locations: given.length > 0 ? given : ['*'] };
  });
}

function delegations(subnetId: string, value: unknown): unknown {
  return listOf(value).map((item) => {
    const { name, properties } = membersOf(item);
    const serviceName = textOf(membersOf(properties).serviceName);
    return withEtag({
      name: String(name),
      id: `${subnetId}/delegations/${String(name)}`,
      type: `${subnetType}/delegations`,
      properties: {
        provisioningState: 'Succeeded',
        ...(serviceName === undefined ? {} : { serviceName }),
        actions: ['Microsoft.Network/virtualNetworks/subnets/join/action'],
      },
    });
  });
}

/** The subnet as GET shows it: with what joins it. */
export function subnetToRead(stored: ArmResource, context: ProviderContext): ArmResource {
  const endpoints = context.view
    .ofType('Microsoft.Network/privateEndpoints')
    .filter((endpoint) => sameId(referenceOf(propertiesOf(endpoint).subnet), stored.id));
  return withEtag(
    withProperties(
      stored,
      defined({
        ipConfigurations: references(attachedToSubnet(stored.id, context).filter(({ id, owner }) => id !== owner.id)),
        privateEndpoints: references(endpoints),
        purpose: endpoints.length > 0 ? 'PrivateEndpoints' : undefined,
      }),
    ),
  );
}
