import type { Resource, ResourceIdentity, Value } from '../model/resource.ts';
import type { StageName } from '../model/stage.ts';
import { apiVersions } from './api-versions.ts';

/** Where resources of one deployment and resource group go. */
export interface Placement {
  readonly stage: StageName;
  readonly deployment: string;
  readonly group: string;
  readonly region: string;
  readonly tags: Readonly<Record<string, string>>;
}

interface NetworkResource {
  readonly key: string;
  /** Below `Microsoft.Network/`. */
  readonly type: string;
  readonly name: string;
  readonly properties: Value;
  readonly sku?: Value;
  readonly zones?: readonly string[];
  readonly oneAtATime?: string;
}

/** A resource of Microsoft.Network with location and tags; a child of another has neither. */
export function networkResource(placement: Placement, resource: NetworkResource): Resource {
  const { stage, deployment, group, region, tags } = placement;
  const { key, type, name, properties, sku, zones, oneAtATime } = resource;
  return {
    key,
    stage,
    deployment,
    type: `Microsoft.Network/${type}`,
    apiVersion: apiVersions.network,
    name,
    scope: { kind: 'resourceGroup', name: group },
    ...(type.includes('/') ? {} : { location: region, tags }),
    ...(sku === undefined ? {} : { sku }),
    ...(zones === undefined ? {} : { zones }),
    properties,
    ...(oneAtATime === undefined ? {} : { oneAtATime }),
  };
}

interface AzureResource {
  readonly key: string;
  readonly type: string;
  readonly apiVersion: string;
  readonly name: string;
  readonly properties: Value;
  readonly sku?: Value;
  readonly identity?: ResourceIdentity;
  /** Whether it has a location and tags of its own. @default whether it is no child of another resource */
  readonly located?: boolean;
  readonly oneAtATime?: string;
  readonly amends?: string;
}

/** A resource of any provider. */
export function azureResource(placement: Placement, resource: AzureResource): Resource {
  const { stage, deployment, group, region, tags } = placement;
  const { located = resource.type.split('/').length === 2, ...rest } = resource;
  return {
    ...rest,
    stage,
    deployment,
    scope: { kind: 'resourceGroup', name: group },
    ...(located ? { location: region, tags } : {}),
  };
}
