import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCli } from './run-cli.ts';

/** The main job, and the proof that fails when somebody opens a door: whole-CLI runs. */
const root = path.resolve(import.meta.dirname, '../..');
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'proof-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface UpBody {
  readonly stages: { name: string; status: string; resources: number }[];
  readonly proven: { ruleId: string; pairs: number }[];
  readonly findings: { ruleId: string; level: string }[];
  readonly files: string[];
}

describe('up', { timeout: 120_000 }, () => {
  test.each(['the first run', 'a second run on the same data'])(
    '%s deploys every stage and proves every statement',
    async () => {
      const run = await runCli(folder, 'up', '--spec', path.join(root, 'landing-zone.yaml'));
      expect(run.code, run.errors).toBe(0);
      const body = run.json() as unknown as UpBody;
      expect(body.stages.map((stage) => `${stage.name} ${stage.status}`)).toEqual([
        'subscription succeeded',
        'hub succeeded',
        'image-spoke succeeded',
        'jump-box-image succeeded',
        'cluster-spoke succeeded',
        'hub-rules succeeded',
        'supply succeeded',
        'jump-boxes succeeded',
        'certificates succeeded',
        'cluster succeeded',
        'cluster-identity succeeded',
        'gitops succeeded',
        'gateway succeeded',
        'alerts succeeded',
      ]);
      expect(body.findings).toEqual([]);
      const statements = readFileSync(path.join(folder, 'out/intents.yaml'), 'utf8').match(/^ {2}- id: /gm) ?? [];
      expect(statements.length).toBeGreaterThan(80);
      expect(body.proven.length).toBeGreaterThan(statements.length);
    },
  );

  test('another region, other names and ranges, two clusters: no change of code', async () => {
    const two = path.join(folder, 'two');
    const run = await runCli(
      folder,
      'up',
      '--spec',
      path.join(root, 'examples/two-clusters/landing-zone.yaml'),
      '--out',
      two,
      '--data',
      path.join(folder, 'two-data'),
    );
    expect(run.code, run.errors).toBe(0);
    const body = run.json() as unknown as UpBody;
    expect(body.findings).toEqual([]);
    const state = readFileSync(path.join(two, 'state/resources.json'), 'utf8');
    for (const trace of ['eastus2', 'contoso', '10.240.', '10.200.0.0/24'])
      expect(state.includes(trace), trace).toBe(false);
  });

  test('the state, exported, is judged as the folder of templates is', async () => {
    const exported = path.join(folder, 'exported');
    expect((await runCli(folder, 'state', 'export', '--out', exported)).code).toBe(0);
    const intents = path.join(folder, 'out/intents.yaml');
    const byState = await runCli(folder, 'verify', '--state', exported, '--intents', intents);
    expect(byState.code, byState.errors).toBe(0);
    const byTemplates = await runCli(folder, 'verify', '--state', 'out');
    // What tasks put into vaults is in no template: rules look at more resources in the state, statements at the same pairs.
    const stated = new Set([...readFileSync(intents, 'utf8').matchAll(/^ {2}- id: (.*)$/gm)].map(([, id]) => id));
    const shown = (run: typeof byState): readonly string[] =>
      (run.json() as unknown as UpBody).proven.map(({ ruleId, pairs }) =>
        stated.has(ruleId) ? `${ruleId}: ${pairs}` : ruleId,
      );
    expect(stated.size).toBeGreaterThan(80);
    expect(shown(byTemplates)).toEqual(shown(byState));
  });
});

describe('with one deny rule taken out by hand', { timeout: 240_000 }, () => {
  interface Rule {
    name: string;
    properties: { access: string; direction: string; priority: number };
  }
  interface Group {
    id?: string;
    type: string;
    name: string;
    properties: { securityRules?: Rule[] };
  }
  interface Finding {
    level: string;
    witness?: { hops: { layer: string; resource: string; rule: string }[]; packet: object };
  }
  const isGroup = (one: Group): boolean => one.type.toLowerCase() === 'microsoft.network/networksecuritygroups';
  /** The resources without a rule of one group; a state lists rules by themselves too. */
  const without = (resources: Group[], name: string, rule: string): Group[] => {
    for (const one of resources.filter((other) => isGroup(other) && other.name === name))
      one.properties.securityRules = (one.properties.securityRules ?? []).filter((other) => other.name !== rule);
    return resources.filter(({ id }) => !id?.endsWith(`/${name}/securityRules/${rule}`));
  };
  /** Whether the default rule that now decides stands in a witness. */
  const shows = (findings: readonly Finding[], group: string): boolean =>
    findings
      .filter((finding) => finding.level === 'error')
      .some(({ witness }) =>
        witness?.hops.some(
          (hop) => hop.resource.toLowerCase().endsWith(group.toLowerCase()) && /^Allow(Vnet|Internet)/.test(hop.rule),
        ),
      );
  const changed = () => path.join(folder, 'changed');
  const judged = async (...more: string[]): Promise<Finding[]> => {
    const run = await runCli(folder, 'verify', '--state', 'changed', ...more);
    expect(run.code, run.errors).toBe(4);
    return (run.json() as { findings: Finding[] }).findings;
  };

  test('of the state: verify ends with 4, for each group and direction, with a packet and its way', async () => {
    const text = readFileSync(path.join(folder, 'exported/resources.json'), 'utf8');
    const groups = (JSON.parse(text) as Group[]).filter((one) => isGroup(one) && one.name.includes('-spoke-01-'));
    const denies = groups.flatMap(({ name, properties }) =>
      (properties.securityRules ?? [])
        .filter((rule) => rule.name.startsWith('DenyAll'))
        .map((rule): [string, string] => [name, rule.name]),
    );
    expect(denies.length).toBeGreaterThan(20);
    mkdirSync(changed());
    for (const [group, rule] of denies) {
      const resources = without(JSON.parse(text) as Group[], group, rule);
      writeFileSync(path.join(changed(), 'resources.json'), JSON.stringify(resources));
      const findings = await judged('--intents', path.join(folder, 'out/intents.yaml'));
      expect(shows(findings, group), `${group} without ${rule}`).toBe(true);
    }
  });

  test('of a template: verify ends with 4, with a packet and its way', async () => {
    const template = 'templates/cluster-spoke-01.json';
    rmSync(changed(), { recursive: true });
    cpSync(path.join(folder, 'out'), changed(), { recursive: true });
    rmSync(path.join(changed(), 'state'), { recursive: true });
    const parsed = JSON.parse(readFileSync(path.join(changed(), template), 'utf8')) as { resources: Group[] };
    const group = parsed.resources.find((one) => isGroup(one) && one.name.includes('inscope'))?.name ?? '';
    without(parsed.resources, group, 'DenyAllOut');
    writeFileSync(path.join(changed(), template), JSON.stringify(parsed));
    expect(shows(await judged(), group)).toBe(true);
  });
});
