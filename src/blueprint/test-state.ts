import { formatAddress, parsePrefix } from '../kernel/address.ts';
import type { Blueprint } from '../model/blueprint.ts';
import type { Handle } from '../model/handle.ts';
import type { ArmResource, Resource, Value } from '../model/resource.ts';
import type { State } from '../model/state.ts';

/**
 * The blueprint as Azure would show it once deployed, without deploying: ids instead of handles, each firewall at the first address of
 * its subnet that Azure gives out, peerings connected. Enough for the verifier to be asked.
 */
export function stateOf(blueprint: Blueprint): State {
  const all = blueprint.parts.flatMap((part) => part.resources);
  const byKey = new Map(all.map((resource) => [resource.key, resource]));
  const find = (key: string): Resource => {
    const found = byKey.get(key);
    if (found === undefined) throw new Error(`there is no ${key}`);
    return found;
  };
  const resolve = (handle: Handle): string => {
    const target = find(handle.resource);
    if (handle.$handle === 'id') {
      return [idOf(blueprint, target), ...(handle.children ?? []).flat()].join('/');
    }
    if (target.type === 'Microsoft.Network/azureFirewalls' && handle.path.endsWith('privateIPAddress')) {
      return firewallAddress(all, target);
    }
    if (handle.full === true) return `${handle.path} of ${handle.resource}`;
    const made = madeByAzure[target.type]?.find((path) => path === handle.path);
    if (made === undefined) throw new Error(`${handle.resource} has no ${handle.path} before it is deployed`);
    return `${made} of ${handle.resource}`;
  };
  const plain = (value: Value | undefined): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map(plain);
    if ('$handle' in value) {
      return value.$handle === 'subscription' ? `/subscriptions/${blueprint.subscriptionId}` : resolve(value as Handle);
    }
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plain(member as Value)]));
  };
  const amended = new Set(all.flatMap(({ amends }) => amends ?? []));
  const last = all.filter(({ key }) => !amended.has(key));
  const resources = last.map(
    (resource): ArmResource => ({
      id: idOf(blueprint, resource),
      name: resource.name,
      type: resource.type,
      ...(resource.location === undefined ? {} : { location: resource.location }),
      ...(resource.sku === undefined ? {} : { sku: plain(resource.sku) }),
      ...(resource.zones === undefined ? {} : { zones: resource.zones }),
      ...(resource.identity === undefined ? {} : { identity: identityOf(resource, resolve) }),
      properties: {
        ...(plain(resource.properties) as Record<string, never>),
        ...(resource.type === 'Microsoft.ManagedIdentity/userAssignedIdentities'
          ? { principalId: `principalId of ${resource.key}` }
          : {}),
        ...(resource.type.endsWith('/virtualNetworkPeerings') ? { peeringState: 'Connected' } : {}),
        ...(resource.type === 'Microsoft.Network/azureFirewalls' ? withAddress(all, resource, plain) : {}),
      },
    }),
  );
  const objects = blueprint.parts.flatMap((part) => part.objects ?? []);
  return { resources, objects, origin: 'blueprint', assumptions: [] };
}

/** What parts read of resources and Azure makes up: any text will do. */
const madeByAzure: Readonly<Record<string, readonly string[]>> = {
  'Microsoft.ManagedIdentity/userAssignedIdentities': ['principalId', 'clientId'],
  'Microsoft.KeyVault/vaults/keys': ['keyUriWithVersion'],
  'Microsoft.ContainerService/managedClusters': [
    'oidcIssuerProfile.issuerURL',
    'addonProfiles.azureKeyvaultSecretsProvider.identity.objectId',
    'addonProfiles.omsagent.identity.objectId',
  ],
};

function identityOf({ identity, key }: Resource, resolve: (handle: Handle) => string): Record<string, unknown> {
  if (identity?.type !== 'UserAssigned') return { ...identity, principalId: `principalId of ${key}` };
  const ids = identity.userAssigned.map((handle) => [resolve(handle), {}] as const);
  return { type: identity.type, userAssignedIdentities: Object.fromEntries(ids) };
}

function idOf(blueprint: Blueprint, resource: Resource): string {
  const subscription = `/subscriptions/${blueprint.subscriptionId}`;
  if (resource.type === 'Microsoft.Resources/resourceGroups') return `${subscription}/resourceGroups/${resource.name}`;
  const [namespace, ...types] = resource.type.split('/');
  const names = resource.name.split('/');
  const path = types.flatMap((type, index) => [type, names[index]]);
  const scope = resource.scope.kind === 'subscription' ? [] : ['resourceGroups', resource.scope.name];
  return [subscription, ...scope, 'providers', namespace, ...path].join('/');
}

function firewallAddress(all: readonly Resource[], firewall: Resource): string {
  const region = firewall.location;
  const hub = all.find(
    (one) => one.type === 'Microsoft.Network/virtualNetworks' && one.stage === 'hub' && one.location === region,
  );
  if (hub === undefined) throw new Error(`${firewall.key} has no hub`);
  const { subnets } = hub.properties as unknown as {
    readonly subnets: readonly { readonly name: string; readonly properties: { readonly addressPrefix: string } }[];
  };
  const prefix = parsePrefix(
    subnets.find(({ name }) => name === 'AzureFirewallSubnet')?.properties.addressPrefix ?? '',
  );
  if (prefix === undefined) throw new Error(`${firewall.key} stands in no subnet`);
  return formatAddress(prefix.family, prefix.first + 4n);
}

function withAddress(all: readonly Resource[], firewall: Resource, plain: (value: Value) => unknown) {
  const { ipConfigurations } = plain(firewall.properties as Value) as {
    readonly ipConfigurations: readonly { readonly properties: { readonly subnet?: unknown } }[];
  };
  return {
    ipConfigurations: ipConfigurations.map((one) => ({
      ...one,
      properties: {
        ...one.properties,
        ...(one.properties.subnet === undefined ? {} : { privateIPAddress: firewallAddress(all, firewall) }),
      },
    })) as never,
  };
}
