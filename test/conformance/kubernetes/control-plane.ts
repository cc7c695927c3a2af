import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type ApiClient, apiClient } from './api-client.ts';
import { type Authority, makeAuthority, newSigningKey, type Subject } from './certificates.ts';
import { type Kubectl, kubectlFor } from './kubectl.ts';
import { freePorts, type Running, startProgram, until } from './process.ts';
import { program } from './programs.ts';

/** A real control plane on loopback ports: etcd, kube-apiserver, and the controllers and the scheduler where they were asked for. */
export interface ControlPlane {
  /** All that belongs to it, logs among it. Gone after `stop`. */
  readonly folder: string;
  readonly server: string;
  readonly api: ApiClient;
  readonly kubectl: Kubectl;
  readonly authority: Authority;
  /** Writes a kubeconfig for a user, as which a program of the cluster speaks; returns its path. */
  kubeconfig(subject: Subject): Promise<string>;
  /** kube-controller-manager, until it has made the service account without which no pod is admitted. */
  startControllers(): Promise<Running>;
  startScheduler(): Promise<Running>;
  /** Starts a program that belongs to this cluster: it is stopped before the API server is. */
  start(name: string, args: readonly string[], environment?: Readonly<Record<string, string>>): Running;
  /** Stops something else with this cluster, in the reverse order of starting. */
  adopt(program: Running): void;
  stop(): Promise<void>;
}

export interface ControlPlaneOptions {
  /** Where its files go; the caller removes the folder. By default a temporary one, which `stop` removes. */
  readonly folder?: string;
  /** Flags of kube-apiserver beside the test's own. */
  readonly apiServerFlags?: readonly string[];
}

/** Services' addresses: AKS's default is the same size. Its first one is the API server's own. */
const serviceNetwork = '172.16.0.0/16';
const serviceAddress = '172.16.0.1';
/** Not a loopback address: the API server refuses to be known under one. Nothing is ever sent there. */
const advertised = '192.0.2.1';

export async function startControlPlane(options: ControlPlaneOptions = {}): Promise<ControlPlane> {
  const folder = options.folder ?? mkdtempSync(path.join(tmpdir(), 'control-plane-'));
  const owned: Running[] = [];
  let etcd: Running | undefined;
  let apiServer: Running | undefined;
  /** The API server before etcd: without its store it hangs for minutes. */
  const stop = async () => {
    for (const one of owned.reverse()) await one.stop();
    await apiServer?.stop();
    await etcd?.stop();
    if (options.folder === undefined) rmSync(folder, { recursive: true, force: true });
  };
  try {
    const write = (name: string, text: string): string => {
      const file = path.join(folder, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
      chmodSync(file, 0o600);
      return file;
    };
    const [etcdPort = 0, peerPort = 0, apiPort = 0] = await freePorts(3);
    const server = `https://127.0.0.1:${apiPort}`;
    const authority = await makeAuthority('kubernetes-ca');
    const frontProxy = await makeAuthority('front-proxy-ca');
    const issue = async (name: string, from: Authority, subject: Subject) => {
      const { certificate, key } = await from.issue(subject);
      return { certificate: write(`${name}.crt`, certificate), key: write(`${name}.key`, key) };
    };
    const ca = write('ca.crt', authority.certificate);
    const serving = await issue('apiserver', authority, {
      commonName: 'kube-apiserver',
      names: ['127.0.0.1', serviceAddress, 'localhost', 'kubernetes', 'kubernetes.default', 'kubernetes.default.svc'],
    });
    const toKubelets = await issue('apiserver-kubelet-client', authority, {
      commonName: 'kube-apiserver-kubelet-client',
      organization: 'system:masters',
    });
    const proxyClient = await issue('front-proxy-client', frontProxy, { commonName: 'front-proxy-client' });
    const tokens = await newSigningKey();
    const tokenKey = write('service-account.key', tokens.privateKey);
    const kubeconfig = async (subject: Subject): Promise<string> => {
      const credentials = await authority.issue(subject);
      const name = subject.commonName.replace(/[^a-z0-9-]/gi, '-');
      return write(`${name}.kubeconfig`, kubeconfigText(server, authority.certificate, credentials));
    };

    etcd = startProgram(
      program('etcd'),
      [
        ...['--name=one', `--data-dir=${path.join(folder, 'etcd')}`, '--unsafe-no-fsync', '--log-level=warn'],
        `--listen-client-urls=http://127.0.0.1:${etcdPort}`,
        `--advertise-client-urls=http://127.0.0.1:${etcdPort}`,
        `--listen-peer-urls=http://127.0.0.1:${peerPort}`,
        `--initial-advertise-peer-urls=http://127.0.0.1:${peerPort}`,
        `--initial-cluster=one=http://127.0.0.1:${peerPort}`,
      ],
      { cwd: folder },
    );
    apiServer = startProgram(
      program('kube-apiserver'),
      [
        `--etcd-servers=http://127.0.0.1:${etcdPort}`,
        '--bind-address=127.0.0.1',
        `--secure-port=${apiPort}`,
        `--advertise-address=${advertised}`,
        '--endpoint-reconciler-type=none',
        `--service-cluster-ip-range=${serviceNetwork}`,
        `--client-ca-file=${ca}`,
        `--tls-cert-file=${serving.certificate}`,
        `--tls-private-key-file=${serving.key}`,
        `--kubelet-client-certificate=${toKubelets.certificate}`,
        `--kubelet-client-key=${toKubelets.key}`,
        `--kubelet-certificate-authority=${ca}`,
        '--kubelet-preferred-address-types=InternalIP',
        `--service-account-key-file=${write('service-account.pub', tokens.publicKey)}`,
        `--service-account-signing-key-file=${tokenKey}`,
        '--service-account-issuer=https://kubernetes.default.svc',
        `--requestheader-client-ca-file=${write('front-proxy-ca.crt', frontProxy.certificate)}`,
        '--requestheader-allowed-names=front-proxy-client',
        '--requestheader-extra-headers-prefix=X-Remote-Extra-',
        '--requestheader-group-headers=X-Remote-Group',
        '--requestheader-username-headers=X-Remote-User',
        `--proxy-client-cert-file=${proxyClient.certificate}`,
        `--proxy-client-key-file=${proxyClient.key}`,
        '--authorization-mode=Node,RBAC',
        '--enable-admission-plugins=NodeRestriction',
        '--allow-privileged=true',
        '--profiling=false',
        ...(options.apiServerFlags ?? []),
      ],
      { cwd: folder },
    );
    const admin = { commonName: 'administrator', organization: 'system:masters' };
    const api = apiClient(server, authority.certificate, await authority.issue(admin));
    const kubectl = kubectlFor(await kubeconfig(admin), folder);
    await until('ready API server', async () => ((await api.get('/readyz')).status === 200 ? true : undefined), {
      seconds: 120,
      of: apiServer,
    });

    const start: ControlPlane['start'] = (name, args, environment = {}) => {
      const started = startProgram(program(name), args, { cwd: folder, environment });
      owned.push(started);
      return started;
    };
    const startControllers: ControlPlane['startControllers'] = async () => {
      const config = await kubeconfig({ commonName: 'system:kube-controller-manager' });
      const controllers = start('kube-controller-manager', [
        `--kubeconfig=${config}`,
        '--bind-address=127.0.0.1',
        '--secure-port=0',
        '--leader-elect=false',
        '--use-service-account-credentials=true',
        `--service-account-private-key-file=${tokenKey}`,
        `--root-ca-file=${ca}`,
        '--allocate-node-cidrs=false',
      ]);
      const account = '/api/v1/namespaces/default/serviceaccounts/default';
      await until(
        'service account "default"',
        async () => ((await api.get(account)).status === 200 ? true : undefined),
        { of: controllers },
      );
      return controllers;
    };
    const startScheduler: ControlPlane['startScheduler'] = async () => {
      const config = await kubeconfig({ commonName: 'system:kube-scheduler' });
      const flags = ['--bind-address=127.0.0.1', '--secure-port=0', '--leader-elect=false'];
      return start('kube-scheduler', [`--kubeconfig=${config}`, ...flags]);
    };
    return {
      folder,
      server,
      api,
      kubectl,
      authority,
      kubeconfig,
      startControllers,
      startScheduler,
      start,
      adopt: (program) => void owned.push(program),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function kubeconfigText(
  server: string,
  authority: string,
  credentials: { readonly certificate: string; readonly key: string },
): string {
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'here',
    clusters: [{ name: 'here', cluster: { server, 'certificate-authority-data': base64(authority) } }],
    users: [
      {
        name: 'here',
        user: {
          'client-certificate-data': base64(credentials.certificate),
          'client-key-data': base64(credentials.key),
        },
      },
    ],
    contexts: [{ name: 'here', context: { cluster: 'here', user: 'here' } }],
  });
}
