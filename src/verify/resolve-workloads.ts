import { formatAddress } from '../kernel/address.ts';
import { Problem } from '../kernel/errors.ts';
import { nearest } from '../kernel/nearest.ts';
import { type ClusterModel, type Endpoint, matchSelector, type NetworkModel } from '../reachability/index.ts';

type Scheme = 'pod' | 'namespace' | 'service';

/**
 * `pod:NS/NAME` (a controller's name stands for its pods), `namespace:NS`, `service:NS/NAME`; each with `CLUSTER/` before the namespace where a
 * state has several. Pods of another cluster than the one that is looked at are addresses.
 */
export function workloadEndpoint(text: string, scheme: Scheme, given: string, model: NetworkModel): Endpoint {
  const { cluster, rest } = clusterOf(text, scheme, given, model);
  const end = endpointIn(text, scheme, rest, cluster);
  return cluster === model.cluster || end.kind === 'name' ? end : asAddresses(text, end, cluster, model);
}

function clusterOf(
  text: string,
  scheme: Scheme,
  given: string,
  { cluster, otherClusters = [] }: NetworkModel,
): { readonly cluster: ClusterModel | undefined; readonly rest: string } {
  const parts = given.split('/');
  if (parts.length !== (scheme === 'namespace' ? 2 : 3)) return { cluster, rest: given };
  const [name = '', ...rest] = parts;
  const all = cluster === undefined ? [] : [cluster, ...otherClusters];
  const found = all.find((one) => one.name?.toLowerCase() === name.toLowerCase());
  if (found !== undefined) return { cluster: found, rest: rest.join('/') };
  throw notFound(
    text,
    'cluster',
    nearest(
      name,
      all.flatMap((one) => one.name ?? []),
    ),
    '',
  );
}

/** The workloads of another cluster by where they may be: their own addresses, else their subnets. */
function asAddresses(text: string, end: Endpoint, cluster: ClusterModel | undefined, model: NetworkModel): Endpoint {
  const members = end.kind === 'workloads' || end.kind === 'service' ? end.workloads : [];
  const ranges = members.flatMap((position) => {
    const place = cluster?.workloads[position]?.place;
    const own = place?.overlay === true ? [] : (place?.addresses ?? []);
    if (own.length > 0) return own;
    return model.subnets.filter((one) => place?.subnets.includes(one.id)).flatMap((one) => one.prefixes);
  });
  if (ranges.length > 0) return { kind: 'addresses', text, ranges };
  throw empty(text, 'Its workloads stand in another cluster, and the state does not tell in which subnet.');
}

function endpointIn(text: string, scheme: Scheme, rest: string, cluster: ClusterModel | undefined): Endpoint {
  if (cluster === undefined) {
    throw new Problem({
      code: 'ENDPOINT_NOT_MODELLED',
      message: `${text} names Kubernetes objects, and this state holds none.`,
      hint: 'Ask about the subnet that the pods live in: subnet:NAME.',
      kind: 'not-found',
    });
  }
  if (scheme === 'namespace') return namespaceEndpoint(text, rest, cluster);
  const [namespace, name, more] = rest.split('/');
  if (namespace === undefined || name === undefined || name === '' || more !== undefined) {
    throw new Problem({
      code: 'ENDPOINT_FORM',
      message: `${text} does not name a namespace and a ${scheme}.`,
      hint: `Write ${scheme}:NAMESPACE/NAME, or ${scheme}:CLUSTER/NAMESPACE/NAME.`,
      kind: 'usage',
    });
  }
  return scheme === 'pod'
    ? podEndpoint(text, namespace, name, cluster)
    : serviceEndpoint(text, namespace, name, cluster);
}

function positions(
  cluster: ClusterModel,
  wanted: (one: ClusterModel['workloads'][number]) => boolean,
): readonly number[] {
  return cluster.workloads.flatMap((one, position) => (wanted(one) ? [position] : []));
}

function namespaceEndpoint(text: string, name: string, cluster: ClusterModel): Endpoint {
  const workloads = positions(cluster, (one) => one.namespace === name);
  if (workloads.length > 0) return { kind: 'workloads', text, workloads };
  if (cluster.namespaces.some((one) => one.name === name))
    throw empty(text, 'The namespace has no workloads in this state.');
  throw notFound(
    text,
    'namespace',
    nearest(
      name,
      cluster.namespaces.map((one) => one.name),
    ),
    'namespace:',
  );
}

function podEndpoint(text: string, namespace: string, name: string, cluster: ClusterModel): Endpoint {
  const workloads = positions(
    cluster,
    (one) => one.namespace === namespace && (one.name === name || one.owners.includes(name)),
  );
  if (workloads.length > 0) return { kind: 'workloads', text, workloads };
  const known = cluster.workloads.flatMap((one) => [one.name, ...one.owners].map((each) => `${one.namespace}/${each}`));
  throw notFound(text, 'pod or workload', nearest(`${namespace}/${name}`, known), 'pod:');
}

function serviceEndpoint(text: string, namespace: string, name: string, cluster: ClusterModel): Endpoint {
  const service = cluster.services.find((one) => one.namespace === namespace && one.name === name);
  if (service === undefined) {
    const known = cluster.services.map((one) => `${one.namespace}/${one.name}`);
    throw notFound(text, 'service', nearest(`${namespace}/${name}`, known), 'service:');
  }
  if (service.kind === 'ExternalName') return { kind: 'name', text, pattern: service.externalName ?? '' };
  const { selector } = service;
  if (selector === undefined)
    throw empty(text, 'The service has no selector, and what stands behind it is not in this state.');
  const workloads = positions(
    cluster,
    (one) => one.namespace === namespace && matchSelector(selector, one.labels) === 'yes',
  );
  if (workloads.length === 0) throw empty(text, 'No workload of this state has the labels that the service selects.');
  return { kind: 'service', text, service, workloads };
}

/** The workload that has exactly an address. */
export function workloadAt(model: NetworkModel, address: string): Endpoint | undefined {
  const { cluster } = model;
  if (cluster === undefined) return undefined;
  const workloads = positions(
    cluster,
    (one) =>
      !one.hostNetwork &&
      (one.place?.addresses ?? []).some(
        (own) => own.first === own.last && formatAddress(own.family, own.first) === address,
      ),
  );
  return workloads.length === 0 ? undefined : { kind: 'workloads', text: address, workloads };
}

/** A service is dialled on its own ports; says which it has, and whether the pods' port was meant. */
export function checkServicePort(
  end: Endpoint,
  ports: { readonly from: number; readonly to: number } | undefined,
): void {
  if (end.kind !== 'service' || ports === undefined) return;
  const { service } = end;
  if (service.ports.some((one) => ports.from <= one.port && one.port <= ports.to)) return;
  const target = service.ports.find((one) => one.target === ports.from);
  const meant =
    target === undefined
      ? ''
      : ` ${ports.from} is the port of its pods: policies see it, and clients dial ${target.port}.`;
  throw new Problem({
    code: 'SERVICE_PORT_UNKNOWN',
    message: `Service ${service.namespace}/${service.name} has no port ${ports.from}${ports.to === ports.from ? '' : `-${ports.to}`}.${meant}`,
    hint: `Its ports: ${service.ports.map((one) => one.port).join(', ') || 'none'}.`,
    kind: 'usage',
  });
}

function notFound(text: string, what: string, suggestion: string | undefined, scheme: string): Problem {
  return new Problem({
    code: 'ENDPOINT_NOT_FOUND',
    message: `There is no ${what} ${text} in this state.`,
    kind: 'not-found',
    ...(suggestion === undefined ? {} : { hint: `Did you mean ${scheme}${suggestion}?` }),
  });
}

function empty(text: string, message: string): Problem {
  return new Problem({ code: 'ENDPOINT_WITHOUT_WORKLOADS', message: `${text}: ${message}`, kind: 'not-found' });
}
