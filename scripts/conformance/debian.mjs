import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { makeWhole } from './cache.mjs';
import { has, run } from './process.mjs';

const lock = ['-o', 'DPkg::Lock::Timeout=300'];
const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
const lists = '/var/lib/apt/lists';
const day = 24 * 60 * 60 * 1000;

/** Into the system: for what other programs look for in its usual place. */
export function installDebian(...packages) {
  refreshLists();
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...lock, ...packages], { env: environment });
}

/** A package's files below a folder of ours: no service is started, nothing of the system changes. */
export function unpackDebian(target, ...packages) {
  if (!has('apt-get', 'dpkg-deb')) throw new Error(`${packages.join(', ')}: needs Debian's apt-get and dpkg-deb`);
  refreshLists();
  makeWhole(target, (part) => {
    run('apt-get', ['download', '-qq', '-o', 'APT::Sandbox::User=root', ...packages], { cwd: part, env: environment });
    for (const file of readdirSync(part).filter((name) => name.endsWith('.deb'))) {
      run('dpkg-deb', ['-x', file, '.'], { cwd: part });
    }
  });
}

/** Package lists older than a day may name files that are no longer there. */
function refreshLists() {
  const newest = Math.max(0, ...readdirSync(lists).map((name) => statSync(path.join(lists, name)).mtimeMs));
  const hasIndexes = readdirSync(lists).some((name) => name.includes('_Packages'));
  if (!hasIndexes || Date.now() - newest > day) run('apt-get', ['update', '-qq', ...lock], { env: environment });
}
