import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Repository } from '../../../src/azure/registry.ts';
import { configurationArtifact, pushConfiguration } from '../../../src/supply/gitops/configuration-artifact.ts';
import { signArtifact } from '../../../src/supply/images/sign-artifact.ts';
import { openSite } from '../../supply/site.ts';
import { type KubernetesObject, mergePatch } from '../kubernetes/api-client.ts';
import { prepare, valuesOfAzure } from '../kubernetes/apply-tree.ts';
import { type ControlPlane, startControlPlane } from '../kubernetes/control-plane.ts';
import { installDefinitions } from '../kubernetes/custom-resources.ts';
import { startFlux } from '../kubernetes/flux.ts';
import { writeLandingZone } from '../kubernetes/landing-zone.ts';
import { addNodes } from '../kubernetes/nodes-without-machines.ts';
import { plainRepository } from '../kubernetes/plain-repository.ts';
import { nodeOf, poolsOf } from '../kubernetes/pools.ts';
import { until } from '../kubernetes/process.ts';
import { collectionOf, objectsServed, pathOf } from '../kubernetes/served.ts';
import { allObjects, treeOf } from '../kubernetes/tree.ts';
import { startRegistry } from '../real-node/registry.ts';

/**
 * Flux's real controllers, as AKS's extension runs them, against a real registry: the tree is released and signed by the code that releases it to Azure
 * (the key lies in a vault of local Azure), verified, applied layer by layer as the accounts that the tree names, and kept.
 */
const written = writeLandingZone();
const tree = treeOf(written, valuesOfAzure);
const files = filesBelow(tree.folder);
const repositoryName = 'gitops/cluster';
const home = 'flux-system';
let plane: ControlPlane;
let site: Awaited<ReturnType<typeof openSite>>;
let repository: Repository;

function filesBelow(folder: string): ReadonlyMap<string, string> {
  const all = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    all.map((entry) => {
      const file = path.join(entry.parentPath, entry.name);
      return [path.relative(folder, file), readFileSync(file, 'utf8')];
    }),
  );
}

/** Pushes, signs, then tags, as a release does. */
async function release(content: ReadonlyMap<string, string>, signed = true): Promise<string> {
  const artifact = configurationArtifact(content);
  await pushConfiguration(repository, artifact);
  const signer = { vault: site.vault, certificate: 'release-signing', authority: 'release-authority' };
  if (signed) await signArtifact(repository, artifact.descriptor, signer, new Date());
  await repository.pushManifest(artifact.manifest, 'released');
  return artifact.descriptor.digest;
}

const make = async (object: KubernetesObject): Promise<void> => {
  const at = await collectionOf(plane, object.apiVersion, object.kind, object.metadata.namespace);
  const { status, body } = await plane.api.send('POST', at, object);
  if (status !== 201) throw new Error(`${object.kind} ${object.metadata.name}: ${body.message}`);
};

interface Status {
  readonly conditions?: readonly { readonly type: string; readonly status: string; readonly message: string }[];
  readonly lastAppliedRevision?: string;
  readonly artifact?: { readonly revision: string };
}

async function statusOf(
  kind: 'OCIRepository' | 'Kustomization',
  name: string,
): Promise<Status & { ready: string; said: string }> {
  const group = kind === 'OCIRepository' ? 'source.toolkit.fluxcd.io/v1' : 'kustomize.toolkit.fluxcd.io/v1';
  const { body } = await plane.api.get(
    await pathOf(plane, { apiVersion: group, kind, metadata: { name, namespace: home } }),
  );
  const status = (body.status ?? {}) as Status;
  const ready = status.conditions?.find(({ type }) => type === 'Ready');
  return { ...status, ready: ready?.status ?? 'Unknown', said: ready?.message ?? '' };
}

const layerNames = tree.layers.map(({ name }) => name);

/** Waits until every layer has applied a release and is healthy; says how long that took. */
async function applied(digest: string): Promise<number> {
  const begin = performance.now();
  let open: readonly string[] = layerNames;
  const look = async (): Promise<true | undefined> => {
    const waiting: string[] = [];
    for (const name of layerNames) {
      const { ready, said, lastAppliedRevision = '' } = await statusOf('Kustomization', name);
      if (ready !== 'True' || !lastAppliedRevision.includes(digest)) waiting.push(`${name}: ${said}`);
    }
    open = waiting;
    return waiting.length === 0 ? true : undefined;
  };
  try {
    await until(`layers at ${digest.slice(7, 19)}`, look, { seconds: 120, every: 500 });
  } catch (error) {
    throw new Error(`${(error as Error).message}\n${open.join('\n')}`);
  }
  return (performance.now() - begin) / 1000;
}

const without = (name: string): ReadonlyMap<string, string> => {
  const list = path.join(path.dirname(name), 'kustomization.yaml');
  const rest = [...files].filter(([file]) => file !== name);
  return new Map(rest).set(list, (files.get(list) ?? '').replace(`  - ${path.basename(name)}\n`, ''));
};

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
  site = await openSite();
  const registry = await startRegistry(plane);
  repository = plainRepository(registry.address, repositoryName);
  const host = registry.address.replace('http://', '');
  await startFlux(plane);
  // What AKS's extension makes of the configuration in Azure.
  const authority = (await site.vault.findSecret('release-authority'))?.value ?? '';
  const trust = {
    version: '1.0',
    trustPolicies: [
      {
        name: 'cluster-configuration',
        registryScopes: [`${host}/${repositoryName}`],
        signatureVerification: { level: 'strict' },
        trustStores: ['ca:fluxcd.io'],
        trustedIdentities: ['*'],
      },
    ],
  };
  await make({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'trust', namespace: home },
    stringData: { 'ca.crt': authority, 'trustpolicy.json': JSON.stringify(trust) },
  });
  await make({
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'OCIRepository',
    metadata: { name: 'cluster', namespace: home },
    spec: {
      interval: '5s',
      url: `oci://${host}/${repositoryName}`,
      ref: { tag: 'released' },
      insecure: true,
      verify: { provider: 'notation', secretRef: { name: 'trust' } },
    },
  });
  await make({
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name: 'cluster', namespace: home },
    spec: {
      interval: '1m',
      retryInterval: '5s',
      path: './',
      prune: true,
      serviceAccountName: 'flux-applier',
      sourceRef: { kind: 'OCIRepository', name: 'cluster' },
      postBuild: { substitute: valuesOfAzure },
    },
  });
}, 600_000);
afterAll(async () => {
  await plane?.stop();
  written.remove();
});

/** What runs: what Flux itself reports in its own objects changes with each look. */
const running = () =>
  objectsServed(
    plane,
    tree.layers.flatMap(({ objects }) => objects),
  );

describe('Flux', () => {
  test('brings the whole tree up from an empty cluster, in the order of its layers', async () => {
    const seconds = await applied(await release(files));
    const served = await objectsServed(plane, allObjects(tree));
    expect(served.size).toBe(allObjects(tree).length);
    console.log(
      `${served.size} objects in ${tree.layers.length + 1} layers, from an empty cluster: ${seconds.toFixed(1)} s`,
    );
  });

  test('mends what was changed by hand', async () => {
    const policy = allObjects(tree).find(
      ({ kind, metadata }) =>
        kind === 'NetworkPolicy' && metadata.name === 'deny-by-default' && metadata.namespace === 'a0005-i',
    ) as KubernetesObject;
    const at = await pathOf(plane, policy);
    const before = (await plane.api.get<KubernetesObject>(at)).body.spec;
    expect((await plane.api.send('PATCH', at, { spec: { policyTypes: ['Ingress'] } }, mergePatch)).status).toBe(200);
    expect((await plane.api.get<KubernetesObject>(at)).body.spec).not.toEqual(before);
    const layer = await pathOf(plane, {
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      kind: 'Kustomization',
      metadata: { name: 'namespaces', namespace: home },
    });
    // Its next look, now instead of in five minutes.
    const asked = { metadata: { annotations: { 'reconcile.fluxcd.io/requestedAt': new Date().toISOString() } } };
    expect((await plane.api.send('PATCH', layer, asked, mergePatch)).status).toBe(200);
    const begin = performance.now();
    await until('mended policy', async () =>
      JSON.stringify((await plane.api.get<KubernetesObject>(at)).body.spec) === JSON.stringify(before)
        ? true
        : undefined,
    );
    console.log(`a change by hand is undone ${((performance.now() - begin) / 1000).toFixed(1)} s after the look`);
  });

  test('leaves everything as it is where a release is not signed', async () => {
    const before = await running();
    const digest = await release(new Map(files).set('unsigned.txt', 'nobody vouches for this\n'), false);
    const said = await until('refusal of the source', async () => {
      const status = await statusOf('OCIRepository', 'cluster');
      return status.ready === 'False' ? status : undefined;
    });
    expect(said.said).toMatch(/signature/i);
    expect(said.artifact?.revision).not.toContain(digest);
    expect(await running()).toEqual(before);
    console.log(`unsigned: ${said.said.slice(0, 160)}`);
  });

  test('leaves everything as it is where a release cannot be built', async () => {
    const before = await running();
    const broken = new Map(files).set('layers/segmentation/kustomization.yaml', 'resources: [not-there.yaml]\n');
    await release(broken);
    const said = await until(
      'failure of the layer',
      async () => {
        const status = await statusOf('Kustomization', 'segmentation');
        return status.ready === 'False' && status.said.includes('not-there') ? status : undefined;
      },
      { seconds: 120 },
    );
    expect(said.said).toContain('not-there.yaml');
    expect(await running()).toEqual(before);
  });

  test('gives the workload’s releases no right beyond their namespaces', async () => {
    const grab = `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: grab }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin }
subjects: [{ kind: ServiceAccount, name: reconciler-workload, namespace: flux-system }]
`;
    const list = 'layers/workload/kustomization.yaml';
    const evil = new Map(files).set('layers/workload/grab.yaml', grab).set(list, `${files.get(list)}  - grab.yaml\n`);
    await release(evil);
    const said = await until(
      'refusal of the layer',
      async () => {
        const status = await statusOf('Kustomization', 'workload');
        return status.ready === 'False' && status.said.includes('forbidden') ? status : undefined;
      },
      { seconds: 180 },
    );
    expect(said.said).toContain('reconciler-workload');
    expect((await plane.api.get('/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/grab')).status).toBe(404);
  });

  test('removes what a release no longer names', async () => {
    const name = 'layers/segmentation/a0005-o.service-entry.packages.yaml';
    expect(files.has(name)).toBe(true);
    const entry = '/apis/networking.istio.io/v1/namespaces/a0005-o/serviceentries/packages';
    expect((await plane.api.get(entry)).status).toBe(200);
    const seconds = await applied(await release(without(name)));
    expect((await plane.api.get(entry)).status).toBe(404);
    console.log(`a release that leaves one object out is applied, and the object gone, after ${seconds.toFixed(1)} s`);
  });
});
