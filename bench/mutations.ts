import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import { readStateFolder } from '../src/cli/state/state-folder.ts';
import { compareModels, readIntents, readNetwork, verifyIntents } from '../src/verify/index.ts';
import { runCli } from '../test/cli/run-cli.ts';
import { mutants } from './mutants.ts';

/**
 * The synthesized landing zone with every security rule, firewall rule, route, peering flag and policy removed, widened or turned, one at a time: whether an
 * intent breaks, or no packet fares otherwise (other rules hold it), or something changes of which no intent speaks, and what. `npx tsx bench/mutations.ts [N]`: every Nth mutant.
 * Minutes of CPU for all of them.
 */

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const every = Number(process.argv[2] ?? 1);
const folder = mkdtempSync(path.join(tmpdir(), 'mutations-'));
const begin = process.cpuUsage();
try {
  const spec = path.join(root, 'landing-zone.yaml');
  for (const words of [
    ['synth', '--spec', spec, '--out', 'out'],
    ['state', 'export', '--state', 'out', '--out', 'state'],
  ]) {
    const { code, errors } = await runCli(folder, ...words);
    if (code !== 0) throw new Error(errors);
  }
  const { model } = readNetwork(readStateFolder(path.join(folder, 'state'), 'state'));
  const file = path.join(folder, 'out/intents.yaml');
  const intents = readIntents(readFileSync(file, 'utf8'), file);
  const { findings } = verifyIntents(model, intents);
  if (findings.length > 0) throw new Error(`not proven to begin with: ${findings[0]?.message}`);
  const counts = { killed: 0, same: 0, survived: 0 };
  let n = 0;
  for (const mutant of mutants(model)) {
    n += 1;
    if (n % every !== 0) continue;
    if (verifyIntents(mutant.model, intents).findings.length > 0) counts.killed += 1;
    else {
      const [change] = compareModels(model, mutant.model);
      if (change === undefined) counts.same += 1;
      else {
        counts.survived += 1;
        console.log(
          `  ${mutant.name}: ${change.kind} ${change.from} to ${change.to}: ${change.traffic[0] ?? ''}; by ${change.allowedBy.join(', ')}; otherwise ${change.stoppedBy}`,
        );
      }
    }
  }
  const { user, system } = process.cpuUsage(begin);
  const looked = counts.killed + counts.same + counts.survived;
  console.log(
    `${looked} of ${n} mutants: ${counts.killed} break an intent, ${counts.same} change no packet, ${counts.survived} change what no intent speaks of; ${((user + system) / 1e6).toFixed(0)} s CPU`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
