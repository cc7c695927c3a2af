import { parse } from 'yaml';
import { meshRootNamespace } from './authorization-policy.ts';
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
import type { Pod } from './pods.ts';
import { type Selector, selectorOf } from './selector.ts';

/** A Service: a name and ports, and the pods behind them. */
export interface Service {
  readonly name: string;
  readonly namespace: string;
  readonly selects: Selector;
  readonly ports: readonly { readonly number: number; readonly target: number | string }[];
}

/** A host outside the mesh that may be called (networking.istio.io ServiceEntry). */
export interface ServiceEntry {
  readonly hosts: readonly string[];
  readonly ports: readonly number[];
  /** Is it visible from this namespace? */
  readonly isVisibleIn: (namespace: string) => boolean;
}

export interface Registry {
  readonly services: readonly Service[];
  readonly entries: readonly ServiceEntry[];
  /** With REGISTRY_ONLY, hosts that the registry does not know are not reached. */
  readonly isClosed: boolean;
}

/** @throws ManifestError */
export function registryOf(objects: readonly KubernetesObject[]): Registry {
  return {
    services: objects.filter((one) => one.kind === 'Service' && one.apiVersion === 'v1').map(serviceOf),
    entries: objects
      .filter((one) => one.kind === 'ServiceEntry' && one.apiVersion.startsWith('networking.istio.io/'))
      .map(entryOf),
    isClosed: objects.some(isClosedMesh),
  };
}

function serviceOf(object: KubernetesObject): Service {
  const { place } = object;
  const spec = fieldsOf(object.body.spec, place, 'spec');
  if (spec.selector === undefined)
    throw new ManifestError(place, 'a Service without selector is not enforced by this sidecar.');
  return {
    name: object.name,
    namespace: object.namespace,
    selects: selectorOf({ matchLabels: spec.selector }, place, 'spec.selector'),
    ports: listOf(spec.ports, place, 'spec.ports').map((one, index) => {
      const port = fieldsOf(one, place, `spec.ports[${index}]`);
      const number = portOf(port.port, place, `spec.ports[${index}].port`);
      const target = port.targetPort ?? number;
      return {
        number,
        target: typeof target === 'string' ? target : portOf(target, place, `spec.ports[${index}].targetPort`),
      };
    }),
  };
}

function entryOf(object: KubernetesObject): ServiceEntry {
  const { place, namespace } = object;
  const spec: Fields = fieldsOf(object.body.spec, place, 'spec');
  onlyFields(spec, ['hosts', 'ports', 'location', 'resolution', 'exportTo'], place, 'spec');
  const exported = textsOf(spec.exportTo ?? ['*'], place, 'spec.exportTo');
  return {
    hosts: textsOf(spec.hosts, place, 'spec.hosts').map((host) => host.toLowerCase()),
    ports: listOf(spec.ports, place, 'spec.ports').map((one, index) =>
      portOf(fieldsOf(one, place, `spec.ports[${index}]`).number, place, `spec.ports[${index}].number`),
    ),
    isVisibleIn: (from) =>
      exported.includes('*') || exported.includes(from) || (exported.includes('.') && from === namespace),
  };
}

/** The add-on reads the mesh's settings from this ConfigMap, one for each revision. */
function isClosedMesh(object: KubernetesObject): boolean {
  if (object.kind !== 'ConfigMap' || object.namespace !== meshRootNamespace) return false;
  if (!object.name.startsWith('istio-shared-configmap-')) return false;
  const data = fieldsOf(object.body.data, object.place, 'data');
  const mesh = fieldsOf(parse(textOf(data.mesh, object.place, 'data.mesh')), object.place, 'data.mesh');
  const policy = fieldsOf(mesh.outboundTrafficPolicy ?? {}, object.place, 'data.mesh.outboundTrafficPolicy');
  return policy.mode === 'REGISTRY_ONLY';
}

/** Names that cluster DNS gives a Service; a bare name means the caller's own namespace. */
export function findService(registry: Registry, host: string, fromNamespace: string): Service | undefined {
  const [name, namespace = fromNamespace, ...rest] = host.toLowerCase().split('.');
  if (!['', 'svc', 'svc.cluster.local'].includes(rest.join('.'))) return undefined;
  return registry.services.find((one) => one.name === name && one.namespace === namespace);
}

/** The pods and the port of theirs that a Service's port leads to; empty where it has no such port or no pod behind it. */
export function endpointsOf(
  service: Service,
  port: number,
  pods: readonly Pod[],
): readonly { pod: Pod; port: number }[] {
  const target = service.ports.find((one) => one.number === port)?.target;
  if (target === undefined) return [];
  return pods
    .filter((pod) => pod.namespace === service.namespace && service.selects(pod.labels))
    .flatMap((pod) => {
      const number = typeof target === 'number' ? target : pod.ports.find((one) => one.name === target)?.number;
      return number === undefined ? [] : [{ pod, port: number }];
    });
}

/** Does the registry know the host and port, seen from this namespace? `*.example.com` stands for names below it. */
export function isKnownOutside(registry: Registry, host: string, port: number, namespace: string): boolean {
  if (!registry.isClosed) return true;
  const name = host.toLowerCase();
  return registry.entries.some(
    (entry) =>
      entry.isVisibleIn(namespace) &&
      entry.ports.includes(port) &&
      entry.hosts.some((one) => one === name || (one.startsWith('*.') && name.endsWith(one.slice(1)))),
  );
}
