import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Measured } from '../../../workload/local/measure.ts';
import { roles } from '../../../workload/service/roles.ts';
import type { KubernetesObject } from '../kubernetes/api-client.ts';
import { type ControlPlane, startControlPlane } from '../kubernetes/control-plane.ts';
import { installDefinitions } from '../kubernetes/custom-resources.ts';
import { isReady } from '../kubernetes/nodes-without-machines.ts';
import { until } from '../kubernetes/process.ts';
import { sandboxImage, workloadImage } from './images.ts';
import { loadPage, measureRows } from './measure.ts';
import { layCables, nodeAddresses, startOutside } from './network.ts';
import { enforce } from './network-policy-enforcer.ts';
import { startNode } from './node.ts';
import { startRegistry } from './registry.ts';
import { startServiceProxy } from './service-proxy.ts';
import { applyWorkload, namespaces } from './workload.ts';

/**
 * The workload as real pods on two real nodes. Runs as the first process of namespaces of its own (real-node.test.ts makes them), so
 * that nothing of it outlives it. Arguments: the file for the results, and how the names of control groups begin.
 */
export interface Results {
  readonly rows: readonly Measured[];
  readonly page: { readonly status: number; readonly calls: readonly Measured[] };
  /** Rows while microservice-b may reach the Internet on 443 by NetworkPolicy, and after that policy was taken away again. */
  readonly opened: readonly Measured[];
  readonly closed: readonly Measured[];
  /** Which node each pod ran on. */
  readonly placed: Readonly<Record<string, string>>;
  readonly seconds: Readonly<Record<string, number>>;
}

const [, , resultFile, controlGroups] = process.argv;
if (resultFile === undefined || controlGroups === undefined) throw new Error('usage: run.ts <result file> <prefix>');
// Below the result, whose folder outlives this process and its mounts.
const folder = path.dirname(resultFile);
const clusterDns = '172.16.0.10';
const seconds: Record<string, number> = {};
/** Row "microservice-b → packages.microsoft.com" hangs on one layer, NetworkPolicy (workload/expected-matrix.ts): this opens it. */
const opening = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'conformance-opening', namespace: roles['microservice-b'].namespace },
  spec: {
    podSelector: { matchLabels: { 'app.kubernetes.io/name': 'microservice-b' } },
    policyTypes: ['Egress'],
    egress: [
      {
        to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'] } }],
        ports: [{ protocol: 'TCP', port: 443 }],
      },
    ],
  },
};

async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  const started = performance.now();
  const result = await work();
  seconds[what] = Math.round((performance.now() - started) / 100) / 10;
  process.stdout.write(`${what}: ${seconds[what]} s\n`);
  return result;
}

layCables();
const plane = await timed('control plane', () => startControlPlane({ folder }));
let failed = true;
try {
  await installDefinitions(plane);
  await plane.startControllers();
  await plane.startScheduler();
  const registry = await startRegistry(plane);
  const chain = await timed('images', async () => {
    const image = await workloadImage();
    await registry.push('live/a0005/chain', image.archive, 'conformance');
    await registry.push('pause', sandboxImage().archive, 'conformance');
    return image;
  });
  await timed('two nodes', async () => {
    for (const [index, scope] of ['in-scope', 'out-of-scope'].entries()) {
      await startNode(plane, {
        name: `node-${scope}`,
        controlGroup: `${controlGroups}-${scope}`,
        address: nodeAddresses[index] ?? '',
        labels: { 'pci-scope': scope },
        taints: [`pci-scope=${scope}:NoSchedule`],
        podNetwork: `10.244.${index + 1}.0/24`,
        ports: { kubelet: 10250 + index, health: 10350 + index, streaming: 10450 + index },
        clusterDns,
        registry: registry.address,
        sandboxImage: 'registry.conformance/pause:conformance',
      });
    }
    await startServiceProxy(plane, 'node-in-scope');
  });
  const webAuthority = await startOutside();
  const placed = await timed('pods', async () => {
    await applyWorkload(plane, `registry.conformance/live/a0005/chain@${chain.digest}`, webAuthority);
    return readyPods(plane);
  });
  await enforceAll(plane);
  // Rules of kube-proxy come with the next look at its endpoints: what is measured is what two looks agree on.
  const rows = await timed('20 calls, until two rounds agree', () => settledRows(plane));
  const page = await timed('page', () => loadPage(plane));
  const opened = await timed('one policy added', async () => {
    await mustSend(
      plane,
      'POST',
      `/apis/networking.k8s.io/v1/namespaces/${opening.metadata.namespace}/networkpolicies`,
      opening,
    );
    await enforceAll(plane);
    return measureRows(plane);
  });
  const closed = await timed('one policy removed', async () => {
    const { namespace, name } = opening.metadata;
    await mustSend(plane, 'DELETE', `/apis/networking.k8s.io/v1/namespaces/${namespace}/networkpolicies/${name}`);
    await enforceAll(plane);
    return measureRows(plane);
  });
  const results: Results = { rows, page, opened, closed, placed, seconds };
  writeFileSync(resultFile, JSON.stringify(results));
  failed = false;
} finally {
  if (failed) await tellWhatIsWrong(plane);
  await plane.stop();
}
process.exit(0);

async function settledRows(of: ControlPlane): Promise<readonly Measured[]> {
  const text = (rows: readonly Measured[]): string =>
    JSON.stringify(rows.map(({ caller, target, success }) => [caller, target, success]));
  let before = await measureRows(of);
  for (let round = 0; round < 6; round++) {
    const now = await measureRows(of);
    if (text(now) === text(before)) return now;
    before = now;
  }
  throw new Error('The rows do not settle.');
}

async function list(of: ControlPlane, path: string): Promise<readonly KubernetesObject[]> {
  const { status, body } = await of.api.get(path);
  if (status !== 200) throw new Error(`${path}: ${body.message}`);
  return body.items ?? [];
}

/** Rules of the kernel for what the API server holds now. */
async function enforceAll(of: ControlPlane): Promise<void> {
  enforce({
    namespaces: await list(of, '/api/v1/namespaces'),
    pods: await list(of, '/api/v1/pods'),
    policies: await list(of, '/apis/networking.k8s.io/v1/networkpolicies'),
  });
}

/** Waits until every pod of the workload is ready. */
async function readyPods(of: ControlPlane): Promise<Readonly<Record<string, string>>> {
  return until(
    'ready pods',
    async () => {
      const pods = (await list(of, '/api/v1/pods')).filter(({ metadata }) =>
        (namespaces as readonly string[]).includes(metadata.namespace ?? ''),
      );
      if (pods.length < 5 || !pods.every(isReady)) return undefined;
      return Object.fromEntries(
        pods.map(({ metadata, spec }) => [metadata.name, (spec as { nodeName: string }).nodeName]),
      );
    },
    { seconds: 240, every: 1_000 },
  );
}

async function mustSend(of: ControlPlane, method: string, path: string, body?: unknown): Promise<void> {
  const answer = await of.api.send(method, path, body);
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.body.message}`);
}

/** What an engineer would ask first. */
async function tellWhatIsWrong(of: ControlPlane): Promise<void> {
  for (const args of [
    ['get', 'nodes,pods', '-A', '-o', 'wide'],
    ['get', 'events', '-A', '--sort-by=.lastTimestamp'],
  ]) {
    const { output, errors } = await of.kubectl(args);
    process.stderr.write(`${output}${errors}\n`);
  }
}
