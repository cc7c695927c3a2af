import { type AddressRange, contains, parsePrefix } from '../kernel/address.ts';
import type { KubernetesObject } from '../model/kubernetes-object.ts';
import type { StateObject } from '../model/state.ts';
import type { Frontend, FrontendRule, Subnet } from '../reachability/index.ts';
import { type ArmView, fields, type Item, idKey, items, reference, text, texts } from './arm-view.ts';
import { protocols } from './read-terms.ts';

/** Internal frontends of load balancers: of ARM's resources, and those that AKS makes for services of type LoadBalancer. */
export function readFrontends(
  view: ArmView,
  objects: readonly StateObject[],
  subnets: readonly Subnet[],
  assume: (assumption: string) => void,
): readonly Frontend[] {
  const own = view.ofType('Microsoft.Network/loadBalancers').flatMap((one) => ofLoadBalancer(view, one, subnets));
  const taken = new Set(own.map((one) => `${one.address.family} ${one.address.first}`));
  const services = objects
    .flatMap((one) => ofService(view, one, subnets, assume))
    .filter((one) => !taken.has(`${one.address.family} ${one.address.first}`));
  return [...own, ...services];
}

function ofLoadBalancer(view: ArmView, resource: Item, subnets: readonly Subnet[]): readonly Frontend[] {
  const rules = items(resource.properties.loadBalancingRules).map((one) => fields(one));
  return view.children(resource, 'frontendIPConfigurations').flatMap((frontend): readonly Frontend[] => {
    const address = parsePrefix(text(frontend.properties.privateIPAddress) ?? '');
    const placed = reference(frontend.properties.subnet);
    const subnet = subnets.find((one) => placed !== undefined && idKey(one.id) === idKey(placed));
    if (address === undefined || subnet === undefined) return [];
    const own = rules.filter(
      (rule) => idKey(reference(fields(rule.properties).frontendIPConfiguration) ?? '') === idKey(frontend.id),
    );
    return [
      {
        id: frontend.id,
        name: `${resource.name}/${frontend.name}`,
        subnet: subnet.id,
        address,
        rules: own.map((rule) => frontendRule(view, resource, text(rule.name) ?? '(unnamed)', fields(rule.properties))),
      },
    ];
  });
}

function frontendRule(
  view: ArmView,
  resource: Item,
  name: string,
  properties: ReturnType<typeof fields>,
): FrontendRule {
  const protocol = text(properties.protocol) ?? 'Tcp';
  const named = protocol.toLowerCase() === 'all' ? undefined : protocols([protocol]);
  const port = Number(properties.frontendPort ?? 0);
  const backend = Number(properties.backendPort ?? 0);
  const pool = reference(properties.backendAddressPool);
  return {
    name,
    protocols: named === 'unknown' ? undefined : named,
    // Port 0 is that of a rule for every port (high availability ports).
    ports: port === 0 ? [] : [{ from: port, to: port }],
    backendPort: backend === 0 ? undefined : backend,
    floating: properties.enableFloatingIP === true,
    backends: pool === undefined ? [] : backendsOf(view, resource, pool),
    backendSubnets: [],
  };
}

/** The addresses of a pool: given as such, or those of the interfaces that are in it. */
function backendsOf(view: ArmView, resource: Item, poolId: string): readonly AddressRange[] {
  const pool = view.children(resource, 'backendAddressPools').find((one) => idKey(one.id) === idKey(poolId));
  if (pool === undefined) return [];
  const given = items(pool.properties.loadBalancerBackendAddresses).flatMap(
    (one) => parsePrefix(text(fields(fields(one).properties).ipAddress) ?? '') ?? [],
  );
  const cards = view.ofType('Microsoft.Network/networkInterfaces').flatMap((card) =>
    items(card.properties.ipConfigurations).flatMap((value) => {
      const { properties } = fields(value);
      const member = items(fields(properties).loadBalancerBackendAddressPools).some(
        (one) => idKey(reference(one) ?? '') === idKey(pool.id),
      );
      return member ? (parsePrefix(text(fields(properties).privateIPAddress) ?? '') ?? []) : [];
    }),
  );
  return [...given, ...cards];
}

const internal = 'service.beta.kubernetes.io/azure-load-balancer-internal';
const fixedAddress = 'service.beta.kubernetes.io/azure-load-balancer-ipv4';

/**
 * What AKS makes of a service of type LoadBalancer: an internal frontend with floating IP before the nodes of the cluster (statement 93). The
 * annotations are those of cloud-provider-azure.
 */
function ofService(
  view: ArmView,
  { cluster, object }: StateObject,
  subnets: readonly Subnet[],
  assume: (assumption: string) => void,
): readonly Frontend[] {
  if (object.kind !== 'Service' || object.apiVersion !== 'v1') return [];
  const spec = fields(object.spec);
  if (text(spec.type) !== 'LoadBalancer') return [];
  const id = `Service ${object.metadata.namespace ?? 'default'}/${object.metadata.name}`;
  const annotations = object.metadata.annotations ?? {};
  const address = serviceAddress(object, annotations);
  if (annotations[internal] !== 'true') {
    assume(`${id} asks for a load balancer with a public address: what comes in there is not modelled.`);
    return [];
  }
  const subnet = subnets.find(
    (one) => address !== undefined && one.prefixes.some((prefix) => contains(prefix, address)),
  );
  const nodes = nodeSubnets(view, cluster, subnets);
  if (address === undefined || subnet === undefined || nodes.length === 0) {
    assume(
      `${id} asks for an internal load balancer whose address, or the nodes behind it, the state does not tell: it is not modelled.`,
    );
    return [];
  }
  return [
    {
      id,
      name: object.metadata.name,
      subnet: subnet.id,
      address,
      rules: items(spec.ports).map((value): FrontendRule => {
        const port = fields(value);
        const number = Number(port.port);
        const named = protocols([text(port.protocol) ?? 'TCP']);
        return {
          name: text(port.name) ?? String(number),
          protocols: named === 'unknown' ? undefined : named,
          ports: [{ from: number, to: number }],
          backendPort: undefined,
          floating: true,
          backends: [],
          backendSubnets: nodes,
        };
      }),
    },
  ];
}

function serviceAddress(
  object: KubernetesObject,
  annotations: Readonly<Record<string, string>>,
): AddressRange | undefined {
  const given = items(fields(fields(object.status).loadBalancer).ingress).flatMap((one) => text(fields(one).ip) ?? []);
  return parsePrefix(given[0] ?? annotations[fixedAddress] ?? text(fields(object.spec).loadBalancerIP) ?? '');
}

function nodeSubnets(view: ArmView, cluster: string | undefined, subnets: readonly Subnet[]): readonly string[] {
  const all = view.ofType('Microsoft.ContainerService/managedClusters');
  const own = all.length === 1 ? all : all.filter((one) => one.name.toLowerCase() === cluster?.toLowerCase());
  const ids = own.flatMap((one) => [
    ...items(one.properties.agentPoolProfiles).flatMap((pool) => texts([fields(pool).vnetSubnetID])),
    ...view.children(one, 'agentPools').flatMap((pool) => texts([pool.properties.vnetSubnetID])),
  ]);
  const keys = new Set(ids.map(idKey));
  return subnets.filter((one) => keys.has(idKey(one.id))).map((one) => one.id);
}
