import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Answer, KubernetesObject } from '../kubernetes/api-client.ts';
import { applyTree, prepare, valuesOfAzure } from '../kubernetes/apply-tree.ts';
import { type ControlPlane, startControlPlane } from '../kubernetes/control-plane.ts';
import { installDefinitions } from '../kubernetes/custom-resources.ts';
import { hostileObjects } from '../kubernetes/hostile/objects.ts';
import { type Written, writeLandingZone } from '../kubernetes/landing-zone.ts';
import { until } from '../kubernetes/process.ts';
import { pathOf } from '../kubernetes/served.ts';
import { treeOf } from '../kubernetes/tree.ts';

/** What a cluster with our tree refuses: each object is sent to a real API server, as it is and mended. Nothing of it is kept. */
const written: Written = writeLandingZone();
const tree = treeOf(written, valuesOfAzure);
const rows = hostileObjects(tree);
let plane: ControlPlane;

beforeAll(async () => {
  plane = await startControlPlane();
  await installDefinitions(plane);
  await plane.startControllers();
  await prepare(plane);
  const failed = (await applyTree(plane, tree)).filter(({ status }) => status !== 0);
  expect(failed).toEqual([]);
  // Until quotas have been counted, everything in their namespaces is refused.
  await until('counted quotas', async () => {
    const { items = [] } = (await plane.api.get('/api/v1/resourcequotas')).body;
    return items.every(({ status }) => (status as { hard?: unknown }).hard !== undefined) ? true : undefined;
  });
});
afterAll(async () => {
  await plane?.stop();
  written.remove();
});

/** Sends an object as a user would: anew, or in place of the one that is there. Dry: the API server does all but keep it. */
async function tryToWrite(object: KubernetesObject, as: string | undefined): Promise<Answer> {
  const path = await pathOf(plane, object);
  const { status, body } = await plane.api.get<KubernetesObject>(path);
  const client = as === undefined ? plane.api : plane.api.as(as);
  const flags = '?dryRun=All&fieldValidation=Strict';
  if (status !== 200) return client.send('POST', `${path.slice(0, path.lastIndexOf('/'))}${flags}`, object);
  const { resourceVersion } = body.metadata;
  return client.send('PUT', `${path}${flags}`, { ...object, metadata: { ...object.metadata, resourceVersion } });
}

describe('what must not come in', () => {
  test('at least 40 objects, each wrong in its own way', () => {
    const wrongs = new Set(rows.map(({ hostile, as }) => JSON.stringify([hostile, as])));
    console.log(`${rows.length} hostile objects`);
    expect(wrongs.size).toBe(rows.length);
    expect(rows.length).toBeGreaterThanOrEqual(40);
  });

  test.each(rows.map((row) => [row.what, row] as const))(
    '%s',
    async (_, { hostile, mended, refusedBy, as, mendedAs }) => {
      const refused = await tryToWrite(hostile, as);
      expect(refused.body.message, 'the hostile object').toEqual(expect.any(String));
      // 422: a ValidatingAdmissionPolicy says "Invalid" where it names no other reason.
      expect([403, 422], refused.body.message).toContain(refused.status);
      for (const text of refusedBy) expect(refused.body.message).toContain(text);
      const accepted = await tryToWrite(mended, mendedAs ?? as);
      expect([accepted.status, accepted.body.message], 'the mended object').toEqual([
        expect.toBeOneOf([200, 201]),
        undefined,
      ]);
    },
  );
});
