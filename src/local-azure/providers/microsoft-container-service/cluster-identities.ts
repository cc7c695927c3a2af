import type { ArmResource } from '../../../model/resource.ts';
import type { ProviderContext, PutInput } from '../contract.ts';
import { nameIn } from '../ids.ts';
import { type Members, membersOf, textOf } from '../members.ts';
import { propertiesOf, resourceOf } from '../resource-form.ts';
import { requireFound } from '../service-checks.ts';
import type { ClusterDraft } from './cluster-checks.ts';
import { clusterError } from './cluster-errors.ts';
import { mayDo } from './identity-permissions.ts';

const identityType = 'Microsoft.ManagedIdentity/userAssignedIdentities';

/** Add-ons that get an identity in the node resource group, and what it is called. */
const addonIdentities: Readonly<Record<string, string>> = {
  azurekeyvaultsecretsprovider: 'azurekeyvaultsecretsprovider',
  azurepolicy: 'azurepolicy',
  ingressapplicationgateway: 'ingressapplicationgateway',
  omsagent: 'omsagent',
  openservicemesh: 'openservicemesh',
};

interface Identities {
  /** The part of the cluster's properties that names them. */
  readonly properties: Members;
  readonly made: readonly ArmResource[];
}

/** The kubelet's identity, given or made, and one for each add-on that is on. */
export function clusterIdentities(
  input: PutInput,
  envelope: Members,
  properties: Members,
  group: ArmResource,
  context: ProviderContext,
): Identities {
  const made: ArmResource[] = [];
  const make = (name: string): ArmResource => {
    const id = `${group.id}/providers/${identityType}/${name}`;
    const identity = resourceOf(
      identityType,
      { id },
      { location: envelope.location },
      {
        tenantId: context.tenantId,
        principalId: context.stableGuid(id, 'principalId'),
        clientId: context.stableGuid(id, 'clientId'),
      },
    );
    made.push(identity);
    return identity;
  };
  const profile = membersOf(properties.identityProfile);
  const given = textOf(membersOf(profile.kubeletidentity).resourceId);
  const name = nameIn(input.id);
  const kubelet = given === undefined ? make(`${name}-agentpool`) : requireFound(context, given, identityType);
  const addons = Object.entries(membersOf(properties.addonProfiles)).map(([addon, value]) => {
    const { enabled, ...rest } = membersOf(value);
    const word = addonIdentities[addon.toLowerCase()];
    if (enabled !== true || word === undefined) return [addon, { enabled, ...rest }] as const;
    return [addon, { enabled, ...rest, identity: referTo(make(`${word}-${name.toLowerCase()}`)) }] as const;
  });
  const addonProfiles = addons.length === 0 ? {} : { addonProfiles: Object.fromEntries(addons) };
  return { properties: { identityProfile: { ...profile, kubeletidentity: referTo(kubelet) }, ...addonProfiles }, made };
}

function referTo(identity: ArmResource): Members {
  const { clientId, principalId } = propertiesOf(identity);
  return { resourceId: identity.id, clientId, objectId: principalId };
}

/** What the cluster's own identity must be allowed before the service goes to work with it. */
export function checkIdentityPermissions(draft: ClusterDraft, context: ProviderContext): void {
  const identity = membersOf(draft.envelope.identity);
  if (identity.type !== 'UserAssigned') return;
  const [own] = Object.values(membersOf(identity.userAssignedIdentities));
  const principal = String(membersOf(own).principalId);
  const zone = textOf(membersOf(draft.properties.apiServerAccessProfile).privateDNSZone);
  if (zone?.startsWith('/') && !mayDo(principal, 'Microsoft.Network/privateDnsZones/A/write', zone, context)) {
    throw clusterError(
      'CustomPrivateDNSZoneMissingPermissionError',
      `Service principal or user-assigned identity must be given permission to read and write to custom private dns zone ${zone}. Check access result not allowed for action Microsoft.Network/privateDnsZones/read.`,
      undefined,
      'CustomPrivateDNSZoneMissingPermissionError',
    );
  }
  const kubelet = textOf(membersOf(membersOf(draft.properties.identityProfile).kubeletidentity).resourceId);
  const assign = `${identityType}/assign/action`;
  if (kubelet !== undefined && !mayDo(principal, assign, kubelet, context)) {
    throw clusterError(
      'CustomKubeletIdentityMissingPermissionError',
      `The cluster using user-assigned managed identity must be granted 'Managed Identity Operator' role to assign kubelet identity. Check access result not allowed for action ${assign}.`,
      undefined,
      'CustomKubeletIdentityMissingPermissionError',
    );
  }
}
