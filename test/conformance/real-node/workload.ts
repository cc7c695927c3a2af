import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { bundle } from '../../../workload/bundle.ts';
import { type Authority, makeAuthority } from '../../../workload/local/certificates.ts';
import { ingressHost } from '../../../workload/local/deployment.ts';
import { type RoleName, roleNames, roles } from '../../../workload/service/roles.ts';
import type { KubernetesObject } from '../kubernetes/api-client.ts';
import type { ControlPlane } from '../kubernetes/control-plane.ts';
import { parseObjects } from '../kubernetes/custom-resources.ts';
import {
  applicationPort,
  gatewayPort,
  meshConfiguration,
  meshed,
  meshIdentity,
  meshManifests,
  meshVolumes,
  sidecarContainer,
  sidecarSettings,
} from './meshed.ts';
import { firewalls } from './network.ts';

const workloadFolder = path.resolve(import.meta.dirname, '../../../workload');
/** As Istio names what it makes of the Gateway "internal". */
export const ingressPod = { namespace: 'ingress-gateway', name: 'internal-istio' } as const;
/** The namespaces that the tests fill. */
export const namespaces = ['a0005-i', 'a0005-o', ingressPod.namespace] as const;

/** Objects of the workload's manifests, by the file that they lie in, and what AKS puts beside them. */
const manifestFiles = [path.join(workloadFolder, 'manifests'), path.join(workloadFolder, 'local', 'cluster')].flatMap(
  (folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.yaml') && entry.name !== 'kustomization.yaml')
      .map((entry) => path.join(entry.parentPath, entry.name)),
);

/** What the API server is given: everything but the Deployments that AKS and Istio would make. */
export function workloadObjects(image: string): readonly KubernetesObject[] {
  const text = (file: string): string =>
    readFileSync(file, 'utf8').replaceAll(/image: \S*a0005\/chain\S*/g, `image: ${image}`);
  return manifestFiles
    .flatMap((file) => parseObjects(text(file)))
    .filter(({ kind, metadata }) => kind !== 'Deployment' || Object.hasOwn(roles, metadata.name));
}

/** Applies the workload with its sidecars: configuration first, since a pod waits for it. */
export async function applyWorkload(plane: ControlPlane, image: string, webAuthority: string): Promise<void> {
  const objects = workloadObjects(image);
  await apply(
    plane,
    objects.filter(({ kind }) => kind === 'Namespace'),
  );
  await apply(
    plane,
    objects.filter(({ kind }) => kind !== 'Namespace' && kind !== 'Deployment'),
  );
  const mesh = makeAuthority('Mesh of one run', new Date());
  await apply(plane, await meshObjects(plane, mesh, webAuthority));
  const deployments = objects.filter(({ kind }) => kind === 'Deployment');
  await apply(plane, [...deployments.map(meshed), ...ingressObjects(image, deployments)]);
}

async function apply({ kubectl }: ControlPlane, objects: readonly KubernetesObject[]): Promise<void> {
  const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects });
  const { status, errors } = await kubectl(['apply', '--server-side', '-f', '-'], list);
  if (status !== 0 || errors !== '') throw new Error(`kubectl apply: ${errors}`);
}

/** What the sidecars read: programs and manifests by namespace, certificates by pod. */
async function meshObjects(
  { api }: ControlPlane,
  mesh: Authority,
  webAuthority: string,
): Promise<readonly KubernetesObject[]> {
  const endpoints: Record<string, unknown> = {};
  for (const role of roleNames) {
    const { namespace } = roles[role];
    const service = await api.get<{ readonly spec: { readonly clusterIP: string } }>(
      `/api/v1/namespaces/${namespace}/services/${role}`,
    );
    endpoints[`${namespace}/${role}`] = {
      inbound: { host: service.body.spec.clusterIP, port: 80 },
      application: applicationPort,
    };
  }
  const object = (kind: string, namespace: string, name: string, content: object): KubernetesObject => ({
    apiVersion: 'v1',
    kind,
    metadata: { name, namespace },
    ...content,
  });
  const data = {
    'sidecar.mjs': await bundle('sidecar'),
    'mesh-authority.pem': mesh.certificate,
    'web-authority.pem': webAuthority,
    'endpoints.json': JSON.stringify(endpoints),
  };
  const manifests = Object.fromEntries(
    manifestFiles.map((file) => [
      path.relative(workloadFolder, file).replaceAll('/', '--'),
      readFileSync(file, 'utf8'),
    ]),
  );
  const web = makeAuthority('Web of the ingress', new Date()).issue({ dns: ingressHost });
  const identity = (
    pod: { readonly namespace: string; readonly name: string },
    isGateway: boolean,
  ): KubernetesObject => {
    const { certificate, key } = mesh.issue({ uri: `spiffe://cluster.local/ns/${pod.namespace}/sa/${pod.name}` });
    const gateway = isGateway
      ? { port: gatewayPort, certificate: '/identity/web.pem', key: '/identity/web.key', clientAddress: '10.240.5.10' }
      : undefined;
    const settings = sidecarSettings(
      pod,
      firewalls[pod.namespace === 'a0005-o' ? 'out-of-scope' : 'in-scope'],
      gateway,
    );
    return object('Secret', pod.namespace, meshIdentity(pod.name), {
      stringData: {
        'settings.json': JSON.stringify(settings),
        'mesh.pem': certificate,
        'mesh.key': key,
        ...(isGateway ? { 'web.pem': web.certificate, 'web.key': web.key } : {}),
      },
    });
  };
  return [
    ...namespaces.flatMap((namespace) => [
      object('ConfigMap', namespace, meshConfiguration, { data }),
      object('ConfigMap', namespace, meshManifests, { data: manifests }),
    ]),
    ...roleNames.map((name) => identity({ namespace: roles[name].namespace, name }, false)),
    identity(ingressPod, true),
  ];
}

/** The gateway's pod, which Istio would make: the sidecar with its own listener, labelled as Istio labels it. */
function ingressObjects(image: string, deployments: readonly KubernetesObject[]): readonly KubernetesObject[] {
  const like = deployments.find(({ metadata }) => metadata.name === ('web-frontend' satisfies RoleName));
  const { template } = (like as unknown as { spec: { template: { spec: Record<string, unknown> } } }).spec;
  const { containers, securityContext, nodeSelector, tolerations } = template.spec;
  const [{ securityContext: ofContainer }] = containers as readonly [{ readonly securityContext: unknown }];
  const labels = { 'gateway.networking.k8s.io/gateway-name': 'internal' };
  const { namespace, name } = ingressPod;
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace } },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name, namespace },
      spec: {
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            serviceAccountName: name,
            automountServiceAccountToken: false,
            // On the nodes of the platform in Azure; here there are two nodes, one a scope.
            nodeSelector,
            tolerations,
            securityContext,
            containers: [sidecarContainer(image, ofContainer)],
            volumes: meshVolumes(name),
          },
        },
      },
    },
  ];
}
