import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundle } from '../bundle.ts';
import { type RoleName, roleNames, roles } from '../service/roles.ts';
import { type Cluster, readCluster } from '../sidecar/cluster.ts';
import { ManifestError } from '../sidecar/objects.ts';
import type { Endpoints, SidecarSettings } from '../sidecar/settings.ts';
import { type Authority, makeAuthority } from './certificates.ts';
import { type Firewall, type PodSubnet, startFirewall } from './egress-firewall.ts';
import { type OutsideHosts, outsideAddresses, startOutsideHosts } from './outside-hosts.ts';
import { type Running, startProgram } from './processes.ts';

const ingressPod = { namespace: 'ingress-gateway', name: 'internal-istio' } as const;
/** An address of Application Gateway's subnet: whom this machine's clients stand for. */
const applicationGateway = '10.240.5.10';

export const defaultManifests = path.join(import.meta.dirname, '..', 'manifests');
const ownedByAks = path.join(import.meta.dirname, 'cluster');

/** The host that the ingress answers to by its own manifests. */
export const ingressHost = hostOf(readCluster([defaultManifests, ownedByAks]));

export interface DeploymentOptions {
  /** The folder with the policies; the workload's own by default. */
  readonly manifests?: string;
  /** Time that one level of the call tree adds to a deadline. Milliseconds. */
  readonly hopMs?: number;
  /** What a dropped connection costs. Milliseconds. */
  readonly dropMs?: number;
  /** Port of the ingress; 0: any. */
  readonly port?: number;
  readonly firewallRules?: Readonly<Record<PodSubnet, readonly string[]>>;
}

/** The workload as processes of this machine, all on loopback. */
export interface Deployment {
  readonly ingressPort: number;
  /** The host that the ingress answers to, as the manifests say. */
  readonly ingressHost: string;
  /** PEM of the authority that the ingress's certificate comes from. */
  readonly ingressAuthority: string;
  /** PEM of the mesh's authority, and where each pod's sidecar listens for others. */
  readonly meshAuthority: string;
  readonly endpoints: Endpoints;
  /** Where each service answers the process beside it: not a way that the network has. */
  readonly applicationPorts: Readonly<Record<RoleName, number>>;
  readonly managementPorts: Readonly<Record<RoleName, number>>;
  readonly services: Readonly<Record<RoleName, Running>>;
  readonly sidecars: Readonly<Record<RoleName | 'ingress', Running>>;
  readonly firewall: Firewall;
  readonly outside: OutsideHosts;
  /** Every sidecar reads the manifests again. @throws Error with the sidecar's reason */
  reload(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts everything and waits until it is ready. @throws Error when a part does not start; the others are ended first */
export async function deploy(options: DeploymentOptions = {}): Promise<Deployment> {
  const folder = mkdtempSync(path.join(tmpdir(), 'workload-'));
  const undo: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })];
  try {
    return await deployIn(folder, options, undo);
  } catch (error) {
    for (const one of undo.reverse()) await one();
    throw error;
  }
}

async function deployIn(folder: string, options: DeploymentOptions, undo: (() => unknown)[]): Promise<Deployment> {
  const manifests = [options.manifests ?? defaultManifests, ownedByAks];
  const host = hostOf(readCluster(manifests));
  const now = new Date();
  const mesh = makeAuthority('Mesh of one run', now);
  const web = makeAuthority('Web of one run', now);
  const write = (name: string, text: string): string => {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text, { mode: 0o600 });
    return file;
  };
  const [service, sidecar] = await Promise.all([bundle('service'), bundle('sidecar')]);
  const programs = { service: write('service.mjs', service), sidecar: write('sidecar.mjs', sidecar) };
  const webAuthority = write('web-authority.pem', web.certificate);
  const meshAuthority = write('mesh-authority.pem', mesh.certificate);
  const endpointsFile = write('endpoints.json', '{}');

  const outside = await startOutsideHosts(web);
  undo.push(() => outside.close());
  const firewall = await startFirewall(outside.ports, options.firewallRules);
  undo.push(() => firewall.close());

  const settingsOf = (pod: SidecarSettings['pod'], subnet: PodSubnet): SidecarSettings => ({
    pod,
    manifests,
    identity: { ...identityFiles(mesh, pod, write), authority: meshAuthority },
    endpoints: endpointsFile,
    inboundAddress: '127.0.0.1',
    inboundPort: 0,
    outboundPort: 0,
    adminPort: 0,
    outside: { addresses: outsideAddresses, firewall: { host: '127.0.0.1', port: firewall.ports[subnet] } },
    connectMs: 5_000,
    dropMs: options.dropMs ?? 1_000,
    enforceNetworkPolicy: true,
  });
  const startSidecar = async (name: string, settings: SidecarSettings): Promise<Running> => {
    const file = write(`${name}/sidecar.json`, JSON.stringify(settings));
    const running = await startProgram(`sidecar of ${name}`, [programs.sidecar, file], {});
    undo.push(() => running.stop());
    return running;
  };
  const startService = async (role: RoleName, beside: Running): Promise<Running> => {
    const running = await startProgram(role, [programs.service, '--role', role], {
      WORKLOAD_ADDRESS: '127.0.0.1',
      WORKLOAD_PORT: '0',
      WORKLOAD_MANAGEMENT_ADDRESS: '127.0.0.1',
      WORKLOAD_MANAGEMENT_PORT: '0',
      WORKLOAD_OUTBOUND_PROXY: `http://127.0.0.1:${beside.started.outbound}`,
      WORKLOAD_HOP_MS: String(options.hopMs ?? 2_000),
      WORKLOAD_DRAIN_MS: '0',
      NODE_EXTRA_CA_CERTS: webAuthority,
    });
    undo.push(() => running.stop());
    return running;
  };

  const gateway = web.issue({ dns: host });
  const [ingress, ...pairs] = await Promise.all([
    startSidecar('ingress', {
      ...settingsOf(ingressPod, 'in-scope'),
      gateway: {
        port: options.port ?? 0,
        certificate: write('ingress/web.pem', gateway.certificate),
        key: write('ingress/web.key', gateway.key),
        clientAddress: applicationGateway,
      },
    }),
    ...roleNames.map(async (role) => {
      const { namespace } = roles[role];
      const subnet = namespace.endsWith('-i') ? 'in-scope' : 'out-of-scope';
      const beside = await startSidecar(role, settingsOf({ namespace, name: role }, subnet));
      return { role, beside, running: await startService(role, beside) };
    }),
  ]);
  const byRole = <Value>(read: (pair: (typeof pairs)[number]) => Value): Record<RoleName, Value> =>
    Object.fromEntries(pairs.map((pair) => [pair.role, read(pair)])) as Record<RoleName, Value>;

  const endpoints: Endpoints = Object.fromEntries(
    pairs.map(({ role, beside, running }) => [
      `${roles[role].namespace}/${role}`,
      {
        inbound: { host: '127.0.0.1', port: Number(beside.started.inbound) },
        application: Number(running.started.port),
      },
    ]),
  );
  write('endpoints.json', JSON.stringify(endpoints));
  const sidecars = { ...byRole((pair) => pair.beside), ingress };
  const reload = async (): Promise<void> => {
    await Promise.all(Object.values(sidecars).map(reloadSidecar));
  };
  await reload();

  return {
    ingressPort: Number(ingress.started.gateway),
    ingressHost: host,
    ingressAuthority: web.certificate,
    meshAuthority: mesh.certificate,
    endpoints,
    applicationPorts: byRole((pair) => Number(pair.running.started.port)),
    managementPorts: byRole((pair) => Number(pair.running.started.managementPort)),
    services: byRole((pair) => pair.running),
    sidecars,
    firewall,
    outside,
    reload,
    stop: async () => {
      await Promise.all(Object.values({ ...byRole((pair) => pair.running) }).map((one) => one.stop()));
      await Promise.all(Object.values(sidecars).map((one) => one.stop()));
      for (const one of undo.reverse()) await one();
    },
  };
}

/** The first host that is routed to a service. @throws ManifestError */
function hostOf(cluster: Cluster): string {
  const host = cluster.routes[0]?.hosts[0];
  if (host === undefined) throw new ManifestError('manifests', 'no HTTPRoute says which host the ingress answers to.');
  return host;
}

function identityFiles(
  mesh: Authority,
  pod: SidecarSettings['pod'],
  write: (name: string, text: string) => string,
): { certificate: string; key: string } {
  // The service account of each Deployment has the Deployment's name.
  const { certificate, key } = mesh.issue({ uri: `spiffe://cluster.local/ns/${pod.namespace}/sa/${pod.name}` });
  return { certificate: write(`${pod.name}/mesh.pem`, certificate), key: write(`${pod.name}/mesh.key`, key) };
}

async function reloadSidecar(sidecar: Running): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${sidecar.started.admin}/reload`, { method: 'POST' });
  if (!response.ok) throw new Error(`${sidecar.name}: ${(await response.text()).trim()}`);
}
