import {
  type Fields,
  fieldsOf,
  type KubernetesObject,
  listOf,
  ManifestError,
  onlyFields,
  portOf,
  textOf,
  textsOf,
} from './objects.ts';

/** One rule of an HTTPRoute (gateway.networking.k8s.io/v1). */
export interface GatewayRoute {
  readonly hosts: readonly string[];
  readonly matches: (method: string, path: string) => boolean;
  readonly backend: { readonly service: string; readonly namespace: string; readonly port: number };
}

/** @throws ManifestError for filters, header matches, several backends, other path types */
export function gatewayRoutesOf(objects: readonly KubernetesObject[]): readonly GatewayRoute[] {
  return objects
    .filter((one) => one.kind === 'HTTPRoute' && one.apiVersion.startsWith('gateway.networking.k8s.io/'))
    .flatMap((object) => {
      const { place } = object;
      const spec = fieldsOf(object.body.spec, place, 'spec');
      onlyFields(spec, ['parentRefs', 'hostnames', 'rules'], place, 'spec');
      const hosts = textsOf(spec.hostnames, place, 'spec.hostnames').map((host) => host.toLowerCase());
      return listOf(spec.rules, place, 'spec.rules').map((one, index) => {
        const at = `spec.rules[${index}]`;
        const rule = fieldsOf(one, place, at);
        onlyFields(rule, ['matches', 'backendRefs'], place, at);
        return { hosts, matches: matcherOf(rule, place, at), backend: backendOf(rule, object, at) };
      });
    });
}

function matcherOf(rule: Fields, place: string, at: string): GatewayRoute['matches'] {
  const alternatives = listOf(rule.matches, place, `${at}.matches`).map((one, index) => {
    const path = `${at}.matches[${index}]`;
    const match = fieldsOf(one, place, path);
    onlyFields(match, ['path', 'method'], place, path);
    const wanted = fieldsOf(match.path, place, `${path}.path`);
    const type = textOf(wanted.type, place, `${path}.path.type`);
    const value = textOf(wanted.value, place, `${path}.path.value`);
    if (type !== 'Exact') throw new ManifestError(place, `${path}.path.type ${type} is not enforced by this sidecar.`);
    const method = match.method === undefined ? undefined : textOf(match.method, place, `${path}.method`);
    return (asked: string, requested: string): boolean =>
      requested === value && (method === undefined || asked === method);
  });
  return (method, path) => alternatives.some((one) => one(method, path));
}

function backendOf(rule: Fields, object: KubernetesObject, at: string): GatewayRoute['backend'] {
  const { place } = object;
  const [only, ...more] = listOf(rule.backendRefs, place, `${at}.backendRefs`);
  if (only === undefined || more.length > 0) throw new ManifestError(place, `${at}.backendRefs must name one backend.`);
  const backend = fieldsOf(only, place, `${at}.backendRefs[0]`);
  onlyFields(backend, ['name', 'namespace', 'port'], place, `${at}.backendRefs[0]`);
  return {
    service: textOf(backend.name, place, `${at}.backendRefs[0].name`),
    namespace:
      backend.namespace === undefined
        ? object.namespace
        : textOf(backend.namespace, place, `${at}.backendRefs[0].namespace`),
    port: portOf(backend.port, place, `${at}.backendRefs[0].port`),
  };
}

/** The route for a request; undefined: the gateway answers 404. */
export function findRoute(
  routes: readonly GatewayRoute[],
  host: string,
  method: string,
  path: string,
): GatewayRoute | undefined {
  const name = host.toLowerCase().replace(/:\d+$/, '');
  return routes.find((route) => route.hosts.includes(name) && route.matches(method, path));
}
