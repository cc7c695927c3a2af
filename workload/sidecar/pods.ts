import {
  fieldsOf,
  type KubernetesObject,
  type Labels,
  labelsOf,
  listOf,
  ManifestError,
  portOf,
  textOf,
} from './objects.ts';

/** A pod as the policies see it: one for each Deployment or DaemonSet, since its replicas are alike. */
export interface Pod {
  /** The name of the Deployment or DaemonSet. */
  readonly name: string;
  readonly namespace: string;
  readonly namespaceLabels: Labels;
  readonly labels: Labels;
  readonly serviceAccount: string;
  readonly ports: readonly ContainerPort[];
}

export interface ContainerPort {
  readonly name: string | undefined;
  readonly number: number;
  readonly protocol: string;
}

/** The label that the API server puts on every namespace. */
const nameLabel = 'kubernetes.io/metadata.name';

/** The API server makes these namespaces itself, whether a manifest says more of them or not. */
export const builtInNamespaces = ['default', 'kube-system', 'kube-public', 'kube-node-lease'] as const;

const makers = ['Deployment', 'DaemonSet'];

/**
 * The pods that the Deployments and DaemonSets make.
 * @throws ManifestError where a namespace is missing, or where two of them run under one service account: a certificate names the
 *   account, and the sidecar must know which labels its holder has
 */
export function podsOf(objects: readonly KubernetesObject[]): readonly Pod[] {
  const namespaces = new Map<string, Labels>(builtInNamespaces.map((name) => [name, { [nameLabel]: name }]));
  for (const { name, labels } of objects.filter((one) => one.kind === 'Namespace'))
    namespaces.set(name, { ...labels, [nameLabel]: name });
  const byIdentity = new Map<string, string>();
  return objects
    .filter((one) => makers.includes(one.kind) && one.apiVersion === 'apps/v1' && !isOnTheNodesNetwork(one))
    .map((deployment) => {
      const namespaceLabels = namespaces.get(deployment.namespace);
      if (namespaceLabels === undefined) {
        throw new ManifestError(deployment.place, `the namespace "${deployment.namespace}" is in no manifest.`);
      }
      const pod = podOf(deployment, namespaceLabels);
      const other = byIdentity.get(identityOf(pod));
      if (other !== undefined) {
        throw new ManifestError(
          deployment.place,
          `${pod.name} and ${other} share the service account ${pod.serviceAccount}.`,
        );
      }
      byIdentity.set(identityOf(pod), pod.name);
      return pod;
    });
}

/** Such a pod has its node's address: policies neither select it nor know it by its labels. */
function isOnTheNodesNetwork({ body, place }: KubernetesObject): boolean {
  const template = fieldsOf(fieldsOf(body.spec, place, 'spec').template, place, 'spec.template');
  return fieldsOf(template.spec, place, 'spec.template.spec').hostNetwork === true;
}

function podOf(deployment: KubernetesObject, namespaceLabels: Labels): Pod {
  const { place } = deployment;
  const spec = fieldsOf(deployment.body.spec, place, 'spec');
  const template = fieldsOf(spec.template, place, 'spec.template');
  const metadata = fieldsOf(template.metadata, place, 'spec.template.metadata');
  const podSpec = fieldsOf(template.spec, place, 'spec.template.spec');
  const containers = listOf(podSpec.containers, place, 'spec.template.spec.containers');
  return {
    name: deployment.name,
    namespace: deployment.namespace,
    namespaceLabels,
    labels: labelsOf(metadata.labels, place, 'spec.template.metadata.labels'),
    serviceAccount:
      podSpec.serviceAccountName === undefined
        ? 'default'
        : textOf(podSpec.serviceAccountName, place, 'spec.template.spec.serviceAccountName'),
    ports: containers.flatMap((container, index) => {
      const path = `spec.template.spec.containers[${index}]`;
      return listOf(fieldsOf(container, place, path).ports ?? [], place, `${path}.ports`).map((port, at) => {
        const fields = fieldsOf(port, place, `${path}.ports[${at}]`);
        return {
          name: fields.name === undefined ? undefined : textOf(fields.name, place, `${path}.ports[${at}].name`),
          number: portOf(fields.containerPort, place, `${path}.ports[${at}].containerPort`),
          protocol:
            fields.protocol === undefined ? 'TCP' : textOf(fields.protocol, place, `${path}.ports[${at}].protocol`),
        };
      });
    }),
  };
}

/** The trust domain of the Istio add-on's default. */
const trustDomain = 'cluster.local';

/** The SPIFFE identity in the pod's certificate. */
export const identityOf = (pod: Pick<Pod, 'namespace' | 'serviceAccount'>): string =>
  `spiffe://${trustDomain}/ns/${pod.namespace}/sa/${pod.serviceAccount}`;
