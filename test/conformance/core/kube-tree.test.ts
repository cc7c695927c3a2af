import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applyTree, prepare, valuesOfAzure } from '../kubernetes/apply-tree.ts';
import { type ControlPlane, startControlPlane } from '../kubernetes/control-plane.ts';
import { installDefinitions } from '../kubernetes/custom-resources.ts';
import { type Written, writeLandingZone } from '../kubernetes/landing-zone.ts';
import { objectsServed } from '../kubernetes/served.ts';
import { allObjects, type Tree, treeOf } from '../kubernetes/tree.ts';

/**
 * The GitOps tree of the default landing zone, as `synth` writes it, on a real API server with the kinds that AKS's add-ons bring.
 * Each layer is applied by the account that Flux applies it as, with no right but what the tree gives.
 */
let plane: ControlPlane;
let written: Written;
let tree: Tree;

beforeAll(async () => {
  written = writeLandingZone();
  tree = treeOf(written, valuesOfAzure);
  plane = await startControlPlane();
  console.log(`${await installDefinitions(plane)} kinds of add-ons and extensions installed`);
  await prepare(plane);
});
afterAll(async () => {
  await plane?.stop();
  written?.remove();
});

describe('the tree of the default landing zone', () => {
  test('is applied without an error and without a warning', async () => {
    const done = await applyTree(plane, tree);
    expect(done.map(({ layer }) => layer)).toEqual(['flux', ...tree.layers.map(({ name }) => name)]);
    expect(done.filter(({ status, errors }) => status !== 0 || errors !== '')).toEqual([]);
    console.log(countsOf(tree));
  });

  test('is all there, and a second time nothing changes', async () => {
    const before = await objectsServed(plane, allObjects(tree));
    expect(before.size).toBe(allObjects(tree).length);
    const done = await applyTree(plane, tree);
    expect(done.filter(({ status, errors }) => status !== 0 || errors !== '')).toEqual([]);
    const after = await objectsServed(plane, allObjects(tree));
    const changed = [...before].filter(([key, content]) => after.get(key) !== content).map(([key]) => key);
    expect(changed).toEqual([]);
  });
});

function countsOf({ cluster, root, layers }: Tree): string {
  const all = [{ name: 'flux', objects: root }, ...layers];
  const lines = all.map(({ name, objects }) => {
    const kinds = new Map<string, number>();
    for (const { kind } of objects) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    const text = [...kinds].map(([kind, count]) => `${count} ${kind}`).join(', ');
    return `  ${name.padEnd(16)} ${String(objects.length).padStart(3)}  ${text}`;
  });
  const total = all.reduce((sum, { objects }) => sum + objects.length, 0);
  return [`${cluster}: ${total} objects in ${all.length} layers`, ...lines].join('\n');
}
