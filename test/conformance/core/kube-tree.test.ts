import { readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ControlPlane, startControlPlane } from '../kubernetes/control-plane.ts';
import { installDefinitions } from '../kubernetes/custom-resources.ts';

/** The tree of the landing zone, as a real API server takes it. */
const folder = path.resolve(import.meta.dirname, '../../../workload/manifests');
let plane: ControlPlane;
beforeAll(async () => {
  plane = await startControlPlane();
  console.log(`${await installDefinitions(plane)} kinds of add-ons and extensions`);
});
afterAll(() => plane?.stop());

test('applies without error or warning, and a second time nothing changes', async () => {
  await plane.kubectl(['create', 'namespace', 'aks-istio-system']);
  for (const layer of readdirSync(folder)) {
    const done = await plane.kubectl(['apply', '--server-side', '-f', path.join(folder, layer, 'namespace.yaml')]);
    console.log(layer, done);
  }
  const done = await plane.kubectl(['apply', '--server-side', '-R', '-f', folder]);
  expect(done.errors).toBe('');
  expect(done.status).toBe(0);
});
