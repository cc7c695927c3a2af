import { ArmError } from '../../../arm/arm-error.ts';

/*
 * Failures of the network resource provider that several types share. Codes and wording are the service's own, as users reported
 * them (hashicorp/terraform-provider-azurerm and Azure/azure-cli issues, learn.microsoft.com troubleshooting pages).
 *
 * Of these codes no report was found, only that Azure refuses the thing; name and wording are ours:
 * AddressPrefixesOverlap, DdosProtectionPlanInUse, FirewallPolicyInUse, FirewallPolicyHigherTierOnlyPropertiesSet,
 * InUseApplicationSecurityGroupCannotBeDeleted, InvalidIpAddressPrefix, InvalidNextHopIpAddress, IpGroupInUse,
 * NetworkInterfaceMustHaveAtLeastOneIPConfiguration, NetworkSecurityGroupCannotBeAttachedToAzureFirewallSubnet (and
 * …ManagementSubnet), NextHopIpAddressNotAllowed, PrivateEndpointCreationNotAllowedAsGroupIdIsInvalid,
 * RemotePeeringDoesNotAllowGatewayTransit, RouteConflict, SecurityRuleParameterNotSpecified,
 * VnetHasGatewaysCannotUseRemoteGateways; and the messages under AzureFirewallInvalidRequest and InvalidRequestFormat.
 */

/** HTTP 400 in the network service's form. */
export function networkError(code: string, message: string): ArmError {
  return new ArmError(400, { code, message, details: [] });
}

export function invalidReference(referenced: string, by: string): ArmError {
  return networkError(
    'InvalidResourceReference',
    `Resource ${referenced} referenced by resource ${by} was not found. Please make sure that the referenced resource exists, and that both resources are in the same region.`,
  );
}

/** A value that does not deserialize: an enum that has no such member. */
export function unreadableValue(value: unknown, path: string, allowed: readonly string[]): ArmError {
  return new ArmError(400, {
    code: 'InvalidRequestFormat',
    message: 'Cannot parse the request.',
    details: [
      {
        code: 'InvalidJson',
        message: `Error converting value ${JSON.stringify(value)}. Path '${path}'. Allowed values are ${allowed.join(', ')}.`,
      },
    ],
  });
}

export function invalidName(name: string): ArmError {
  return networkError(
    'InvalidResourceName',
    `Resource name ${name} is invalid. The name can be up to 80 characters long. It must begin with a word character, and it must end with a word character or with '_'. The name may contain word characters or '.', '-', '_'.`,
  );
}

export function duplicateChild(parentId: string, name: string): ArmError {
  return networkError(
    'DuplicateResourceName',
    `Resource ${parentId} has two child resources with the same name (${name}).`,
  );
}

/** A property that stays what it was made with. */
export function changeNotAllowed(property: string, resourceId: string): ArmError {
  return networkError(
    'PropertyChangeNotAllowed',
    `Changing property '${property}' of resource ${resourceId} is not allowed.`,
  );
}

/** A reference to something that is no resource id. */
export function invalidId(id: string, path: string): ArmError {
  return new ArmError(400, {
    code: 'LinkedInvalidPropertyId',
    message: `Property id '${id}' at path '${path}' is invalid. Expect fully qualified resource Id that start with '/subscriptions/{subscriptionId}' or '/providers/{resourceProviderNamespace}/'.`,
  });
}
