// The conformance tests: real clients and servers against this project's own.
//   npm run conformance                      the core tier; fails where something that it needs is missing
//   npm run conformance -- --core --install  the same, after installing what is missing (what CI does)
//   npm run conformance -- --extended        the extended tier, as far as its binaries are in the cache folder
//   npm run conformance -- --all             core and extended
// The cache folder lies outside the clone: $AKS_REGULATED_CONFORMANCE_CACHE, or ~/.cache/aks-regulated/conformance.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const cache =
  process.env.AKS_REGULATED_CONFORMANCE_CACHE ?? path.join(homedir(), '.cache', 'aks-regulated', 'conformance');
const flags = new Set(process.argv.slice(2));
const install = flags.has('--install') || flags.has('--all');
const azureCli = { name: 'azure-cli-2.91.0', requirement: 'azure-cli==2.91.0' };
/** Node's own binary, as published a package a platform. */
const nodePackage = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
const otherNodes = ['22.23.3', '24.21.0'];

mkdirSync(cache, { recursive: true });
if (!flags.has('--extended') || flags.has('--all')) core();
if (flags.has('--extended') || flags.has('--all')) extended();

function core() {
  const az = path.join(cache, azureCli.name, 'bin', 'az');
  if (!existsSync(az)) need(`the Azure CLI (${azureCli.requirement})`, installAzureCli);
  for (const version of otherNodes) {
    if (!existsSync(nodeOf(version))) need(`Node ${version}`, () => installNode(version));
  }
  if (process.platform === 'linux' && !has('nft', 'ip', 'unshare'))
    need('nftables and iproute2', () => installDebian('nftables', 'iproute2', 'util-linux'));
  runTier('core', { CONFORMANCE_AZ: az, CONFORMANCE_NODES: otherNodes.map(nodeOf).join(path.delimiter) });
}

function extended() {
  const tests = listTests('extended');
  if (tests.length === 0) {
    console.log('== conformance, extended: this version has no tests in this tier');
    return;
  }
  runTier('extended', {});
}

function need(what, installIt) {
  if (!install) {
    console.error(`conformance: ${what} is missing in ${cache}; run: npm run conformance -- --core --install`);
    process.exit(1);
  }
  console.log(`== installing ${what} into ${cache}`);
  installIt();
}

/** Into a folder that gets its name only when it is whole, so that a killed install is not taken for one. */
function installAzureCli() {
  const target = path.join(cache, azureCli.name);
  rmSync(target, { recursive: true, force: true });
  const clean = { ...process.env, REQUESTS_CA_BUNDLE: undefined };
  if (spawnSync('python3', ['-c', 'import venv, ensurepip']).status !== 0) installDebian('python3', 'python3-venv');
  run('python3', ['-m', 'venv', target], { env: clean });
  const pip = spawnSync(path.join(target, 'bin', 'pip'), ['install', '--quiet', azureCli.requirement], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: clean,
  });
  if (pip.status !== 0) {
    rmSync(target, { recursive: true, force: true });
    console.error('conformance: pip could not install the Azure CLI');
    process.exit(1);
  }
}

/** Whether all of these commands are on the path, or where an administrator's are. */
function has(...commands) {
  const folders = [...(process.env.PATH ?? '').split(path.delimiter), '/usr/sbin', '/sbin'];
  return commands.every((command) => folders.some((folder) => existsSync(path.join(folder, command))));
}

function installDebian(...packages) {
  const lock = ['-o', 'DPkg::Lock::Timeout=300'];
  run('apt-get', ['update', '-qq']);
  run('apt-get', ['install', '-y', '-qq', ...lock, ...packages], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}

/** Node itself comes through the registry, a package a platform. */
function installNode(version) {
  const target = path.join(cache, `node-${version}`);
  const part = `${target}.part`;
  rmSync(part, { recursive: true, force: true });
  mkdirSync(part, { recursive: true });
  run('npm', ['install', '--prefix', part, '--no-save', '--ignore-scripts', '--silent', `${nodePackage}@${version}`]);
  rmSync(target, { recursive: true, force: true });
  renameSync(part, target);
}

function nodeOf(version) {
  return path.join(cache, `node-${version}`, 'node_modules', nodePackage, 'bin', 'node');
}

function runTier(tier, environment) {
  console.log(`\n== conformance, ${tier}: ${listTests(tier).join(', ')}`);
  const vitest = path.join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const child = spawnSync(process.execPath, [vitest, 'run', '--config', 'vitest.conformance.config.ts'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, CONFORMANCE_TIER: tier, ...environment },
  });
  console.log(`== conformance, ${tier}: ${child.status === 0 ? 'ok' : 'FAILED'}`);
  if (child.status !== 0) process.exit(child.status ?? 1);
}

function listTests(tier) {
  const folder = path.join(root, 'test', 'conformance', tier);
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter((file) => file.endsWith('.test.ts'));
}

function run(command, args, options = {}) {
  const child = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'], ...options });
  if (child.status !== 0) {
    console.error(`conformance: ${command} ${args.join(' ')} ended with ${child.status ?? child.error?.message}`);
    process.exit(1);
  }
}
