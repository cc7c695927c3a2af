import { ArmError, type ArmErrorBody } from '../../../arm/arm-error.ts';

/*
 * Failures of the cluster service. Codes and wording as users reported them: K8sVersionNotSupported, AgentPoolK8sVersionNotSupported,
 * CiliumDataplaneRequiresNetworkPolicyCilium, NetworkPolicyCiliumRequiresCiliumDataplane, ExistingRouteTableNotAssociatedWithSubnet,
 * CustomPrivateDNSZoneMissingPermissionError, CustomKubeletIdentityMissingPermissionError, ServiceCidrOverlapExistingSubnetsCidr,
 * PodIdentityAddonUserAssignedIdentitiesNotAllowedInCreation. Of the others only the refusal is documented
 * (learn.microsoft.com pages named beside each check); their subcodes are named here.
 */

/** HTTP 400 in the cluster service's form: with a subcode, and the property that is wrong. */
export function clusterError(subcode: string, message: string, target?: string, code = 'BadRequest'): ArmError {
  const body = { code, message, subcode, ...(target === undefined ? {} : { target }) };
  return new ArmError(400, body as ArmErrorBody);
}
