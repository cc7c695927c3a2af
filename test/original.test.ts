import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { defaultBlueprints } from '../scripts/original/blueprints.ts';
import { faultsIn, originalPage, unmatchedIn2021 } from '../scripts/original/page.ts';
import type { OriginalRow, RowKind } from '../scripts/original/row.ts';
import { chapters } from '../scripts/original/rows.ts';

const root = path.resolve(import.meta.dirname, '..');
const blueprints = defaultBlueprints();
const rows = chapters.flatMap((chapter) => chapter.rows);
const ofKind = (kind: RowKind): readonly OriginalRow[] => rows.filter((row) => row.kind === kind);

describe('the original, piece by piece', () => {
  test('every row has a counterpart that exists, or a reason', () => {
    expect(faultsIn(blueprints)).toEqual([]);
  });

  test('in profile 2021 every row has them too, except what runs in the cluster', () => {
    const inCluster: readonly RowKind[] = ['object', 'workload'];
    expect(unmatchedIn2021(blueprints).filter(({ kind }) => !inCluster.includes(kind))).toEqual([]);
  });

  test('what profile 2021 has no counterpart for yet does not grow', () => {
    const unmatched = new Set(unmatchedIn2021(blueprints).map(({ row }) => row)).size;
    console.log(`${rows.length} rows; ${unmatched} not matched in profile 2021 yet`);
    expect(unmatched).toBeLessThanOrEqual(63);
  });

  test('no row stands twice', () => {
    const names = rows.map(({ kind, of, name, is }) => `${kind} ${of} ${name} ${is}`);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  test('a counterpart that does not exist is found', () => {
    const [part] = blueprints.current.parts.filter(({ name }) => name === 'bastion');
    const without = { ...blueprints.current, parts: blueprints.current.parts.filter((one) => one !== part) };
    const faults = faultsIn({ ...blueprints, current: without });
    expect(faults.map(({ what }) => what)).toContain('hub/eastus2/bastion is not there');
    expect(faults.map(({ what }) => what)).toContain('hub/eastus2/nsg-bastion#AllowHttpsIn is not there');
  });

  test('a counterpart that does not exist in profile 2021 is found', () => {
    const parts = blueprints.in2021.parts.filter(({ name }) => name !== 'bastion');
    const faults = unmatchedIn2021({ ...blueprints, in2021: { ...blueprints.in2021, parts } });
    expect(faults.filter(({ kind }) => kind === 'resource').map(({ what }) => what)).toContain(
      'hub/eastus2/bastion is not there',
    );
  });

  test('the page is what the generator writes', () => {
    expect(readFileSync(path.join(root, 'docs/original.md'), 'utf8'), 'run npm run generate').toBe(
      originalPage(blueprints),
    );
  });
});

/** The inventory of the original, made from its templates: what the rows must be complete against. */
const reference = path.join(
  process.env.AKS_REGULATED_REFERENCE_DIR ?? path.resolve(root, '../shared'),
  'reference/original-azure.md',
);
const hasReference = existsSync(reference);
if (!hasReference) console.warn(`skipped: the inventory of the original is not in ${reference}`);

describe.skipIf(!hasReference && process.env.CI === undefined)('against the inventory of its templates', () => {
  const text = hasReference ? readFileSync(reference, 'utf8') : '';
  /** The tables below a heading, as cells; an empty first cell is that of the row above. */
  const tableOf = (heading: string): readonly (readonly string[])[] => {
    const [, after = ''] = text.split(`\n### ${heading}`);
    const [section = ''] = after.split('\n### ');
    const [own = ''] = section.split('**HEAD differs');
    let first = '';
    return own
      .split('\n')
      .filter((line) => line.startsWith('|') && !line.startsWith('|---'))
      .map((line) =>
        line
          .slice(1, -1)
          .replaceAll('\\*', '*')
          .split('|')
          .map((cell) => cell.trim()),
      )
      .slice(1)
      .map(([group = '', ...rest]) => {
        if (group !== '') first = group;
        return [first, ...rest];
      });
  };
  const names = (kind: RowKind) => ofKind(kind).map(({ name }) => name);

  test('every rule of its security groups', () => {
    const theirs = tableOf('3.3 NSG rules').flatMap(([group = '', rule = '']) =>
      group
        .replace(' (each)', '')
        .split(', ')
        .map((one) => `${one.replace(/^…-(00|01)-/, '')} ${rule.replace(/ \(only rule\)$/, '')}`),
    );
    expect(theirs.length).toBeGreaterThan(35);
    expect(
      ofKind('security rule')
        .map(({ of, name }) => `${of} ${name}`)
        .sort(),
    ).toEqual([...theirs].sort());
  });

  test('every rule of its firewall', () => {
    const theirs = tableOf('3.4 Azure Firewall').map(([, , rule = '']) => rule.replace(/ \(Http:80.*$/, ''));
    expect(theirs).toHaveLength(19);
    expect(names('firewall rule').sort()).toEqual([...theirs].sort());
  });

  test('every subnet', () => {
    const theirs = tableOf('3.1 VNets and subnets').map(([, subnet = '']) => subnet.replace(/ \(.*$/, ''));
    expect(names('subnet').sort()).toEqual([...theirs].sort());
  });

  test('every alert', () => {
    const theirs = tableOf('4.5 Alerts').flatMap(([alert = '']) => alert.split(' / '));
    expect(theirs).toHaveLength(15);
    expect(names('alert')).toEqual(expect.arrayContaining([...theirs]));
  });

  test('every definition and assignment of policy', () => {
    const definitions = tableOf('4.1 Custom definitions').flatMap(([key = '']) =>
      key
        .replace(/ \(.*$/, '')
        .split(' / ')
        .map((one) => (one.startsWith('For') ? `EnableDefender${one}` : one)),
    );
    expect(names('policy definition').sort()).toEqual([...definitions].sort());
    // "policyAssignments ×15" in stage 1, one of stage 7, and 12 in the cluster stamp.
    expect(ofKind('policy assignment')).toHaveLength(15 + 1 + 12);
    expect(tableOf('4.3 Cluster policies')).toHaveLength(12);
  });

  test('every role assignment', () => {
    // One row of the inventory stands for four subnets, one for two roles.
    expect(ofKind('role assignment')).toHaveLength(tableOf('2.6 Role assignments').length + 3 + 1);
  });

  test('every resource of a stage', () => {
    const named = rows.map(({ name }) => name).join('\n');
    const stated = ['2.2 Hub', '2.4 Image builder'].flatMap((heading) =>
      tableOf(heading).flatMap(([, cell = '']) => [...cell.matchAll(/`([A-Za-z-]+)/g)].map(([, name]) => name ?? '')),
    );
    const missing = stated.filter(
      (name) => name !== 'NetworkWatcher' && !named.includes(name.replace(/(-US)?-*$/, '')),
    );
    expect(missing).toEqual([]);
    expect(stated.length).toBeGreaterThan(10);
  });
});
