// Makes `npm start` and `npm test` the only commands that a fresh checkout needs: installs the locked packages and builds,
// but only when the lock file, the platform or Node's major version changed since the last time. Built-ins only.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const wanted = { major: 20, minor: 19 };

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < wanted.major || (major === wanted.major && minor < wanted.minor)) {
  fail(`Node ${process.versions.node} is too old: aks-regulated needs ${wanted.major}.${wanted.minor} or newer.`);
}

const stampFile = path.join(root, 'node_modules', '.installed-from');
const stamp = createHash('sha256')
  .update(readFileSync(path.join(root, 'package-lock.json')))
  .update(`${process.platform}-${process.arch}-node${major}`)
  .digest('hex');

withLock(path.join(root, '.install-lock'), () => {
  if (!existsSync(stampFile) || readFileSync(stampFile, 'utf8') !== stamp) {
    say('installing the locked packages (once; about a minute) ...');
    npm(['ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund']);
    mkdirSync(path.dirname(stampFile), { recursive: true });
    writeFileSync(stampFile, stamp);
  }
  run(process.execPath, [path.join(root, 'scripts', 'build.mjs'), '--if-changed']);
});

function npm(args) {
  const cli = process.env.npm_execpath;
  if (cli !== undefined && /\.c?js$/.test(cli)) run(process.execPath, [cli, ...args]);
  else run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args);
}

/** Runs a child with its output on our stderr, so that stdout stays the result of the command that follows. */
function run(command, args) {
  const child = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2] });
  if (child.error !== undefined) fail(`${command} could not be started: ${child.error.message}`);
  if (child.status !== 0)
    fail(`${path.basename(command)} ${args.join(' ')} ended with ${child.status ?? child.signal}.`);
}

/** One install at a time: a folder is made atomically everywhere. A lock older than 15 minutes is a dead one. */
function withLock(folder, work) {
  const deadline = Date.now() + 15 * 60_000;
  for (;;) {
    try {
      mkdirSync(folder);
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      const age = Date.now() - (statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0);
      if (age > 15 * 60_000) rmSync(folder, { recursive: true, force: true });
      else if (Date.now() > deadline)
        fail(`another install has held ${folder} for 15 minutes; remove it if none runs.`);
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
    }
  }
  const release = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', release);
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130));
  work();
  release();
}

function say(text) {
  process.stderr.write(`aks-regulated: ${text}\n`);
}

function fail(text) {
  say(text);
  process.exit(1);
}
