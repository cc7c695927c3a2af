import { describe, expect, test } from 'vitest';
import { runCli } from '../../../test/cli/run-cli.ts';
import { buildBlueprint } from '../../blueprint/build.ts';
import { defaultSpec, testSpec } from '../../blueprint/test-spec.ts';
import { lifecycleReport } from './report.ts';

const blueprint = buildBlueprint(defaultSpec);
const on = (day: string, spec = defaultSpec) => lifecycleReport(spec, blueprint, day);

describe('what ends when', () => {
  test('versions have the ends of their calendars', () => {
    const items = on('2026-11-24');
    // Reference page on Azure in 2026: "1.36 → Jun 2028" (long-term), "asm-1-30 ~Dec 2026".
    expect(items.find(({ name }) => name.startsWith('Kubernetes 1.36'))).toMatchObject({
      until: '2028-06-30',
      status: 'supported',
    });
    expect(items.find(({ name }) => name.includes('asm-1-30'))).toMatchObject({
      until: '2026-12-31',
      status: 'ends soon',
    });
  });

  test('what ends first comes first, and what has no announced end says so', () => {
    const items = on('2026-11-24');
    const days = items.map(({ until }) => until ?? '9999');
    expect(days).toEqual([...days].sort());
    const open = items.filter(({ until }) => until === undefined);
    expect(open.length).toBeGreaterThan(10);
    for (const { status, source } of open) {
      expect(['no end known', 'preview']).toContain(status);
      expect(source.length).toBeGreaterThan(20);
    }
  });

  test('the day decides: the same version has ended later', () => {
    const spec = testSpec('clusters: [{ kubernetes: { version: "1.34", support: standard } }]');
    const kubernetes = (day: string) => on(day, spec).find(({ name }) => name.startsWith('Kubernetes 1.34'))?.status;
    // The calendar: 1.34 ends November 2026, last day of the month.
    expect(kubernetes('2026-04-01')).toBe('supported');
    expect(kubernetes('2026-11-30')).toBe('ends soon');
    expect(kubernetes('2026-12-01')).toBe('ended');
  });

  test('every slot and every version of an API is listed, previews as such', () => {
    const items = on('2026-11-24');
    expect(items.filter(({ kind }) => kind === 'component')).toHaveLength(Object.keys(defaultSpec.components).length);
    const versions = new Set(blueprint.parts.flatMap(({ resources }) => resources.map(({ apiVersion }) => apiVersion)));
    const listed = new Set(items.flatMap(({ kind, name }) => (kind === 'api' ? [name.split(' ').at(-1)] : [])));
    expect(listed).toEqual(versions);
    expect(items.find(({ name }) => name === 'Microsoft.ContainerRegistry 2025-03-01-preview')?.status).toBe('preview');
  });

  test('an old version of an API whose retirement is announced has its day', () => {
    const older = {
      ...blueprint,
      parts: blueprint.parts.map((part) => ({
        ...part,
        resources: part.resources.map((one) =>
          one.type === 'Microsoft.KeyVault/vaults' ? { ...one, apiVersion: '2023-07-01' } : one,
        ),
      })),
    };
    // Reference page: "all older control-plane APIs retire 2027-02-27".
    expect(
      lifecycleReport(defaultSpec, older, '2026-11-24').find(({ name }) => name === 'Microsoft.KeyVault 2023-07-01'),
    ).toMatchObject({ until: '2027-02-27', status: 'ends soon' });
  });

  test('the verb prints the document of the contract, and ends with 4 when something has ended', async () => {
    const before = await runCli(process.cwd(), 'lifecycle', '--as-of', '2026-11-24', '-o', 'json');
    expect(before.code).toBe(0);
    expect(before.json()).toMatchObject({ schema: 'aks-regulated/lifecycle', version: 1, day: '2026-11-24' });
    const after = await runCli(process.cwd(), 'lifecycle', '--as-of', '2029-01-01', '-o', 'table');
    expect(after.code).toBe(4);
    expect(after.out).toMatch(/^2028-06-30 +ended +version +Kubernetes 1\.36/m);
  });
});
