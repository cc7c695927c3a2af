import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { wholeBlueprint } from '../../../scripts/original/blueprints.ts';
import { buildBlueprint } from '../../../src/blueprint/build.ts';
import { dayOf2021, defaultSpec, specOf2021, twoClusterSpec, twoRegionSpec } from '../../../src/blueprint/test-spec.ts';
import type { Blueprint } from '../../../src/model/blueprint.ts';
import { synthesize } from '../../../src/synth/synthesize.ts';
import { checkov, runCheckov } from '../checkov.ts';

interface Accepted {
  readonly check: string;
  readonly type: string;
  readonly names?: string;
  readonly reason: string;
  readonly decision?: string;
  readonly defect?: string;
}
const accepted = parse(readFileSync(path.join(import.meta.dirname, 'checkov-accepted.yaml'), 'utf8')) as Accepted[];

interface Failed {
  readonly check: string;
  readonly type: string;
  readonly name: string;
  readonly file: string;
}
interface Report {
  readonly passed: number;
  readonly parsingErrors: number;
  readonly resources: number;
  readonly failed: readonly Failed[];
}

const blueprints: readonly (readonly [string, Blueprint])[] = [
  ['default', wholeBlueprint(defaultSpec)],
  ['two-clusters', wholeBlueprint(twoClusterSpec)],
  ['two-regions', wholeBlueprint(twoRegionSpec)],
  ['profile-2021', buildBlueprint(specOf2021, { today: dayOf2021 })],
];

let work: string;
beforeAll(() => {
  work = mkdtempSync(path.join(tmpdir(), 'checkov-'));
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

/** Writes the templates of a blueprint, each changed by `change`, and returns their folder and how many resources they have. */
function writeTemplates(name: string, blueprint: Blueprint, change = (text: string) => text) {
  const folder = path.join(work, name);
  let resources = 0;
  for (const file of synthesize(blueprint)) {
    if (!file.path.startsWith('templates/')) continue;
    const target = path.join(folder, file.path);
    mkdirSync(path.dirname(target), { recursive: true });
    const text = change(file.text);
    // Strict JSON: checkov reports a template with comments as an error of its own, and then checks nothing.
    // A list, or by symbolic name.
    resources += Object.keys((JSON.parse(text) as { resources: object }).resources).length;
    writeFileSync(target, text);
  }
  return { folder, resources };
}

async function check(folder: string): Promise<Report> {
  const report = await runCheckov('arm', folder);
  return {
    ...report,
    failed: report.failed.map(({ check, resource, file }) => {
      // `Microsoft.Network/virtualNetworks.vnet-a`: the type has no dot after its namespace.
      const [, type = '', name = ''] = /^(Microsoft\.[^.]+(?:\.[^.]+\/)?[^.]*)\.(.+)$/.exec(resource) ?? [];
      return { check, type, name, file };
    }),
  };
}

const covers = (one: Accepted, failed: Failed): boolean =>
  one.check === failed.check && one.type === failed.type && new RegExp(one.names ?? '').test(failed.name);

describe('checkov over every template', () => {
  const used = new Set<Accepted>();

  test.each(blueprints)('%s: what it finds is mended, or accepted with a reason', async (name, blueprint) => {
    const { folder, resources } = writeTemplates(name, blueprint);
    const report = await check(folder);
    console.log(
      `checkov, ${name}: ${report.resources} resources, ${report.passed} checks passed, ${report.failed.length} failed, ${report.parsingErrors} errors`,
    );
    expect(report.parsingErrors).toBe(0);
    expect(report.resources).toBeGreaterThanOrEqual(resources);
    expect(report.passed).toBeGreaterThan(150);
    for (const one of accepted) if (report.failed.some((failed) => covers(one, failed))) used.add(one);
    expect(report.failed.filter((failed) => !accepted.some((one) => covers(one, failed)))).toEqual([]);
  });

  test('every accepted entry is still needed, says why, and names a decision that there is, or a defect', () => {
    expect(accepted.filter((one) => !used.has(one))).toEqual([]);
    const decisions = new Set(
      blueprints.flatMap(([, { parts }]) => parts.flatMap((part) => part.decisions.map(({ id }) => id))),
    );
    for (const one of accepted) {
      expect(one.reason.length, one.check).toBeGreaterThan(40);
      expect(one.decision ?? one.defect, one.check).toBeDefined();
      if (one.decision !== undefined) expect(decisions).toContain(one.decision);
    }
  });

  test('what it reads of our types is what the list says for which every setting needs a decision', async () => {
    const [, blueprint] = blueprints[0] as (typeof blueprints)[number];
    const { folder } = writeTemplates('reads', blueprint);
    const script = path.resolve(import.meta.dirname, '../checkov-reads.py');
    const python = path.join(path.dirname(checkov), 'python');
    const { stdout } = await promisify(execFile)(python, [script, folder], { maxBuffer: 64 << 20 });
    const listed = readFileSync(path.resolve(import.meta.dirname, '../../referee/checkov-reads.json'), 'utf8');
    expect(JSON.parse(stdout), `run ${python} ${script} FOLDER`).toEqual(JSON.parse(listed));
  });

  test('it sees a weakness that is put in', async () => {
    const [, blueprint] = blueprints[0] as (typeof blueprints)[number];
    const { folder } = writeTemplates('weakened', blueprint, (text) =>
      text
        .replaceAll('"enablePurgeProtection": true', '"enablePurgeProtection": false')
        .replaceAll('"adminUserEnabled": false', '"adminUserEnabled": true'),
    );
    const found = (await check(folder)).failed.map((failed) => `${failed.check} ${failed.type}`);
    expect(found).toContain('CKV_AZURE_110 Microsoft.KeyVault/vaults');
    expect(found).toContain('CKV_AZURE_137 Microsoft.ContainerRegistry/registries');
  });
});
