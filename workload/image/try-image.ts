import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { readLayout } from './read-layout.ts';

/**
 * Runs an image without a container runtime: its files on a read-only mount, as the user that it names, nothing else in sight.
 *   tsx workload/image/try-image.ts out/image/chain.oci.tar
 * Needs Linux and root (a mount namespace and chroot). Prints whether it started, as whom, how fast and how large it is.
 */
const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('usage: try-image <image.oci.tar>');
if (process.getuid?.() !== 0) throw new Error('Needs root: it makes a mount namespace and changes the root folder.');

const archive = readFileSync(file);
const image = readLayout(archive);
const run = image.config.config as { User: string; Entrypoint: string[]; Env: string[] };
const root = mkdtempSync(path.join(tmpdir(), 'image-'));
try {
  for (const { path: name, bytes, mode } of image.files.values()) {
    const target = path.join(root, name);
    if (bytes === undefined) mkdirSync(target, { recursive: true });
    else {
      mkdirSync(path.dirname(target), { recursive: true });
      writeFileSync(target, bytes);
    }
    chmodSync(target, mode);
  }
  chmodSync(root, 0o755);
  await tryIt();
} finally {
  rmSync(root, { recursive: true, force: true });
}

async function tryIt(): Promise<void> {
  const script =
    'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && u="$1" && shift && exec chroot --userspec="$u" "$0" "$@"';
  const environment = Object.fromEntries(run.Env.map((one) => one.split(/=(.*)/s).slice(0, 2) as [string, string]));
  const started = performance.now();
  const child = spawn(
    'unshare',
    ['-m', 'sh', '-c', script, root, run.User, ...run.Entrypoint, '--role', 'microservice-c'],
    {
      env: {
        ...environment,
        PATH: `${process.env.PATH}`,
        WORKLOAD_PORT: '0',
        WORKLOAD_MANAGEMENT_PORT: '0',
        WORKLOAD_DRAIN_MS: '0',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const lines = createInterface({ input: child.stdout });
  const [line] = (await Promise.race([
    once(lines, 'line'),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`It ended with ${code} before it said a word.`))),
  ])) as [string];
  const startMs = Math.round(performance.now() - started);
  const said = JSON.parse(line) as { event: string; managementPort: number; startMs: number };
  const ready = await fetch(`http://127.0.0.1:${said.managementPort}/readyz`);
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
  const mounts = readFileSync(`/proc/${child.pid}/mounts`, 'utf8');
  const isReadOnly = mounts.split('\n').some((mount) => / \/[^ ]* [^ ]+ ro,/.test(mount) && mount.includes(' / '));
  process.stdout.write(
    [
      `event      ${said.event}, /readyz ${ready.status}`,
      `user       ${/^Uid:\s+(\d+)/m.exec(status)?.[1]}:${/^Gid:\s+(\d+)/m.exec(status)?.[1]}`,
      `root       ${isReadOnly ? 'read-only' : 'writable or unknown'}`,
      `capability ${/^CapEff:\s+(\w+)/m.exec(status)?.[1]} (effective)`,
      `memory     ${Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]) / 1024} MiB resident`,
      `start-up   ${startMs} ms from spawn, ${said.startMs} ms by the process's own clock`,
      `size       ${(archive.length / 1024 / 1024).toFixed(1)} MiB`,
      '',
    ].join('\n'),
  );
  child.kill('SIGTERM');
  const [code] = (await once(child, 'exit')) as [number | null];
  process.stdout.write(`SIGTERM    ended with ${code}\n`);
}
