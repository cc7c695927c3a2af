import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readStateFolder } from '../../../src/cli/state/state-folder.ts';
import { readIntents, readNetwork, verifyIntents } from '../../../src/verify/index.ts';
import { runCli } from '../../cli/run-cli.ts';
import { heldBy } from '../../reach/held-by.ts';
import { mutants } from '../../reach/mutants.ts';
import { root } from '../local-azure-process.ts';

/**
 * The synthesized landing zone in both profiles, deployed: every security rule, firewall rule, route, peering flag, policy and mesh object is removed,
 * widened or turned, one at a time. A statement breaks; or other rules hold it, found by looking at who decides about the packets that meet it;
 * or a reviewed line says what does.
 */
interface Reviewed {
  readonly mutants: string;
  readonly heldBy: string;
}

const reviewed = parse(readFileSync(path.join(import.meta.dirname, 'mutations-held.yaml'), 'utf8')) as Reviewed[];
const used = new Set<string>();
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'mutations-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function matches({ mutants: pattern }: Reviewed, name: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(name);
}

test.each([
  ['current', ['up', '--spec', path.join(root, 'landing-zone.yaml')], 600],
  ['2021', ['up', '--as-of', '2021-12-14'], 200],
] as const)(
  'profile %s: every change breaks a statement, or is held by something that is named',
  async (profile, words, least) => {
    const own = path.join(folder, profile);
    if (profile === '2021') await runCli(folder, 'init', own, '--profile', '2021');
    const spec = profile === '2021' ? ['--spec', path.join(own, 'landing-zone.yaml')] : [];
    const places = ['--out', path.join(own, 'out'), '--data', path.join(own, 'data')];
    const { stages } = (await runCli(folder, ...words, ...spec, ...places)).json() as { stages: { status: string }[] };
    expect(new Set(stages.map(({ status }) => status))).toEqual(new Set(['succeeded']));
    const { model } = readNetwork(readStateFolder(path.join(own, 'out/state'), 'state'));
    const file = path.join(own, 'out/intents.yaml');
    const intents = readIntents(readFileSync(file, 'utf8'), file);
    expect(verifyIntents(model, intents).findings).toEqual([]);

    const open: string[] = [];
    const count = { all: 0, noticed: 0, held: 0, reviewed: 0 };
    for (const mutant of mutants(model)) {
      count.all++;
      if (verifyIntents(mutant.model, intents).findings.length > 0) {
        count.noticed++;
        continue;
      }
      const { changes, by } = heldBy(model, mutant);
      if (!changes && by.length > 0) {
        count.held++;
        continue;
      }
      const line = reviewed.find((one) => matches(one, mutant.name));
      if (line === undefined) open.push(`${mutant.name}${changes ? ': packets fare otherwise' : ''}`);
      else {
        used.add(line.mutants);
        count.reviewed++;
      }
    }
    console.log(
      `profile ${profile}: ${intents.length} statements; ${count.all} changes: ${count.noticed} break a statement, ${count.held} are held by other rules of the state, ${count.reviewed} by what the reviewed lines name`,
    );
    expect(open).toEqual([]);
    expect(count.all).toBeGreaterThan(least);
  },
);

test('no reviewed line is left over', () => {
  expect(reviewed.map((one) => one.mutants).filter((one) => !used.has(one))).toEqual([]);
});
