import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { podAssignments } from '../../../src/blueprint/policy/cluster-assignments.ts';
import type { KubernetesObject } from '../kubernetes/api-client.ts';
import { valuesOfAzure } from '../kubernetes/apply-tree.ts';
import { constraintsOf, modelled } from '../kubernetes/constraints.ts';
import { type ControlPlane, startControlPlane } from '../kubernetes/control-plane.ts';
import { installDefinitions } from '../kubernetes/custom-resources.ts';
import { startGatekeeper } from '../kubernetes/gatekeeper.ts';
import { writeLandingZone } from '../kubernetes/landing-zone.ts';
import { changedBy, podOf, set, treeObject, without } from '../kubernetes/objects-of-tree.ts';
import { until } from '../kubernetes/process.ts';
import { collectionOf } from '../kubernetes/served.ts';
import { allObjects, treeOf } from '../kubernetes/tree.ts';

/**
 * Gatekeeper's real admission webhook with the constraints that the policy add-on would make of the assignments: the pattern of images, the limits, the
 * ports are those of the blueprint. The tree's own admission policies are not here, so that it is Gatekeeper who refuses.
 */
const written = writeLandingZone();
const tree = treeOf(written, valuesOfAzure);
const good = podOf(tree, 'web-frontend');
const [container] = (good.spec as { containers: { image: string; securityContext: unknown }[] }).containers;
const registry = container?.image.split('/').slice(0, 2).join('/') ?? '';
const assignments = podAssignments([registry]).filter(({ name }) => modelled.includes(name));
let plane: ControlPlane;

const send = async (object: KubernetesObject, dry: boolean) => {
  const at = await collectionOf(plane, object.apiVersion, object.kind, object.metadata.namespace);
  return plane.api.send('POST', `${at}${dry ? '?dryRun=All' : ''}`, object);
};

beforeAll(async () => {
  plane = await startControlPlane();
  await installDefinitions(plane);
  await plane.startControllers();
  const kinds = ['Namespace', 'ServiceAccount', 'PriorityClass'];
  const needed = allObjects(tree).filter(
    ({ kind, metadata }) => kinds.includes(kind) && metadata.namespace !== 'flux-system',
  );
  for (const kind of kinds)
    for (const one of needed.filter((object) => object.kind === kind)) {
      const { status, body } = await send(one, false);
      if (status !== 201 && status !== 409) throw new Error(`${one.metadata.name}: ${body.message}`);
    }
  await startGatekeeper(plane);
  const pairs = assignments.map(({ name, parameters = {} }) => constraintsOf({ name, parameters }));
  for (const [template] of pairs) expect((await send(template, false)).status).toBe(201);
  await until(
    'kinds of constraints',
    async () => {
      const { body } = await plane.api.get('/apis/constraints.gatekeeper.sh/v1beta1');
      const served = ((body.resources ?? []) as readonly { readonly kind: string }[]).map(({ kind }) => kind);
      return pairs.every(([, { kind }]) => served.includes(kind)) ? true : undefined;
    },
    { seconds: 120 },
  );
  for (const [, constraint] of pairs) expect((await send(constraint, false)).status).toBe(201);
}, 400_000);
afterAll(async () => {
  await plane?.stop();
  written.remove();
});

const service = (name: string, more: object, annotations = {}): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'a0005-i', annotations },
  spec: { selector: { app: 'x' }, ports: [{ port: 443 }], ...more },
});
const ingress = (tls: object): KubernetesObject => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name: 'conformance', namespace: 'a0005-i' },
  spec: { ...tls, defaultBackend: { service: { name: 'web-frontend', port: { number: 80 } } } },
});
const internal = { 'service.beta.kubernetes.io/azure-load-balancer-internal': 'true' };
const image = 'spec.containers.0.image';
const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

/** What, by which assignment, hostile, mended. */
const rows: readonly (readonly [what: string, by: string, hostile: KubernetesObject, mended: KubernetesObject])[] = [
  [
    'an image of somebody else’s registry',
    'images-from-the-live-registry',
    changedBy(good, set(image, `docker.example/live/a0005/chain@${digest}`)),
    good,
  ],
  [
    'a registry whose name ends like ours',
    'images-from-the-live-registry',
    changedBy(good, set(image, `evil.example/${registry}/a0005/chain@${digest}`)),
    good,
  ],
  [
    'a tag instead of a digest',
    'images-from-the-live-registry',
    changedBy(good, set(image, `${registry}/a0005/chain:1.0.0`)),
    good,
  ],
  [
    'a first container from elsewhere',
    'images-from-the-live-registry',
    changedBy(
      good,
      set('spec.initContainers', [
        {
          name: 'first',
          image: 'first',
          resources: { limits: { cpu: '1m', memory: '1Mi' } },
          securityContext: container?.securityContext,
        },
      ]),
    ),
    good,
  ],
  [
    'a container that writes into its image',
    'pods-write-no-root-file-system',
    changedBy(good, without('spec.containers.0.securityContext.readOnlyRootFilesystem')),
    good,
  ],
  [
    'a container without limits',
    'pods-have-limits',
    changedBy(good, without('spec.containers.0.resources.limits.memory')),
    good,
  ],
  ['a pod without a scope', 'pods-have-a-scope', changedBy(good, without('metadata.labels.pci-scope')), good],
  [
    'a pod that mounts a token',
    'pods-mount-no-credentials',
    changedBy(good, set('spec.automountServiceAccountToken', true)),
    good,
  ],
  [
    'a load balancer for the Internet',
    'load-balancers-are-internal',
    service('lb', { type: 'LoadBalancer' }),
    service('lb', { type: 'LoadBalancer' }, internal),
  ],
  [
    'an external address',
    'services-have-no-external-addresses',
    service('ip', { externalIPs: ['203.0.113.9'] }),
    service('ip', {}),
  ],
  [
    'a port of its own',
    'services-listen-on-known-ports',
    service('port', { ports: [{ port: 31337 }] }),
    service('port', {}),
  ],
  [
    'an ingress without TLS',
    'ingress-takes-https-only',
    ingress({}),
    ingress({ tls: [{ hosts: ['a.example'], secretName: 'x' }] }),
  ],
];

describe('Gatekeeper refuses', () => {
  test('by a constraint for each assignment that is modelled here', () => {
    expect(assignments.map(({ name }) => name).sort()).toEqual([...modelled].sort());
    expect(new Set(rows.map(([, by]) => by))).toEqual(new Set(modelled));
    expect(treeObject(tree, 'Deployment', 'web-frontend')).toBeDefined();
  });

  test.each(rows)('%s (%s)', async (_what, by, hostile, mended) => {
    // A constraint is enforced soon after it is there.
    const refused = await until(
      `refusal by ${by}`,
      async () => {
        const answer = await send(hostile, true);
        return answer.status === 403 ? answer : undefined;
      },
      { seconds: 60 },
    );
    expect(refused.body.message).toContain(`[${by}]`);
    const accepted = await send(mended, true);
    expect([accepted.status, accepted.body.message]).toEqual([201, undefined]);
  });

  test('nothing in namespaces that AKS owns', async () => {
    const there = {
      ...changedBy(good, set(image, 'anything'), without('spec.serviceAccountName')),
      metadata: { name: 'theirs', namespace: 'kube-system' },
    } as KubernetesObject;
    expect((await send(there, true)).status).toBe(201);
  });
});
