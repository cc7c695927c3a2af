import type { KubernetesObject } from '../../model/kubernetes-object.ts';
import { ingressNamespace, ingressPods, ingressWorkload } from '../ingress/names.ts';
import { from, networkPolicy, podsIn, range, to } from '../kubernetes/network-policies.ts';
import { object } from '../kubernetes/object.ts';
import type { AuthorizationPolicy, ServiceEntry } from '../kubernetes/types/istio.ts';
import { nameLabel } from './deployment.ts';
import type { WorkloadService } from './services.ts';

/** Every range that is not the Internet's: which names behind the rest, is for the mesh's registry and the firewall to say. */
const notTheInternet = [
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '168.63.129.16/32',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
] as const;

const byName = (all: readonly WorkloadService[], name: string): WorkloadService => {
  const found = all.find((one) => one.name === name);
  if (found === undefined) throw new RangeError(`${name} is no component: the spec was checked`);
  return found;
};

/** Who reaches a component, and whom it reaches: by label and port in the network, whatever the mesh says. */
export function componentPolicy(service: WorkloadService, all: readonly WorkloadService[]): KubernetesObject {
  const { name, namespace } = service;
  const callers = service.calledBy.map((one) => byName(all, one));
  const callees = service.calls.map((one) => byName(all, one));
  const outside = [...new Set(service.egress.map(({ port }) => port))];
  return networkPolicy({
    namespace,
    name,
    pods: nameLabel(name),
    ingress: [
      ...(service.isEntrance ? [from([podsIn(ingressNamespace, ingressPods)], 'web')] : []),
      ...callers.map((one) => from([podsIn(one.namespace, nameLabel(one.name))], 'web')),
    ],
    egress: [
      ...callees.map((one) => to([podsIn(one.namespace, nameLabel(one.name))], 'web')),
      ...(outside.length === 0 ? [] : [to([range('0.0.0.0/0', ...notTheInternet)], ...outside)]),
    ],
  });
}

const principal = (namespace: string, account: string): string => `cluster.local/ns/${namespace}/sa/${account}`;

/** Who may call a component in the mesh: by the caller's certificate, on one port, for the routes of the workload. */
export function componentAuthorization(service: WorkloadService, all: readonly WorkloadService[]): KubernetesObject {
  const { name, namespace, calledBy, isEntrance } = service;
  const rule = (principals: readonly string[], path: string) => ({
    from: [{ source: { principals } }],
    to: [{ operation: { methods: ['GET'], ports: ['8080'], paths: [path] } }],
  });
  const callers = calledBy.map((one) => principal(byName(all, one).namespace, one));
  return object<AuthorizationPolicy>({
    apiVersion: 'security.istio.io/v1',
    kind: 'AuthorizationPolicy',
    metadata: { name, namespace },
    spec: {
      selector: { matchLabels: nameLabel(name) },
      action: 'ALLOW',
      rules: [
        ...(isEntrance ? [rule([principal(ingressNamespace, ingressWorkload)], '/')] : []),
        ...(callers.length === 0 ? [] : [rule(callers, '/URLCaller/depth/*')]),
      ],
    },
  });
}

/** The hosts outside that components of one namespace may reach. Not exported: for other namespaces they do not exist. */
export function outsideHosts(services: readonly WorkloadService[]): readonly KubernetesObject[] {
  const entries = new Map<string, KubernetesObject>();
  for (const { namespace, egress } of services) {
    for (const { name, to: hosts, port, protocol } of egress) {
      entries.set(
        `${namespace}/${name}`,
        object<ServiceEntry>({
          apiVersion: 'networking.istio.io/v1',
          kind: 'ServiceEntry',
          metadata: { name, namespace },
          spec: {
            hosts: [...hosts],
            ports: [
              protocol === 'https'
                ? { name: 'tls', number: port, protocol: 'TLS' }
                : { name: 'http', number: port, protocol: 'HTTP' },
            ],
            location: 'MESH_EXTERNAL',
            // A pattern has no address of its own: the sidecar keeps the one that the application asked for.
            resolution: hosts.some((host) => host.startsWith('*')) ? 'NONE' : 'DNS',
            exportTo: ['.'],
          },
        }),
      );
    }
  }
  return [...entries.values()];
}
