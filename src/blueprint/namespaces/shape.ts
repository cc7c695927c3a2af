import type { ILimitRange } from 'kubernetes-models/v1/LimitRange';
import type { INamespace } from 'kubernetes-models/v1/Namespace';
import type { IResourceQuota } from 'kubernetes-models/v1/ResourceQuota';
import type { KubernetesObject } from '../../model/kubernetes-object.ts';
import { denyByDefault, namesFor } from '../kubernetes/network-policies.ts';
import { object } from '../kubernetes/object.ts';

/** Processor and memory as Kubernetes writes them. */
interface Resources {
  readonly cpu: string;
  readonly memory: string;
}

/** A namespace that we make, with what holds in it from its first moment on. */
export interface NamespaceShape {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Pod Security Standard that the API server enforces; the rest is warned of and written to the audit log. */
  readonly security: 'restricted' | 'baseline' | 'privileged';
  /** Whether its pods ask for names. @default true */
  readonly asksForNames?: boolean;
  /** All pods together. */
  readonly quota: {
    readonly requests: Resources;
    readonly limits: Resources;
    readonly pods: number;
    /** How many of each kind, by `count/<plural>.<group>`; services and load balancers by their own keys. */
    readonly counts?: Readonly<Record<string, number>>;
    readonly loadBalancers?: number;
    readonly services?: number;
  };
  /** Each container: what it gets when it says nothing, and the most it may ask for. */
  readonly container: { readonly request: Resources; readonly limit: Resources; readonly most: Resources };
}

/** The namespace, its quota and limits, no traffic but names, or none at all. */
export function namespaceObjects(shape: NamespaceShape): readonly KubernetesObject[] {
  const names = shape.asksForNames === false ? [] : [namesFor(shape.name)];
  return [namespace(shape), quota(shape), limits(shape), denyByDefault(shape.name), ...names];
}

function namespace({ name, labels, security }: NamespaceShape): KubernetesObject {
  return object<INamespace>({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name,
      labels: {
        ...labels,
        'pod-security.kubernetes.io/enforce': security,
        'pod-security.kubernetes.io/audit': 'restricted',
        'pod-security.kubernetes.io/warn': security,
      },
    },
  });
}

function quota({ name, quota: most }: NamespaceShape): KubernetesObject {
  const counts = { 'count/jobs.batch': 0, 'count/cronjobs.batch': 0, 'count/statefulsets.apps': 0, ...most.counts };
  return object<IResourceQuota>({
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name: 'quota', namespace: name },
    spec: {
      hard: {
        'requests.cpu': most.requests.cpu,
        'requests.memory': most.requests.memory,
        'limits.cpu': most.limits.cpu,
        'limits.memory': most.limits.memory,
        pods: `${most.pods}`,
        // Card data comes to rest nowhere in the cluster.
        persistentvolumeclaims: '0',
        'requests.storage': '0',
        services: `${most.services ?? 0}`,
        'services.loadbalancers': `${most.loadBalancers ?? 0}`,
        // Each load balancer takes a node port for 443 and one for the probe of its pods.
        'services.nodeports': `${(most.loadBalancers ?? 0) * 2}`,
        ...Object.fromEntries(Object.entries(counts).map(([key, count]) => [key, `${count}`])),
      },
    },
  });
}

function limits({ name, container }: NamespaceShape): KubernetesObject {
  return object<ILimitRange>({
    apiVersion: 'v1',
    kind: 'LimitRange',
    metadata: { name: 'limits', namespace: name },
    spec: {
      limits: [
        {
          type: 'Container',
          defaultRequest: { ...container.request },
          default: { ...container.limit },
          max: { ...container.most },
        },
      ],
    },
  });
}
