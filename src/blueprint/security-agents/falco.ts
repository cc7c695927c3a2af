import type { IDaemonSet } from 'kubernetes-models/apps/v1/DaemonSet';
import type { IConfigMap } from 'kubernetes-models/v1/ConfigMap';
import type { IContainer } from 'kubernetes-models/v1/Container';
import type { IServiceAccount } from 'kubernetes-models/v1/ServiceAccount';
import type { IVolume } from 'kubernetes-models/v1/Volume';
import type { KubernetesObject } from '../../model/kubernetes-object.ts';
import { object } from '../kubernetes/object.ts';
import { falcoName as name, agentsNamespace as namespace } from './names.ts';

const selector = { 'app.kubernetes.io/name': name };
const labels = { ...selector, 'app.kubernetes.io/part-of': 'security-agents', 'pci-scope': 'connected-to' };

/**
 * Read by Falco after its own `falco.yaml`, key by key: what is left out stays as the image has it, its rules among them
 * (falco.org, Configuration: `config_files`).
 */
const settings = `engine:
  kind: modern_ebpf
json_output: true
json_include_output_property: true
stdout_output:
  enabled: true
syslog_output:
  enabled: false
watch_config_files: false
webserver:
  enabled: true
  listen_port: 8765
  k8s_healthz_endpoint: /healthz
  ssl_enabled: false
`;

/** Folders of the node that Falco reads, at the places where it looks for them below `/host` (falco.org, Deploy as a container). */
const folders = [
  { name: 'proc', path: '/proc', mountPath: '/host/proc' },
  { name: 'etc', path: '/etc', mountPath: '/host/etc' },
  { name: 'containerd', path: '/run/containerd', mountPath: '/host/run/containerd' },
  { name: 'tracing', path: '/sys/kernel/tracing', mountPath: '/sys/kernel/tracing' },
] as const;

/** The account without rights, the settings, and a pod on every node. */
export function falcoObjects(image: string): readonly KubernetesObject[] {
  return [
    object<IServiceAccount>({
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name, namespace },
      automountServiceAccountToken: false,
    }),
    object<IConfigMap>({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name, namespace },
      data: { 'settings.yaml': settings },
    }),
    daemonSet(image),
  ];
}

function daemonSet(image: string): KubernetesObject {
  return object<IDaemonSet>({
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name, namespace, labels },
    spec: {
      revisionHistoryLimit: 3,
      selector: { matchLabels: selector },
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1 } },
      template: {
        metadata: { labels },
        spec: {
          serviceAccountName: name,
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          priorityClassName: 'security-agents',
          terminationGracePeriodSeconds: 30,
          nodeSelector: { 'kubernetes.io/os': 'linux' },
          // Every pool, and nodes that are being drained as well.
          tolerations: [{ operator: 'Exists' }],
          // The runtime's own profile lets who has BPF and PERFMON make the calls that they are for.
          securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
          containers: [container(image)],
          volumes: [
            ...folders.map(
              ({ name: volume, path }): IVolume => ({ name: volume, hostPath: { path, type: 'Directory' } }),
            ),
            { name: 'settings', configMap: { name } },
          ],
        },
      },
    },
  });
}

function container(image: string): IContainer {
  return {
    name,
    image,
    imagePullPolicy: 'IfNotPresent',
    env: [
      { name: 'HOST_ROOT', value: '/host' },
      { name: 'FALCO_HOSTNAME', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'spec.nodeName' } } },
    ],
    ports: [{ name: 'health', containerPort: 8765, protocol: 'TCP' }],
    readinessProbe: { httpGet: { path: '/healthz', port: 'health' }, periodSeconds: 15 },
    livenessProbe: { httpGet: { path: '/healthz', port: 'health' }, periodSeconds: 15, failureThreshold: 3 },
    startupProbe: { httpGet: { path: '/healthz', port: 'health' }, periodSeconds: 3, failureThreshold: 40 },
    resources: { requests: { cpu: '100m', memory: '512Mi' }, limits: { cpu: '1', memory: '1Gi' } },
    securityContext: {
      privileged: false,
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      // Root without its rights but these: eBPF programs and their buffers, and the processes of others (falco.org, Capabilities).
      runAsUser: 0,
      capabilities: { drop: ['ALL'], add: ['BPF', 'PERFMON', 'SYS_PTRACE', 'SYS_RESOURCE'] },
    },
    volumeMounts: [
      ...folders.map(({ name: volume, mountPath }) => ({ name: volume, mountPath, readOnly: true })),
      { name: 'settings', mountPath: '/etc/falco/config.d/settings.yaml', subPath: 'settings.yaml', readOnly: true },
    ],
  };
}
