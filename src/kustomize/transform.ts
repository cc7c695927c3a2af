import type { KubernetesObject } from '../model/kubernetes-object.ts';
import { isMap } from './manifests.ts';

type Fields = { readonly [key: string]: unknown };
export type Labels = Readonly<Record<string, string>>;

/** Kinds of Kubernetes' own that have no namespace (kubernetes API reference, "cluster" scope). Others are taken as having one. */
const clusterWide = new Set([
  'APIService',
  'AdminNetworkPolicy',
  'BaselineAdminNetworkPolicy',
  'CSIDriver',
  'CSINode',
  'CertificateSigningRequest',
  'ClusterRole',
  'ClusterRoleBinding',
  'CiliumClusterwideNetworkPolicy',
  'ClusterNetworkPolicy',
  'CustomResourceDefinition',
  'FlowSchema',
  'IngressClass',
  'MutatingWebhookConfiguration',
  'Namespace',
  'Node',
  'PersistentVolume',
  'PriorityClass',
  'PriorityLevelConfiguration',
  'RuntimeClass',
  'StorageClass',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'ValidatingWebhookConfiguration',
  'VolumeAttachment',
]);

/** Changes what stands at a path; `*` goes through a list. A path that is not there is made only where `create` says so. */
function at(value: unknown, path: readonly string[], create: boolean, change: (old: unknown) => unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return change(value);
  if (step === '*') return Array.isArray(value) ? value.map((item) => at(item, rest, create, change)) : value;
  if (!isMap(value)) return value === undefined && create ? { [step]: at(undefined, rest, create, change) } : value;
  if (!Object.hasOwn(value, step) && !create) return value;
  const after = at(value[step], rest, create, change);
  return Object.fromEntries([...Object.entries(value).filter(([key]) => key !== step), [step, after]]);
}

function changeAt(
  object: KubernetesObject,
  path: string,
  create: boolean,
  change: (old: unknown) => unknown,
): KubernetesObject {
  return at(object, path.split('.'), create, change) as KubernetesObject;
}

/** Puts an object into a namespace, as kustomize and Flux' `targetNamespace` do: a Namespace gets the name, subjects called `default` follow. */
export function inNamespace(object: KubernetesObject, namespace: string): KubernetesObject {
  if (object.kind === 'Namespace') return changeAt(object, 'metadata.name', true, () => namespace);
  if (object.kind === 'RoleBinding' || object.kind === 'ClusterRoleBinding') {
    const moved = changeAt(object, 'subjects.*', false, (subject) =>
      isMap(subject) && subject.kind === 'ServiceAccount' && subject.name === 'default'
        ? { ...subject, namespace }
        : subject,
    );
    return clusterWide.has(object.kind) ? moved : changeAt(moved, 'metadata.namespace', true, () => namespace);
  }
  return clusterWide.has(object.kind) ? object : changeAt(object, 'metadata.namespace', true, () => namespace);
}

const withTemplate = new Set(['ReplicationController', 'Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet', 'Job']);

/** Where labels go besides the object's own metadata (kustomize api/internal/konfig/builtinpluginconsts/commonlabels.go). */
function labelPaths(
  object: KubernetesObject,
  selectors: boolean,
  templates: boolean,
): readonly (readonly [path: string, create: boolean])[] {
  const { kind } = object;
  const paths: (readonly [string, boolean])[] = [];
  if ((selectors || templates) && withTemplate.has(kind)) paths.push(['spec.template.metadata.labels', true]);
  if ((selectors || templates) && kind === 'CronJob') {
    paths.push(['spec.jobTemplate.metadata.labels', true], ['spec.jobTemplate.spec.template.metadata.labels', true]);
  }
  if (!selectors) return paths;
  if (kind === 'Service' || kind === 'ReplicationController') paths.push(['spec.selector', true]);
  if (['Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet'].includes(kind)) {
    paths.push(['spec.selector.matchLabels', true]);
    for (const term of ['podAffinity', 'podAntiAffinity']) {
      const base = `spec.template.spec.affinity.${term}`;
      paths.push(
        [`${base}.preferredDuringSchedulingIgnoredDuringExecution.*.podAffinityTerm.labelSelector.matchLabels`, false],
        [`${base}.requiredDuringSchedulingIgnoredDuringExecution.*.labelSelector.matchLabels`, false],
      );
    }
    paths.push(['spec.template.spec.topologySpreadConstraints.*.labelSelector.matchLabels', false]);
  }
  if (kind === 'StatefulSet') paths.push(['spec.volumeClaimTemplates.*.metadata.labels', true]);
  if (kind === 'Job' || kind === 'PodDisruptionBudget') paths.push(['spec.selector.matchLabels', false]);
  if (kind === 'CronJob') paths.push(['spec.jobTemplate.spec.selector.matchLabels', false]);
  if (kind === 'NetworkPolicy') {
    paths.push(
      ['spec.podSelector.matchLabels', false],
      ['spec.ingress.*.from.*.podSelector.matchLabels', false],
      ['spec.egress.*.to.*.podSelector.matchLabels', false],
    );
  }
  return paths;
}

export interface LabelOptions {
  readonly includeSelectors: boolean;
  readonly includeTemplates: boolean;
}

export function withLabels(object: KubernetesObject, labels: Labels, options: LabelOptions): KubernetesObject {
  const add = (old: unknown): unknown => ({ ...(isMap(old) ? old : {}), ...labels });
  const paths = labelPaths(object, options.includeSelectors, options.includeTemplates);
  return [['metadata.labels', true] as const, ...paths].reduce(
    (one, [path, create]) => changeAt(one, path, create, add),
    object,
  );
}

export function withAnnotations(object: KubernetesObject, annotations: Labels): KubernetesObject {
  const add = (old: unknown): unknown => ({ ...(isMap(old) ? old : {}), ...annotations });
  const template = withTemplate.has(object.kind) ? ['spec.template.metadata.annotations'] : [];
  const cron =
    object.kind === 'CronJob'
      ? ['spec.jobTemplate.metadata.annotations', 'spec.jobTemplate.spec.template.metadata.annotations']
      : [];
  return ['metadata.annotations', ...template, ...cron].reduce((one, path) => changeAt(one, path, true, add), object);
}

export interface ImageChange {
  readonly name: string;
  readonly newName?: string;
  readonly newTag?: string;
  readonly digest?: string;
}

/** `registry/path:tag@digest` in its parts. A colon before the last slash is a port. */
function imageParts(image: string): { readonly name: string; readonly tag: string; readonly digest: string } {
  const [before = '', digest = ''] = image.split('@');
  const colon = before.indexOf(':', before.lastIndexOf('/') + 1);
  return colon === -1
    ? { name: before, tag: '', digest }
    : { name: before.slice(0, colon), tag: before.slice(colon + 1), digest };
}

function changedImage(image: unknown, { name, newName, newTag, digest }: ImageChange): unknown {
  if (typeof image !== 'string') return image;
  const parts = imageParts(image);
  if (parts.name !== name) return image;
  const base = newName ?? parts.name;
  // A new tag alone puts an old digest away, and a digest alone an old tag, as kustomize does.
  if (newTag !== undefined || digest !== undefined)
    return `${base}${newTag === undefined ? '' : `:${newTag}`}${digest === undefined ? '' : `@${digest}`}`;
  return `${base}${parts.tag === '' ? '' : `:${parts.tag}`}${parts.digest === '' ? '' : `@${parts.digest}`}`;
}

/** Images wherever an object has `containers` or `initContainers` with an `image` (kustomize looks for the same anywhere). */
export function withImage(object: KubernetesObject, change: ImageChange): KubernetesObject {
  const walk = (value: unknown, key: string): unknown => {
    if (Array.isArray(value)) {
      return value.map((item) =>
        (key === 'containers' || key === 'initContainers') && isMap(item)
          ? ({ ...item, ...(item.image === undefined ? {} : { image: changedImage(item.image, change) }) } as Fields)
          : walk(item, ''),
      );
    }
    if (!isMap(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, walk(one, name)]));
  };
  return object.kind === 'CustomResourceDefinition' ? object : (walk(object, '') as KubernetesObject);
}

export function withReplicas(object: KubernetesObject, name: string, count: number): KubernetesObject {
  if (object.metadata.name !== name) return object;
  const scaled = ['Deployment', 'ReplicationController', 'ReplicaSet', 'StatefulSet'].includes(object.kind);
  return scaled ? changeAt(object, 'spec.replicas', true, () => count) : object;
}
