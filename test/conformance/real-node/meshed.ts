import type { KubernetesObject } from '../kubernetes/api-client.ts';

/** Where a pod's two containers find each other, and where other pods find the sidecar: on the port that the application has in the tree. */
export const applicationPort = 18080;
export const gatewayPort = 18443;
const outboundPort = 15001;
const adminPort = 15020;
const inboundPort = 8080;

interface Container {
  readonly name: string;
  readonly image: string;
  readonly env?: readonly unknown[];
  readonly securityContext?: unknown;
  readonly ports?: readonly { readonly name?: string }[];
}
interface Deployment extends KubernetesObject {
  readonly spec: {
    readonly template: {
      readonly metadata: unknown;
      readonly spec: { readonly containers: readonly Container[]; readonly volumes?: readonly unknown[] };
    };
  };
}

/** What a sidecar reads, beside its identity, in a ConfigMap of this name in each namespace; the identity in a Secret of the pod's name. */
export const meshConfiguration = 'conformance-mesh';
export const meshManifests = 'conformance-mesh-manifests';
export const meshIdentity = (name: string): string => `conformance-mesh-${name}`;

/**
 * A Deployment as a mesh's injector would change it: the application listens on loopback only, and a sidecar on the application's port
 * takes mutual TLS for it and carries its calls out. One replica: every replica is alike, and this machine is small.
 */
export function meshed(deployment: KubernetesObject): KubernetesObject {
  const { spec, metadata } = deployment as Deployment;
  const { spec: pod } = spec.template;
  const [application] = pod.containers;
  if (application === undefined) throw new Error(`${metadata.name} has no container.`);
  return {
    ...deployment,
    spec: {
      ...spec,
      replicas: 1,
      template: {
        ...spec.template,
        spec: {
          ...pod,
          containers: [
            {
              ...application,
              env: [
                ...(application.env ?? []),
                { name: 'WORKLOAD_ADDRESS', value: '127.0.0.1' },
                { name: 'WORKLOAD_PORT', value: String(applicationPort) },
                { name: 'WORKLOAD_OUTBOUND_PROXY', value: `http://127.0.0.1:${outboundPort}` },
                { name: 'WORKLOAD_DRAIN_MS', value: '0' },
                // A pod has a tenth of a processor, and this machine may be busy: slow is not stopped.
                { name: 'WORKLOAD_HOP_MS', value: '10000' },
                { name: 'NODE_EXTRA_CA_CERTS', value: '/mesh/web-authority.pem' },
              ],
              volumeMounts: [{ name: 'mesh', mountPath: '/mesh', readOnly: true }],
            },
            sidecarContainer(application.image, application.securityContext),
          ],
          volumes: [...(pod.volumes ?? []), ...meshVolumes(metadata.name)],
        },
      },
    },
  };
}

export function sidecarContainer(image: string, securityContext: unknown) {
  const mount = (name: string) => ({ name, mountPath: `/${name}`, readOnly: true });
  return {
    name: 'sidecar',
    image,
    command: ['/nodejs/bin/node', '/mesh/sidecar.mjs', '/identity/settings.json'],
    resources: { requests: { cpu: '20m', memory: '64Mi' }, limits: { cpu: '500m', memory: '128Mi' } },
    securityContext,
    volumeMounts: ['mesh', 'manifests', 'identity'].map(mount),
  };
}

export function meshVolumes(name: string) {
  return [
    { name: 'mesh', configMap: { name: meshConfiguration } },
    { name: 'manifests', configMap: { name: meshManifests } },
    { name: 'identity', secret: { secretName: meshIdentity(name) } },
  ];
}

/** The settings of a pod's sidecar (workload/sidecar/settings.ts). NetworkPolicy is the network's business here, so not the sidecar's. */
export function sidecarSettings(
  pod: { readonly namespace: string; readonly name: string },
  firewall: string,
  gateway?: unknown,
) {
  return {
    pod,
    manifests: ['/manifests'],
    identity: { certificate: '/identity/mesh.pem', key: '/identity/mesh.key', authority: '/mesh/mesh-authority.pem' },
    endpoints: '/mesh/endpoints.json',
    inboundAddress: '0.0.0.0',
    inboundPort,
    outboundPort,
    adminPort,
    outside: {
      addresses: { 'packages.microsoft.com': '203.0.113.10', 'example.org': '203.0.113.20' },
      firewall: { host: firewall, port: 443 },
    },
    connectMs: 4_000,
    dropMs: 0,
    enforceNetworkPolicy: false,
    ...(gateway === undefined ? {} : { gateway }),
  };
}
