import type { IDeployment } from 'kubernetes-models/apps/v1/Deployment';
import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget';
import type { IContainer } from 'kubernetes-models/v1/Container';
import type { IService } from 'kubernetes-models/v1/Service';
import type { IServiceAccount } from 'kubernetes-models/v1/ServiceAccount';
import type { KubernetesObject } from '../../model/kubernetes-object.ts';
import { object } from '../kubernetes/object.ts';
import { isSampleRole, sampleRoles } from './images.ts';
import type { WorkloadService } from './services.ts';

/** The label by which policies and Services know a component's pods. */
export const nameLabel = (name: string) => ({ 'app.kubernetes.io/name': name });

export interface DeploymentInput {
  readonly service: WorkloadService;
  readonly all: readonly WorkloadService[];
  readonly application: string;
  /** With registry and digest. */
  readonly image: string;
}

/** What runs for one component of the sample: account, pods, budget, Service. */
export function serviceObjects(input: DeploymentInput): readonly KubernetesObject[] {
  const { name, namespace } = input.service;
  return [
    object<IServiceAccount>({
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name, namespace },
      automountServiceAccountToken: false,
    }),
    deployment(input),
    object<IPodDisruptionBudget>({
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name, namespace },
      spec: { minAvailable: '50%', selector: { matchLabels: nameLabel(name) } },
    }),
    // Port 80, as every caller asks for it: a call that fails is stopped by a policy and not by a wrong port.
    object<IService>({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, namespace },
      spec: {
        type: 'ClusterIP',
        selector: nameLabel(name),
        ports: [{ name: 'http', port: 80, targetPort: 'web', protocol: 'TCP' }],
      },
    }),
  ];
}

function deployment({ service, all, application, image }: DeploymentInput): KubernetesObject {
  const { name, namespace, pool } = service;
  const labels = { ...nameLabel(name), 'app.kubernetes.io/part-of': `a${application}`, 'pci-scope': pool };
  return object<IDeployment>({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, labels },
    spec: {
      replicas: 2,
      revisionHistoryLimit: 3,
      selector: { matchLabels: nameLabel(name) },
      template: {
        metadata: {
          labels,
          annotations: {
            'prometheus.io/scrape': 'true',
            'prometheus.io/port': '8081',
            'prometheus.io/path': '/metrics',
          },
        },
        spec: {
          serviceAccountName: name,
          automountServiceAccountToken: false,
          // Service links would put variables of other Services into the environment.
          enableServiceLinks: false,
          priorityClassName: pool,
          terminationGracePeriodSeconds: 30,
          nodeSelector: { 'kubernetes.io/os': 'linux', 'pci-scope': pool },
          tolerations: [{ key: 'pci-scope', operator: 'Equal', value: pool, effect: 'NoSchedule' }],
          topologySpreadConstraints: [
            {
              maxSkew: 1,
              topologyKey: 'topology.kubernetes.io/zone',
              whenUnsatisfiable: 'ScheduleAnyway',
              labelSelector: { matchLabels: nameLabel(name) },
            },
          ],
          securityContext: {
            runAsNonRoot: true,
            runAsUser: 10001,
            runAsGroup: 10001,
            seccompProfile: { type: 'RuntimeDefault' },
          },
          containers: [container(name, all, image)],
        },
      },
    },
  });
}

function container(name: string, all: readonly WorkloadService[], image: string): IContainer {
  return {
    name: 'chain',
    image,
    imagePullPolicy: 'IfNotPresent',
    env: [{ name: 'WORKLOAD_ROLE', value: name }, ...peers(name, all)],
    ports: [
      { name: 'web', containerPort: 8080, protocol: 'TCP' },
      { name: 'management', containerPort: 8081, protocol: 'TCP' },
    ],
    readinessProbe: { httpGet: { path: '/readyz', port: 'management' }, periodSeconds: 5 },
    livenessProbe: { httpGet: { path: '/healthz', port: 'management' }, periodSeconds: 10, failureThreshold: 3 },
    startupProbe: { httpGet: { path: '/readyz', port: 'management' }, periodSeconds: 1, failureThreshold: 30 },
    resources: { requests: { cpu: '50m', memory: '100Mi' }, limits: { cpu: '100m', memory: '200Mi' } },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    },
  };
}

/** The program knows where its peers are in the default landing zone; elsewhere it is told. */
function peers(name: string, all: readonly WorkloadService[]): readonly { name: string; value: string }[] {
  const isDefault = all.every((one) => isSampleRole(one.name) && sampleRoles[one.name] === one.namespace);
  if (isDefault && all.length === Object.keys(sampleRoles).length) return [];
  const others = all.filter((one) => one.name !== name).map((one) => `http://${one.name}.${one.namespace}`);
  return [{ name: 'WORKLOAD_PEERS', value: others.join(',') }];
}
