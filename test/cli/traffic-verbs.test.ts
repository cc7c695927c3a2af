import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clusterZone, managedCluster } from '../reach/cluster-zone.ts';
import { landingZone, nsgDb, nsgWeb } from '../reach/landing-zone.ts';
import { runCli } from './run-cli.ts';

/** The questions about a state's traffic, as verbs. Expected answers follow from the rules of the two zones (test/reach). */

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'traffic-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function state(name: string, resources: readonly object[], intents = ''): string {
  const at = path.join(folder, name);
  mkdirSync(at, { recursive: true });
  writeFileSync(path.join(at, 'resources.json'), JSON.stringify(resources));
  if (intents !== '') writeFileSync(path.join(at, 'intents.yaml'), intents);
  return at;
}

const run = async (...inputs: readonly string[]) => {
  const { code, errors, out } = await runCli(folder, ...inputs, '-o', 'json');
  const json: unknown = out.startsWith('{') ? JSON.parse(out) : undefined;
  return { exit: code, stderr: errors, json };
};

interface Matrix {
  readonly classes: { readonly name: string; readonly members: readonly string[] }[];
  readonly cells: number[][];
  readonly verdicts: { readonly surely: string[]; readonly perhaps: string[] }[];
}

const between = (matrix: Matrix, from: string, to: string) => {
  const at = (name: string): number => matrix.classes.findIndex((one) => one.name === name);
  return matrix.verdicts[matrix.cells[at(from)]?.[at(to)] ?? -1];
};

describe('matrix', () => {
  it('says of every pair of places what gets through', async () => {
    const { exit, json } = await run('matrix', '--state', state('zone', landingZone().resources));
    expect(exit).toBe(0);
    const matrix = json as Matrix;
    expect(between(matrix, 'subnet:snet-web', 'subnet:snet-db')).toEqual({
      surely: ['protocol tcp, port 1433'],
      perhaps: [],
    });
    expect(between(matrix, 'subnet:snet-db', 'subnet:snet-web')).toEqual({ surely: [], perhaps: [] });
  });

  it('has the workloads of a cluster in it', async () => {
    const { resources } = clusterZone([], [managedCluster()]);
    const at = state('cluster', resources);
    mkdirSync(path.join(at, 'objects'));
    const objects = clusterZone([], [managedCluster()]).objects.map(({ object }) => JSON.stringify(object));
    writeFileSync(path.join(at, 'objects', 'all.yaml'), objects.join('\n---\n'));
    const matrix = (await run('matrix', '--state', at)).json as Matrix;
    // NSG nsg-pods-out allows 9090 into the other pool, whose own group lets it in from nobody but its own.
    expect(between(matrix, 'pod:ads/show', 'pod:shop/api')).toEqual({ surely: [], perhaps: [] });
    expect(between(matrix, 'pod:ads/show', 'internet')?.surely.join()).not.toBe('');
    const alone = (await run('matrix', '--policies', '--state', at)).json as Matrix;
    expect(alone.classes.length).toBeGreaterThan(0);
  });
});

describe('reach --all', () => {
  it('names what reaches an end, with the rules', async () => {
    const at = state('zone', landingZone().resources);
    const { exit, json } = await run('reach', 'any', 'subnet:snet-db', '--all', '--protocol', 'tcp', '--state', at);
    expect(exit).toBe(0);
    const { found } = json as { found: { who: string; traffic: string[]; hops: { rule: string }[] }[] };
    expect(found.flatMap((one) => one.hops.map((hop) => hop.rule))).toContain('AllowWebIn');
    expect(found.map((one) => one.who).join()).not.toContain('internet');
    expect((await run('reach', 'any', 'any', '--all', '--state', at)).stderr).toContain('REACH_ALL_ENDS');
  });
});

describe('diff', () => {
  it('names the flows gained and lost, and the rule that did it', async () => {
    const before = state('before', landingZone().resources);
    const open = { ...nsgDb, properties: { securityRules: [] } };
    const after = state('after', landingZone(open).resources);
    const { exit, json } = await run('diff', before, after, '--expect', 'no-gain');
    expect(exit).toBe(4);
    const { changes } = json as { changes: { kind: string; to: string; allowedBy: string[]; stoppedBy: string }[] };
    expect(changes.filter((one) => one.kind === 'lost')).toEqual([]);
    expect(changes.map((one) => one.stoppedBy)).toContain('nsg DenyRestIn');
    expect((await run('diff', before, before, '--expect', 'none')).exit).toBe(0);
  });
});

const intents = `
- { id: web-to-db, statement: web reaches the database, expect: allowed, from: ["10.1.1.10"], to: ["10.1.2.10"], traffic: [{ protocol: tcp, ports: [1433] }], controls: [] }
- { id: web-to-db-ssh, statement: web reaches it by SSH, expect: allowed, from: ["10.1.1.10"], to: ["10.1.2.10"], traffic: [{ protocol: tcp, ports: [22] }], controls: [] }
- { id: no-web-to-db, statement: nothing reaches it, expect: denied, from: ["10.1.1.10"], to: ["10.1.2.10"], controls: [] }
`;

describe('rules', () => {
  it('says which are needed, wide or dead', async () => {
    const { json } = await run('rules', '--state', state('zone', landingZone().resources, intents));
    const { rules } = json as { rules: { rule: string; resource: string; use: string; beyond: string[] }[] };
    const of = (rule: string, on: string) => rules.find((one) => one.rule === rule && one.resource.endsWith(on));
    // The intent asks for one address of the web subnet; the rule lets in all of it but the denied half.
    expect(of('AllowWebIn', 'nsg-db')).toMatchObject({
      use: 'wide',
      beyond: expect.arrayContaining([expect.stringContaining('1433')]),
    });
    expect(of('DenyRestIn', 'nsg-db')?.use).toBe('deny');
    expect(rules.some((one) => one.use === 'dead')).toBe(true);
  });
});

describe('repair', () => {
  const at = () => state('zone', landingZone().resources, intents);

  it('names the rules to remove: either side’s one is enough', async () => {
    const { exit, json } = await run('repair', 'no-web-to-db', '--state', at());
    const { holds, changes } = json as { holds: boolean; changes: { action: string; rule: string }[] };
    expect([exit, holds, changes.length]).toEqual([0, true, 1]);
    expect(changes[0]).toMatchObject({ action: 'remove' });
    const group = [nsgWeb, nsgDb].find((one) => JSON.stringify(one).includes(`"${changes[0]?.rule}"`));
    expect(group).toBeDefined();
  });

  it('names the rules to add, one for each place that stops the packets', async () => {
    const { json } = await run('repair', 'web-to-db-ssh', '--state', at());
    const { holds, changes } = json as { holds: boolean; changes: { action: string; resource: string }[] };
    expect(holds).toBe(true);
    expect(changes.map((one) => `${one.action} ${one.resource.split('/').at(-1)}`).sort()).toEqual([
      'add nsg-db',
      'add nsg-web',
    ]);
  });

  it('has nothing to say of one that holds, and knows none that is not there', async () => {
    expect((await run('repair', 'web-to-db', '--state', at())).json).toMatchObject({ holds: true, changes: [] });
    const { exit, stderr } = await run('repair', 'other', '--state', at());
    expect([exit, stderr]).toEqual([3, expect.stringContaining('INTENT_NOT_FOUND')]);
  });
});
