import type { KubernetesObject } from '../../src/model/kubernetes-object.ts';
import type { ArmResource } from '../../src/model/resource.ts';
import type { State } from '../../src/model/state.ts';

/** Small makers of objects in the shape in which the API server stores them (k8s.io/api v0.34.1). */

type Map = { readonly [key: string]: string };
type Loose = { readonly [key: string]: unknown };

/** `namespace/name`. */
function metadata(path: string, labels: Map = {}, more: Loose = {}): KubernetesObject['metadata'] {
  const [namespace = '', name = ''] = path.split('/');
  return { namespace, name, labels, ...more };
}

export function namespace(name: string, labels: Map = {}): KubernetesObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } };
}

/** `name=8080`, `name=53/UDP`, or without a name `8080`. */
function containerPort(text: string): Loose {
  const [head = '', tail] = text.split('=');
  const [port = '', protocol] = (tail ?? head).split('/');
  return {
    containerPort: Number(port),
    ...(tail === undefined ? {} : { name: head }),
    ...(protocol === undefined ? {} : { protocol }),
  };
}

export function podSpec(ports: readonly string[], more: Loose = {}): Loose {
  return { containers: [{ name: 'main', image: 'example', ports: ports.map(containerPort) }], ...more };
}

export function deployment(
  path: string,
  labels: Map,
  ports: readonly string[] = [],
  spec: Loose = {},
): KubernetesObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: metadata(path),
    spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: podSpec(ports, spec) } },
  };
}

export function pod(path: string, labels: Map, ports: readonly string[] = [], more: Loose = {}): KubernetesObject {
  const { metadata: extra, status, ...spec } = more;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: metadata(path, labels, extra as Loose),
    spec: podSpec(ports, spec),
    ...(status === undefined ? {} : { status }),
  };
}

export function service(
  path: string,
  selector: Map | undefined,
  ports: readonly Loose[],
  more: Loose = {},
): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadata(path),
    spec: { ...(selector === undefined ? {} : { selector }), ports, ...more },
  };
}

export function policy(path: string, spec: Loose): KubernetesObject {
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: metadata(path), spec };
}

export function custom(apiVersion: string, kind: string, path: string, spec: Loose): KubernetesObject {
  const at = path.includes('/') ? metadata(path) : { name: path };
  return { apiVersion, kind, metadata: at, spec };
}

export const app = (name: string): Loose => ({ matchLabels: { app: name } });

export function clusterState(objects: readonly KubernetesObject[], resources: readonly ArmResource[] = []): State {
  return { resources, objects: objects.map((object) => ({ object })), origin: 'test', assumptions: [] };
}

/** Cilium's agents: how a state without its cluster resource shows the data plane. */
export const cilium: KubernetesObject = {
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  metadata: metadata('kube-system/cilium'),
  spec: {
    template: {
      metadata: { labels: { 'k8s-app': 'cilium' } },
      spec: podSpec([], { hostNetwork: true }),
    },
  },
};

/** Two shops, a safe, and what watches them. */
export const town: readonly KubernetesObject[] = [
  namespace('shop', { team: 'a' }),
  namespace('pay', { team: 'b', scope: 'in' }),
  namespace('ops', { team: 'o' }),
  deployment('shop/web', { app: 'web', tier: 'front' }, ['http=8080']),
  deployment('shop/api', { app: 'api', tier: 'back' }, ['http=9090', 'metrics=9100']),
  deployment('pay/vault', { app: 'vault' }, ['https=8443', 'dns=53/UDP']),
  deployment('pay/web', { app: 'web' }, ['http=8080']),
  deployment('ops/probe', { app: 'probe' }),
];
