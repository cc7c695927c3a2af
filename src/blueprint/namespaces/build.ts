import type { IPriorityClass } from 'kubernetes-models/scheduling.k8s.io/v1/PriorityClass';
import type { IResourceQuota } from 'kubernetes-models/v1/ResourceQuota';
import type { KubernetesObject } from '../../model/kubernetes-object.ts';
import type { BuildContext } from '../context.ts';
import { type Built, joined, type PartDraft } from '../draft.ts';
import { ingressNamespace } from '../ingress/names.ts';
import { type ClusterContext, clusterContexts } from '../kubernetes/cluster-context.ts';
import { denyByDefault, meshControlPlaneFor, meshMetricsFor } from '../kubernetes/network-policies.ts';
import { object, placed } from '../kubernetes/object.ts';
import { agentsNamespace } from '../security-agents/names.ts';
import { type WorkloadPool, workloadNamespace } from '../workload/services.ts';
import { namespaceDecisions } from './decisions.ts';
import { type NamespaceShape, namespaceObjects } from './shape.ts';

/** The namespaces of each cluster, closed before anything runs in them. */
export function buildNamespaces(context: BuildContext): PartDraft {
  return {
    name: 'namespaces',
    ...joined(...clusterContexts(context).map(namespaces)),
    decisions: namespaceDecisions,
    intents: [],
  };
}

function namespaces(of: ClusterContext): Built {
  const { folder, context } = of;
  const shapes = [...(['in-scope', 'out-of-scope'] as const).map((pool) => workloadShape(of, pool)), ...platform(of)];
  const mesh = context.spec.components.mesh === 'istio' ? shapes.filter(({ labels }) => 'istio.io/rev' in labels) : [];
  return joined(
    ...shapes.map((shape) => placed(folder, 'namespaces', ['namespaces-are-closed'], ...namespaceObjects(shape))),
    placed(
      folder,
      'namespaces',
      ['namespaces-reach-the-mesh-alone'],
      ...mesh.flatMap(({ name }) => [meshControlPlaneFor(name), meshMetricsFor(name)]),
    ),
    placed(folder, 'namespaces', ['nothing-runs-in-default'], denyByDefault('default'), nothingInDefault),
    placed(folder, 'namespaces', ['security-agents-come-first'], ...priorities),
  );
}

/** Room for twice the pods that a service has, and for a rolling update; a service that is added asks for more. */
function workloadShape({ context, services, meshRevision }: ClusterContext, pool: WorkloadPool): NamespaceShape {
  const count = services.filter((one) => one.pool === pool).length;
  const pods = Math.max(2, count * 5);
  return {
    name: workloadNamespace(context.spec, pool),
    labels: {
      'app.kubernetes.io/part-of': `a${context.spec.organization.application}`,
      'pci-scope': pool,
      ...sidecarsIn(context, meshRevision),
    },
    security: 'restricted',
    quota: {
      // A pod is its container (100m, 200Mi at most) and its sidecar (limits below).
      requests: { cpu: milli(pods * 150), memory: `${pods * 228}Mi` },
      limits: { cpu: milli(pods * 2100), memory: `${pods * 1224}Mi` },
      pods,
      services: count,
      counts: { 'count/deployments.apps': count, 'count/daemonsets.apps': 0, 'count/ingresses.networking.k8s.io': 1 },
    },
    // The sidecar that Istio puts in asks for 100m and 128Mi and may take 2 and 1Gi (Istio's defaults).
    container: {
      request: { cpu: '50m', memory: '100Mi' },
      limit: { cpu: '100m', memory: '200Mi' },
      most: { cpu: '2', memory: '1Gi' },
    },
  };
}

/** Thousandths of a core, as the API server writes them. */
function milli(count: number): string {
  return count % 1000 === 0 ? `${count / 1000}` : `${count}m`;
}

function sidecarsIn({ spec }: BuildContext, revision: string): Readonly<Record<string, string>> {
  return spec.components.mesh === 'istio' ? { 'istio.io/rev': revision } : { 'openservicemesh.io/monitored-by': 'osm' };
}

function platform({ context, meshRevision }: ClusterContext): readonly NamespaceShape[] {
  const partOf = `a${context.spec.organization.application}`;
  return [
    {
      name: ingressNamespace,
      labels: {
        'app.kubernetes.io/part-of': partOf,
        'pci-scope': 'in-scope',
        ...sidecarsIn(context, meshRevision),
      },
      // The gateway's pods are made by Istio, which sets no seccomp profile: the one thing that "restricted" asks for beyond.
      security: 'baseline',
      quota: {
        requests: { cpu: '2', memory: '2Gi' },
        limits: { cpu: '20', memory: '10Gi' },
        pods: 12,
        services: 1,
        loadBalancers: 1,
        counts: { 'count/deployments.apps': 2, 'count/daemonsets.apps': 0 },
      },
      container: {
        request: { cpu: '100m', memory: '128Mi' },
        limit: { cpu: '2', memory: '1Gi' },
        most: { cpu: '2', memory: '1Gi' },
      },
    },
    {
      name: agentsNamespace,
      labels: { 'app.kubernetes.io/part-of': 'security-agents', 'pci-scope': 'connected-to' },
      // Falco reads the nodes' own files; a policy of ours holds the namespace to exactly its agents.
      security: 'privileged',
      // They run beside every scope: they write to their standard output, and have no traffic.
      asksForNames: false,
      quota: {
        requests: { cpu: '10', memory: '32Gi' },
        limits: { cpu: '100', memory: '128Gi' },
        pods: 60,
        services: 1,
        counts: { 'count/deployments.apps': 1, 'count/daemonsets.apps': 2 },
      },
      container: {
        request: { cpu: '100m', memory: '512Mi' },
        limit: { cpu: '1', memory: '1Gi' },
        most: { cpu: '1', memory: '2Gi' },
      },
    },
  ];
}

const nothingInDefault: KubernetesObject = object<IResourceQuota>({
  apiVersion: 'v1',
  kind: 'ResourceQuota',
  metadata: { name: 'nothing', namespace: 'default' },
  spec: {
    hard: {
      pods: '0',
      persistentvolumeclaims: '0',
      secrets: '0',
      // The API server's own.
      services: '1',
      'services.loadbalancers': '0',
      'services.nodeports': '0',
      'count/deployments.apps': '0',
      'count/daemonsets.apps': '0',
      'count/statefulsets.apps': '0',
      'count/jobs.batch': '0',
      'count/cronjobs.batch': '0',
    },
  },
});

const priorities: readonly KubernetesObject[] = (
  [
    ['security-agents', 900_000, 'Agents that watch nodes: a node without them runs nothing in scope.'],
    ['ingress', 800_000, 'The way in.'],
    ['in-scope', 700_000, 'Services that handle card data.'],
    ['out-of-scope', 600_000, 'Services that handle no card data.'],
  ] as const
).map(([name, value, description]) =>
  object<IPriorityClass>({
    apiVersion: 'scheduling.k8s.io/v1',
    kind: 'PriorityClass',
    metadata: { name },
    value,
    globalDefault: false,
    preemptionPolicy: name === 'security-agents' ? 'PreemptLowerPriority' : 'Never',
    description,
  }),
);
