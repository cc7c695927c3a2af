import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addOns, objectOf } from '../kubernetes/add-ons.ts';
import type { KubernetesObject } from '../kubernetes/api-client.ts';
import { applyTree, prepare, valuesOfAzure } from '../kubernetes/apply-tree.ts';
import { type ControlPlane, startControlPlane } from '../kubernetes/control-plane.ts';
import { installDefinitions } from '../kubernetes/custom-resources.ts';
import { writeLandingZone } from '../kubernetes/landing-zone.ts';
import { addNodes, isReady } from '../kubernetes/nodes-without-machines.ts';
import { changedBy, podOf, set } from '../kubernetes/objects-of-tree.ts';
import { nodeOf, poolsOf } from '../kubernetes/pools.ts';
import { until } from '../kubernetes/process.ts';
import { pathOf } from '../kubernetes/served.ts';
import { allObjects, treeOf } from '../kubernetes/tree.ts';

/**
 * Where the pods of the tree and of AKS's add-ons come to run: the real scheduler, on nodes with the labels and taints that the
 * template of the cluster gives its pools.
 */
const written = writeLandingZone();
const tree = treeOf(written, valuesOfAzure);
const pools = poolsOf(written);
/** By hand: which pool is whose, by the namespace's place in the landing zone. */
const poolOf: Readonly<Record<string, string>> = {
  'a0005-i': 'npinscope01',
  'a0005-o': 'npooscope01',
  'ingress-gateway': 'npplatform',
};
const system = pools.filter(({ mode }) => mode === 'System').map(({ name }) => name);
const untainted = pools.filter(({ nodeTaints }) => nodeTaints.length === 0).map(({ name }) => name);
let plane: ControlPlane;

interface PodSpec {
  readonly nodeName?: string;
}
interface Condition {
  readonly type: string;
  readonly reason?: string;
  readonly message?: string;
}

async function pods(): Promise<readonly KubernetesObject[]> {
  return (await plane.api.get('/api/v1/pods')).body.items ?? [];
}

/** `aks-<pool>-12345678-vmss000000` */
const poolOfPod = (pod: KubernetesObject): string => (pod.spec as PodSpec).nodeName?.split('-')[1] ?? 'pending';

beforeAll(async () => {
  plane = await startControlPlane();
  await installDefinitions(plane);
  await plane.startControllers();
  await plane.startScheduler();
  await addNodes(
    plane,
    pools.flatMap((pool) => Array.from({ length: pool.count }, (_, index) => nodeOf(pool, index))),
  );
  await prepare(plane);
  const applied = await applyTree(plane, tree);
  expect(applied.filter(({ status }) => status !== 0)).toEqual([]);
  for (const addOn of addOns) {
    const object = objectOf(addOn);
    const path = await pathOf(plane, object);
    const made = await plane.api.send('POST', path.slice(0, path.lastIndexOf('/')), object);
    expect([made.status, made.body.message]).toEqual([201, undefined]);
  }
  await until(
    'running pods',
    async () => {
      const { items = [] } = (await plane.api.get('/apis/apps/v1/deployments')).body;
      const ready = (one: KubernetesObject) =>
        ((one.status as { readyReplicas?: number }).readyReplicas ?? 0) >= (one.spec as { replicas: number }).replicas;
      return items.length > 0 && items.every(ready) ? true : undefined;
    },
    { seconds: 120, every: 1_000 },
  );
});
afterAll(async () => {
  await plane?.stop();
  written.remove();
});

describe('the pods of the tree', () => {
  test('each runs in the pool of its namespace, and nowhere else', async () => {
    const all = await pods();
    const own = all.filter(({ metadata }) => Object.hasOwn(poolOf, metadata.namespace ?? ''));
    console.log(table(all));
    expect(own.length).toBeGreaterThanOrEqual(8);
    for (const pod of own) expect(poolOfPod(pod), pod.metadata.name).toBe(poolOf[pod.metadata.namespace ?? '']);
    expect(own.every(isReady)).toBe(true);
  });

  test('agents on every node: each DaemonSet of the tree has a pod a node', async () => {
    const all = await pods();
    const nodes = (await plane.api.get('/api/v1/nodes')).body.items ?? [];
    const agents = allObjects(tree).filter(({ kind }) => kind === 'DaemonSet');
    expect(agents.map(({ metadata }) => metadata.name)).toEqual(['falco']);
    expect(nodes.length).toBeGreaterThan(2);
    for (const { metadata } of agents) {
      const own = all.filter(
        (pod) => pod.metadata.namespace === metadata.namespace && pod.metadata.name.startsWith(metadata.name),
      );
      expect(own.map((pod) => (pod.spec as PodSpec).nodeName).sort(), metadata.name).toEqual(
        nodes.map((node) => node.metadata.name).sort(),
      );
    }
  });
});

describe('the pods of the add-ons', () => {
  test.each(addOns.map((one) => [one.name, one] as const))('%s finds a pool', async (name, { runsIn }) => {
    const own = await until(`pods of ${name}`, async () => {
      const found = (await pods()).filter(({ metadata }) => metadata.labels?.['conformance/add-on'] === name);
      return found.length > 0 && found.every((pod) => poolOfPod(pod) !== 'pending') ? found : undefined;
    });
    const used = [...new Set(own.map(poolOfPod))].sort();
    if (runsIn === 'every pool') expect(used).toEqual(pools.map((pool) => pool.name).sort());
    else {
      const allowed = { 'the system pool': system, 'the platform pool': untainted }[runsIn];
      expect(allowed, `${name} runs in ${used}`).toEqual(expect.arrayContaining(used));
    }
  });
});

describe('a pod that does not belong', () => {
  /** Made in a namespace that no rule of ours looks at: here the scheduler alone is asked. */
  async function place(name: string, change: (pod: KubernetesObject) => KubernetesObject): Promise<string> {
    const base = changedBy(podOf(tree, 'web-frontend'), set('metadata', { name, namespace: 'kube-system' }));
    const bare = changedBy(base, set('spec.serviceAccountName', 'default'), set('spec.priorityClassName', ''));
    const made = await plane.api.send('POST', '/api/v1/namespaces/kube-system/pods', change(bare));
    expect([made.status, made.body.message]).toEqual([201, undefined]);
    const path = `/api/v1/namespaces/kube-system/pods/${name}`;
    return until(`word on ${name}`, async () => {
      const { body } = await plane.api.get<KubernetesObject>(path);
      if (poolOfPod(body) !== 'pending') return poolOfPod(body);
      const { conditions = [] } = body.status as { conditions?: readonly Condition[] };
      const scheduled = conditions.find(({ type }) => type === 'PodScheduled');
      return scheduled?.reason === 'Unschedulable' ? (scheduled.message ?? '') : undefined;
    });
  }

  test('one in scope without a toleration stays pending', async () => {
    const word = await place('no-toleration', set('spec.tolerations', []));
    expect(word).toContain('untolerated taint(s)');
    console.log(word);
  });

  test("one in scope with the other scope's toleration stays pending", async () => {
    const toleration = { key: 'pci-scope', operator: 'Equal', value: 'out-of-scope', effect: 'NoSchedule' };
    expect(await place('other-toleration', set('spec.tolerations', [toleration]))).toContain('untolerated taint(s)');
  });

  test('one that chooses no pool and tolerates none runs in the platform pool', async () => {
    const anywhere = (pod: KubernetesObject) =>
      changedBy(pod, set('spec.tolerations', []), set('spec.nodeSelector', {}));
    expect(untainted).toContain(await place('anywhere', anywhere));
  });

  test('as it stands in the tree it runs in its own pool', async () => {
    expect(await place('as-it-stands', (pod) => pod)).toBe(poolOf['a0005-i']);
  });
});

function table(all: readonly KubernetesObject[]): string {
  const counts = new Map<string, number>();
  for (const pod of all) {
    const owner = pod.metadata.name.replace(/(-[a-z0-9]{8,10})?-[a-z0-9]{5}$/, '');
    const key = `${`${pod.metadata.namespace}/${owner}`.padEnd(44)} ${poolOfPod(pod)}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const lines = [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, count]) => `  ${key} × ${count}`);
  return `${pools.map(({ name, count }) => `${name} (${count})`).join(', ')}\n${lines.join('\n')}`;
}
