import type { Resource } from '../../model/resource.ts';
import { apiVersions } from '../api-versions.ts';
import type { Placement } from '../placement.ts';

/** The path of an identity's object id at Entra, for `propertyOf`. */
export const principalIdPath = 'principalId';

/** An identity without secret, which resources use and roles are given to. */
export function managedIdentity(
  { stage, deployment, group, region, tags }: Placement,
  at: { readonly key: string; readonly name: string },
): Resource {
  return {
    ...at,
    stage,
    deployment,
    type: 'Microsoft.ManagedIdentity/userAssignedIdentities',
    apiVersion: apiVersions.identities,
    scope: { kind: 'resourceGroup', name: group },
    location: region,
    tags,
    properties: {},
  };
}
