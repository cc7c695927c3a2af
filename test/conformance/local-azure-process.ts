import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
export const bin = path.join(root, 'dist', 'bin.js');

export interface RunningLocalAzure {
  readonly endpoint: string;
  readonly ca: string;
  readonly folder: string;
  stop(): Promise<void>;
}

/** Starts `aks-regulated local-azure start` as a process of its own on a free loopback port. */
export async function startLocalAzure(
  options: { readonly node?: string; readonly spec?: string } = {},
): Promise<RunningLocalAzure> {
  const folder = mkdtempSync(path.join(tmpdir(), 'local-azure-'));
  const args = [bin, 'local-azure', 'start', '--data', folder, '-o', 'json'];
  if (options.spec !== undefined) args.push('--spec', options.spec);
  const child = spawn(options.node ?? process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  const started = await firstDocument(child);
  return {
    endpoint: started.endpoint,
    ca: started.ca,
    folder,
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The JSON that the server prints once it listens. */
function firstDocument(child: ChildProcess): Promise<{ readonly endpoint: string; readonly ca: string }> {
  return new Promise((resolve, reject) => {
    let out = '';
    let errors = '';
    const timer = setTimeout(() => reject(new Error(`local Azure did not start in 30 s: ${errors}`)), 30_000);
    child.stdout?.on('data', (chunk: Buffer) => {
      out += chunk.toString('utf8');
      try {
        const document = JSON.parse(out);
        clearTimeout(timer);
        resolve(document);
      } catch {
        // More is to come.
      }
    });
    child.stderr?.on('data', (chunk: Buffer) => {
      errors += chunk.toString('utf8');
    });
    child.once('exit', (code) => reject(new Error(`local Azure ended with ${code}: ${errors}`)));
  });
}
