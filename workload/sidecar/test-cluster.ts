import path from 'node:path';
import { type Cluster, clusterOf, readCluster } from './cluster.ts';
import { type KubernetesObject, readObjects } from './objects.ts';

const workload = path.join(import.meta.dirname, '..');

/** The folders that a sidecar of the local run reads. */
export const folders = [path.join(workload, 'manifests'), path.join(workload, 'local', 'cluster')] as const;

export const workloadCluster = (): Cluster => readCluster(folders);

/** A cluster from YAML; each text may hold several documents. */
export const clusterFrom = (...texts: readonly string[]): Cluster =>
  clusterOf(texts.flatMap((text, index): readonly KubernetesObject[] => readObjects(`text ${index + 1}`, text)));

/** A Deployment and, as the API server does, nothing else. */
export const deployment = (
  namespace: string,
  name: string,
  labels: Readonly<Record<string, string>>,
  ports = '',
): string => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: ${namespace}}
spec:
  template:
    metadata: {labels: ${JSON.stringify(labels)}}
    spec:
      serviceAccountName: ${name}
      containers: [{name: main, ports: [${ports || '{name: web, containerPort: 8080}'}]}]
`;

export const namespace = (name: string, labels: Readonly<Record<string, string>> = {}): string =>
  `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${name}, labels: ${JSON.stringify(labels)}}\n`;

export const networkPolicy = (inNamespace: string, name: string, spec: string): string => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: ${name}, namespace: ${inNamespace}}
spec: ${spec}
`;
