import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { KubernetesObject } from '../kubernetes/api-client.ts';
import { prepare, valuesOfAzure } from '../kubernetes/apply-tree.ts';
import { type ControlPlane, startControlPlane } from '../kubernetes/control-plane.ts';
import { installDefinitions } from '../kubernetes/custom-resources.ts';
import { startFlux } from '../kubernetes/flux.ts';
import { type GitServer, startGitServer } from '../kubernetes/git-server.ts';
import { writeLandingZone } from '../kubernetes/landing-zone.ts';
import { addNodes } from '../kubernetes/nodes-without-machines.ts';
import { treeObject } from '../kubernetes/objects-of-tree.ts';
import { nodeOf, poolsOf } from '../kubernetes/pools.ts';
import { until } from '../kubernetes/process.ts';
import { objectsServed, pathOf } from '../kubernetes/served.ts';
import { allObjects, treeOf } from '../kubernetes/tree.ts';

/**
 * Flux's own controllers bring the tree into an empty cluster and keep it there. The source is a git repository on loopback, and
 * everything is looked at each ten seconds, where the tree has minutes: patches at the root say so, as a user of Flux would.
 */
const written = writeLandingZone();
const tree = treeOf(written, valuesOfAzure);
const kustomizations = '/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/flux-system/kustomizations';
const interval = '10s';
const seconds: Record<string, number> = {};
let plane: ControlPlane;
let repository: GitServer;
let first: string;

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly message: string;
}
interface Reconciled extends KubernetesObject {
  readonly status?: { readonly conditions?: readonly Condition[]; readonly lastAppliedRevision?: string };
}

const readyOf = ({ status }: Reconciled): Condition | undefined =>
  status?.conditions?.find(({ type }) => type === 'Ready');

async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  const started = performance.now();
  const result = await work();
  seconds[what] = Math.round((performance.now() - started) / 100) / 10;
  return result;
}

/** Waits until every Kustomization is ready at a commit. */
async function reconciled(commit: string): Promise<void> {
  const names = ['root', ...tree.layers.map(({ name }) => name)];
  await until(
    `${names.length} layers at ${commit.slice(0, 8)}`,
    async () => {
      const { items = [] } = (await plane.api.get(kustomizations)).body as { items?: readonly Reconciled[] };
      const told = names.flatMap((name) => {
        const one = items.find(({ metadata }) => metadata.name === name);
        if (one === undefined) return [`${name}: not there`];
        const isDone = readyOf(one)?.status === 'True' && one.status?.lastAppliedRevision?.endsWith(commit);
        return isDone ? [] : [`${name}: ${readyOf(one)?.message ?? 'no word'}`];
      });
      if (told.length > 0) throw new Error(told.join('\n'));
      return true;
    },
    { seconds: 180, every: 500 },
  );
}

beforeAll(async () => {
  plane = await startControlPlane();
  await installDefinitions(plane);
  await plane.startControllers();
  await plane.startScheduler();
  await addNodes(
    plane,
    poolsOf(written).flatMap((pool) => Array.from({ length: pool.count }, (_, index) => nodeOf(pool, index))),
  );
  await prepare(plane);
  const home = path.join(plane.folder, 'repositories');
  mkdirSync(home);
  repository = await startGitServer(home);
  cpSync(tree.folder, repository.folder, { recursive: true });
  first = repository.commit('The landing zone');
  await startFlux(plane);
});
afterAll(async () => {
  console.log(`seconds, with an interval of ${interval}: ${JSON.stringify(seconds)}`);
  await plane?.stop();
  await repository?.stop();
  written.remove();
});

/** What Azure's configuration makes in the cluster: the source, and the root as the extension's own account. */
const configuration = (url: string): readonly KubernetesObject[] => [
  {
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'GitRepository',
    metadata: { name: 'cluster', namespace: 'flux-system' },
    spec: { url, interval, ref: { branch: 'main' } },
  },
  {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name: 'root', namespace: 'flux-system' },
    spec: {
      interval,
      retryInterval: interval,
      timeout: '2m',
      path: './',
      prune: true,
      serviceAccountName: 'flux-applier',
      sourceRef: { kind: 'GitRepository', name: 'cluster' },
      postBuild: { substitute: valuesOfAzure },
      patches: [
        ['/spec/sourceRef/kind', 'GitRepository'],
        ['/spec/interval', interval],
        ['/spec/retryInterval', interval],
      ].map(([field, value]) => ({
        target: { group: 'kustomize.toolkit.fluxcd.io', kind: 'Kustomization' },
        patch: JSON.stringify([{ op: 'replace', path: field, value }]),
      })),
    },
  },
];

const read = async (object: KubernetesObject) => plane.api.get<KubernetesObject>(await pathOf(plane, object));

/** What must not move while a commit is refused. */
async function stateOf(object: KubernetesObject): Promise<unknown> {
  const { metadata, spec } = (await read(object)).body;
  return { uid: metadata.uid, generation: metadata.generation, spec };
}

/** Edits a file of the repository; the edit must find its place. */
function edit(file: string, change: (text: string) => string): void {
  const target = path.join(repository.folder, file);
  const before = readFileSync(target, 'utf8');
  const after = change(before);
  expect(after, file).not.toBe(before);
  writeFileSync(target, after);
}

/** Waits until a layer says why it is not ready, with this text. */
async function refusal(layer: string, text: string): Promise<string> {
  return until(
    `refusal of ${layer}`,
    async () => {
      const ready = readyOf((await plane.api.get<Reconciled>(`${kustomizations}/${layer}`)).body);
      return ready?.status === 'False' && ready.message.includes(text) ? ready.message : undefined;
    },
    { seconds: 60, every: 500 },
  );
}

describe('the Flux loop', () => {
  const policy = treeObject(tree, 'NetworkPolicy', 'deny-by-default', 'a0005-i');
  const deployment = treeObject(tree, 'Deployment', 'web-frontend');
  const budget = treeObject(tree, 'PodDisruptionBudget', 'web-frontend');

  test('brings the whole tree up from an empty cluster', async () => {
    await timed('first reconcile', async () => {
      for (const object of configuration(repository.url)) {
        const place = await pathOf(plane, object);
        const made = await plane.api.send('POST', place.slice(0, place.lastIndexOf('/')), object);
        expect([made.status, made.body.message]).toEqual([201, undefined]);
      }
      await reconciled(first);
    });
    expect((await objectsServed(plane, allObjects(tree))).size).toBe(allObjects(tree).length);
  });

  test('puts back what was deleted by hand', async () => {
    expect((await plane.api.send('DELETE', await pathOf(plane, policy))).status).toBe(200);
    await timed('deleted object restored', () =>
      until('restored policy', async () => ((await read(policy)).status === 200 ? true : undefined), { every: 100 }),
    );
  });

  test('puts back what was changed by hand', async () => {
    const { body } = await read(deployment);
    const replicas = async () => ((await read(deployment)).body.spec as { replicas: number }).replicas;
    const before = await replicas();
    const changed = { ...body, spec: { ...(body.spec as object), replicas: before - 1 } };
    expect((await plane.api.send('PUT', await pathOf(plane, deployment), changed)).status).toBe(200);
    await timed('changed object restored', () =>
      until('restored replicas', async () => ((await replicas()) === before ? true : undefined), { every: 100 }),
    );
  });

  test('removes what a commit takes out', async () => {
    const file = 'a0005-i.pod-disruption-budget.web-frontend.yaml';
    rmSync(path.join(repository.folder, 'layers/workload', file));
    edit('layers/workload/kustomization.yaml', (text) => text.replace(new RegExp(`.*${file}\n?`), ''));
    repository.commit('Without its budget');
    await timed('removed object pruned', () =>
      until('pruned budget', async () => ((await read(budget)).status === 404 ? true : undefined), { every: 100 }),
    );
    await reconciled(repository.restore(first));
    expect((await read(budget)).status).toBe(200);
  });

  test('refuses a commit that the API server refuses, and the live object stays as it is', async () => {
    const before = await stateOf(policy);
    const file = 'layers/namespaces/a0005-i.network-policy.deny-by-default.yaml';
    edit(file, (text) => text.replace('- Egress', '- Sideways'));
    repository.commit('A direction that there is not');
    const message = await timed('bad commit refused', () => refusal('namespaces', 'deny-by-default'));
    expect(message).toContain('policyTypes');
    expect(await stateOf(policy)).toEqual(before);
  });

  test('refuses a commit that a rule of admission refuses, and the live object stays as it is', async () => {
    await reconciled(repository.restore(first));
    const before = await stateOf(deployment);
    const file = 'layers/workload/a0005-i.deployment.web-frontend.yaml';
    edit(file, (text) => text.replace(/image: .*/, 'image: docker.io/library/nginx:latest'));
    repository.commit('An image from somewhere');
    const rule = 'images-come-from-the-live-registry';
    expect(await timed('hostile commit refused', () => refusal('workload', rule))).toContain('web-frontend');
    expect(await stateOf(deployment)).toEqual(before);
  });

  test('is well again after the commits are taken back', async () => {
    await timed('well again', () => reconciled(repository.restore(first)));
  });
});
