import { parsePrefix } from '../kernel/address.ts';
import type { ApplicationGateway, Subnet } from '../reachability/index.ts';
import { type ArmView, type Fields, fields, type Item, idKey, items, reference, text } from './arm-view.ts';

/** Application gateways: where they listen, and what their rules send requests to. They end connections and make their own. */
export function readApplicationGateways(
  view: ArmView,
  subnets: readonly Subnet[],
  assume: (assumption: string) => void,
): readonly ApplicationGateway[] {
  return view.ofType('Microsoft.Network/applicationGateways').flatMap((gateway): readonly ApplicationGateway[] => {
    const placed = items(gateway.properties.gatewayIPConfigurations).flatMap(
      (one) => reference(fields(fields(one).properties).subnet) ?? [],
    )[0];
    const subnet = subnets.find((one) => placed !== undefined && idKey(one.id) === idKey(placed));
    if (subnet === undefined) {
      assume(`Application gateway ${gateway.id} stands in no subnet of this state: what it sends on is not looked at.`);
      return [];
    }
    assume(
      `Application gateway ${gateway.name} ends connections: who gets through its listeners and firewall reaches its backends as ${subnet.name}, by the gateway's own connections.`,
    );
    return [
      {
        id: gateway.id,
        name: gateway.name,
        subnet: subnet.id,
        listeners: listeners(view, gateway),
        backends: backends(view, gateway),
      },
    ];
  });
}

function listeners(view: ArmView, gateway: Item): ApplicationGateway['listeners'] {
  return view.children(gateway, 'httpListeners').flatMap((listener) => {
    const port = find(view, gateway, 'frontendPorts', listener.properties.frontendPort);
    const frontend = find(view, gateway, 'frontendIPConfigurations', listener.properties.frontendIPConfiguration);
    const number = Number(port?.port);
    return Number.isInteger(number)
      ? [{ name: listener.name, port: number, public: reference(frontend?.publicIPAddress) !== undefined }]
      : [];
  });
}

function find(view: ArmView, gateway: Item, property: string, value: unknown): Fields | undefined {
  const id = reference(value);
  return view.children(gateway, property).find((one) => id !== undefined && idKey(one.id) === idKey(id))?.properties;
}

/** Each pool with each of the settings that a rule or a path of a rule joins it with. */
function backends(view: ArmView, gateway: Item): ApplicationGateway['backends'] {
  const joined = new Map<string, { readonly pool: string; readonly settings: string }>();
  const join = (properties: Fields): void => {
    const pool = reference(properties.backendAddressPool ?? properties.defaultBackendAddressPool);
    const settings = reference(properties.backendHttpSettings ?? properties.defaultBackendHttpSettings);
    if (pool !== undefined && settings !== undefined)
      joined.set(`${idKey(pool)} ${idKey(settings)}`, { pool, settings });
  };
  for (const rule of view.children(gateway, 'requestRoutingRules')) join(rule.properties);
  for (const map of view.children(gateway, 'urlPathMaps')) {
    join(map.properties);
    for (const rule of items(map.properties.pathRules)) join(fields(fields(rule).properties));
  }
  return [...joined.values()].flatMap(({ pool, settings }) => {
    const pools = view.children(gateway, 'backendAddressPools').find((one) => idKey(one.id) === idKey(pool));
    const port = Number(find(view, gateway, 'backendHttpSettingsCollection', { id: settings })?.port);
    if (pools === undefined || !Number.isInteger(port)) return [];
    const given = items(pools.properties.backendAddresses).map(fields);
    return [
      {
        pool: pools.name,
        settings: settings.split('/').at(-1) ?? settings,
        port,
        addresses: given.flatMap((one) => parsePrefix(text(one.ipAddress) ?? '') ?? []),
        names: given.flatMap((one) => text(one.fqdn)?.toLowerCase() ?? []),
      },
    ];
  });
}
