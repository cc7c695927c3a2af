import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { runCheckov } from '../checkov.ts';
import { valuesOfAzure } from '../kubernetes/apply-tree.ts';
import { type Written, writeLandingZone } from '../kubernetes/landing-zone.ts';
import { allObjects, treeOf } from '../kubernetes/tree.ts';

/** checkov over the GitOps tree: what it finds is mended, or accepted with a reason in checkov-tree-accepted.yaml. */
interface Accepted {
  readonly check: string;
  readonly objects: string;
  readonly reason: string;
}
const accepted = parse(
  readFileSync(path.join(import.meta.dirname, 'checkov-tree-accepted.yaml'), 'utf8'),
) as readonly Accepted[];
const written: Written = writeLandingZone();
const tree = treeOf(written, valuesOfAzure);
afterAll(() => written.remove());

const covers = (one: Accepted, failed: { readonly check: string; readonly resource: string }): boolean =>
  one.check === failed.check && new RegExp(one.objects).test(failed.resource);

describe('checkov over the GitOps tree', () => {
  const used = new Set<Accepted>();

  test('what it finds is mended, or accepted with a reason', async () => {
    const report = await runCheckov('kubernetes', tree.folder);
    const { passed, failed, resources, parsingErrors } = report;
    console.log(
      `checkov: ${resources} objects, ${passed} checks passed, ${failed.length} failed, ${parsingErrors} errors`,
    );
    expect(parsingErrors).toBe(0);
    expect(resources).toBeGreaterThanOrEqual(allObjects(tree).length);
    expect(passed).toBeGreaterThan(400);
    for (const one of accepted) if (failed.some((each) => covers(one, each))) used.add(one);
    expect(failed.filter((each) => !accepted.some((one) => covers(one, each)))).toEqual([]);
  });

  test('every accepted entry is still needed and says why', () => {
    expect(accepted.filter((one) => !used.has(one))).toEqual([]);
    for (const { reason, check } of accepted) expect(reason.length, check).toBeGreaterThan(40);
  });

  test('it sees a weakness that is put in', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'weakened-'));
    try {
      cpSync(path.join(tree.folder, 'layers', 'workload'), folder, { recursive: true });
      const file = path.join(folder, 'a0005-i.deployment.web-frontend.yaml');
      writeFileSync(file, readFileSync(file, 'utf8').replace('allowPrivilegeEscalation: false', 'privileged: true'));
      const found = (await runCheckov('kubernetes', folder)).failed.map(({ check }) => check);
      // "Container should not be privileged", "Containers should not run with allowPrivilegeEscalation".
      expect(found).toEqual(expect.arrayContaining(['CKV_K8S_16', 'CKV_K8S_20']));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
