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
    if (target.type !== 'Microsoft.Network/azureFirewalls' || !handle.path.endsWith('privateIPAddress')) {
      throw new Error(`${handle.resource} has no ${handle.path} before it is deployed`);
    }
    return firewallAddress(all, target);
  };
  const plain = (value: Value | undefined): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map(plain);
    if ('$handle' in value) return resolve(value as Handle);
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plain(member as Value)]));
  };
  const resources = all.map(
    (resource): ArmResource => ({
      id: idOf(blueprint, resource),
      name: resource.name,
      type: resource.type,
      ...(resource.location === undefined ? {} : { location: resource.location }),
      properties: {
        ...(plain(resource.properties) as Record<string, never>),
        ...(resource.type.endsWith('/virtualNetworkPeerings') ? { peeringState: 'Connected' } : {}),
        ...(resource.type === 'Microsoft.Network/azureFirewalls' ? withAddress(all, resource, plain) : {}),
      },
    }),
  );
  return { resources, objects: [], origin: 'blueprint', assumptions: [] };
}

function idOf(blueprint: Blueprint, resource: Resource): string {
  const subscription = `/subscriptions/${blueprint.subscriptionId}`;
  if (resource.scope.kind === 'subscription') return `${subscription}/resourceGroups/${resource.name}`;
  const [namespace, ...types] = resource.type.split('/');
  const names = resource.name.split('/');
  const path = types.flatMap((type, index) => [type, names[index]]);
  return [subscription, 'resourceGroups', resource.scope.name, 'providers', namespace, ...path].join('/');
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
