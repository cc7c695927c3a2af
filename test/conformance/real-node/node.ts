import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ControlPlane } from '../kubernetes/control-plane.ts';
import { isReady } from '../kubernetes/nodes-without-machines.ts';
import { startProgram, until } from '../kubernetes/process.ts';
import { program } from '../kubernetes/programs.ts';
import { makeControlGroup } from './control-groups.ts';

/** A machine of the cluster: a real kubelet with a container runtime of its own, below one folder. */
export interface NodeOptions {
  readonly name: string;
  /** An address of this network namespace that is not a loopback one. */
  readonly address: string;
  readonly labels: Readonly<Record<string, string>>;
  /** `key=value:effect` */
  readonly taints: readonly string[];
  /** Addresses of its pods. */
  readonly podNetwork: string;
  readonly ports: { readonly kubelet: number; readonly health: number; readonly streaming: number };
  /** Name of its control group, of which there is no other on this machine. */
  readonly controlGroup: string;
  readonly clusterDns: string;
  /** The registry that images are pulled from, whatever registry their names say; `http://host:port`. */
  readonly registry: string;
  /** Image of the container that holds a pod's network open. */
  readonly sandboxImage: string;
}

/** Debian's programs: they find each other on the path. */
const software = () => program('node-software');
const pathOf = (): string =>
  [path.join(software(), 'usr/bin'), path.join(software(), 'usr/sbin'), process.env.PATH].join(path.delimiter);

/** Starts containerd and kubelet, and waits until the node is ready. The machine's other nodes share its kernel and nothing else. */
export async function startNode(plane: ControlPlane, options: NodeOptions): Promise<void> {
  const folder = path.join(plane.folder, options.name);
  const file = (name: string, text: string): string => {
    const target = path.join(folder, name);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, text, { mode: 0o600 });
    return target;
  };
  const socket = path.join(folder, 'containerd.sock');
  file('cni/10-pods.conflist', JSON.stringify(podNetwork(folder, options.podNetwork)));
  file('registries/_default/hosts.toml', `[host."${options.registry}"]\n  capabilities = ["pull", "resolve"]\n`);
  const containerd = startProgram(
    path.join(software(), 'usr/bin/containerd'),
    ['--config', file('containerd.toml', containerdConfig(folder, socket, options))],
    { cwd: folder, environment: { PATH: pathOf() } },
  );
  plane.adopt(containerd);
  const kubeconfig = await plane.kubeconfig({
    commonName: `system:node:${options.name}`,
    organization: 'system:nodes',
  });
  const serving = await plane.authority.issue({ commonName: options.name, names: [options.address, options.name] });
  const config = file(
    'kubelet.json',
    JSON.stringify({
      ...kubeletConfig(folder, socket, options),
      authentication: {
        anonymous: { enabled: false },
        webhook: { enabled: true },
        x509: { clientCAFile: file('ca.crt', plane.authority.certificate) },
      },
      authorization: { mode: 'Webhook' },
      tlsCertFile: file('kubelet.crt', serving.certificate),
      tlsPrivateKeyFile: file('kubelet.key', serving.key),
    }),
  );
  makeControlGroup(options.controlGroup);
  const kubelet = startProgram(
    program('kubelet'),
    [
      `--config=${config}`,
      `--kubeconfig=${kubeconfig}`,
      `--root-dir=${path.join(folder, 'kubelet')}`,
      `--hostname-override=${options.name}`,
      `--node-ip=${options.address}`,
      `--node-labels=${Object.entries(options.labels)
        .map(([key, value]) => `${key}=${value}`)
        .join(',')}`,
    ],
    { cwd: folder, environment: { PATH: pathOf() } },
  );
  plane.adopt(kubelet);
  await until(
    `ready node ${options.name}`,
    async () => {
      const { status, body } = await plane.api.get(`/api/v1/nodes/${options.name}`);
      return status === 200 && isReady(body as never) ? true : undefined;
    },
    { seconds: 180, of: kubelet },
  );
}

/** Point-to-point links: every packet of a pod crosses the host, where the tests' policies are. */
function podNetwork(folder: string, subnet: string) {
  return {
    cniVersion: '0.4.0',
    name: 'pods',
    plugins: [
      {
        type: 'ptp',
        ipam: {
          type: 'host-local',
          dataDir: path.join(folder, 'addresses'),
          ranges: [[{ subnet }]],
          routes: [{ dst: '0.0.0.0/0' }],
        },
      },
    ],
  };
}

function containerdConfig(folder: string, socket: string, options: NodeOptions): string {
  const cri = 'plugins."io.containerd.grpc.v1.cri"';
  return `version = 2
root = "${folder}/containerd"
state = "${folder}/run"
[grpc]
  address = "${socket}"
[ttrpc]
  address = "${socket}.ttrpc"
[${cri}]
  sandbox_image = "${options.sandboxImage}"
  # Without CAP_SYS_RESOURCE a process may not lower such a score.
  restrict_oom_score_adj = true
  stream_server_address = "127.0.0.1"
  stream_server_port = "${options.ports.streaming}"
  [${cri}.cni]
    bin_dir = "${software()}/usr/lib/cni"
    conf_dir = "${folder}/cni"
  [${cri}.registry]
    config_path = "${folder}/registries"
  [${cri}.containerd.runtimes.runc]
    runtime_type = "io.containerd.runc.v2"
    [${cri}.containerd.runtimes.runc.options]
      BinaryName = "${software()}/usr/sbin/runc"
`;
}

function kubeletConfig(folder: string, socket: string, options: NodeOptions) {
  return {
    apiVersion: 'kubelet.config.k8s.io/v1beta1',
    kind: 'KubeletConfiguration',
    address: options.address,
    port: options.ports.kubelet,
    healthzPort: options.ports.health,
    containerRuntimeEndpoint: `unix://${socket}`,
    // Cgroups of version 1 or both versions at once, as this machine may have them; a folder a node.
    failCgroupV1: false,
    cgroupDriver: 'cgroupfs',
    cgroupRoot: `/${options.controlGroup}`,
    cgroupsPerQOS: true,
    enforceNodeAllocatable: [],
    oomScoreAdj: 0,
    failSwapOn: false,
    clusterDNS: [options.clusterDns],
    clusterDomain: 'cluster.local',
    podLogsDir: path.join(folder, 'logs'),
    registerWithTaints: options.taints.map((taint) => {
      const [, key, value, effect] = /^([^=:]+)=?([^:]*):(\w+)$/.exec(taint) ?? [];
      return { key, value, effect };
    }),
    // The disk is not the subject of these tests.
    evictionHard: {
      'memory.available': '0%',
      'nodefs.available': '0%',
      'imagefs.available': '0%',
      'nodefs.inodesFree': '0%',
    },
    imageMinimumGCAge: '24h',
    syncFrequency: '5s',
    shutdownGracePeriod: '0s',
    serverTLSBootstrap: false,
  };
}
