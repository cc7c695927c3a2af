import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

/** Runs a command to its end; another exit code than 0 ends the whole run. Its output is the user's to read. */
export function run(command, args, options = {}) {
  const child = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'], ...options });
  if (child.status !== 0) fail(`${command} ${args.join(' ')} ended with ${child.status ?? child.error?.message}`);
}

/** What a command prints; another exit code than 0 ends the whole run. */
export function outputOf(command, args, options = {}) {
  const child = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, ...options });
  if (child.status !== 0) {
    fail(`${command} ${args.join(' ')} ended with ${child.status ?? child.error?.message}: ${child.stderr}`);
  }
  return child.stdout;
}

/** What a program says of its version, or the empty text where it does not run: a file that is there may still be half of one. */
export function versionOf(program, args) {
  if (!existsSync(program)) return '';
  const child = spawnSync(program, args, { encoding: 'utf8', timeout: 60_000 });
  return child.status === 0 ? `${child.stdout}${child.stderr}` : '';
}

/** Whether all of these commands are on the path, or where an administrator's are. */
export function has(...commands) {
  const folders = [...(process.env.PATH ?? '').split(path.delimiter), '/usr/sbin', '/sbin'];
  return commands.every((command) => folders.some((folder) => existsSync(path.join(folder, command))));
}

export function fail(message) {
  console.error(`conformance: ${message}`);
  process.exit(1);
}
