import * as path from 'node:path';
import { Problem } from '../../kernel/errors.ts';
import { createExclusively, exists, readText, removeFile, renameFile } from '../../kernel/files.ts';

interface Holder {
  readonly pid: number;
  /** When the process began, in its system's own terms; a process with the same pid and another start is another process. */
  readonly started: string | undefined;
}

/**
 * Makes this process the one writer of a data folder. Throws `DATA_FOLDER_IN_USE` while another living process is; takes over
 * from one that ended without releasing.
 */
export function lockDataFolder(folder: string): { release(): void } {
  const file = path.join(folder, 'lock.json');
  const mine = `${JSON.stringify({ pid: process.pid, started: startOf(process.pid) } satisfies Holder)}\n`;
  for (let attempt = 0; attempt < 10; attempt++) {
    if (createExclusively(file, mine)) {
      return {
        release: () => {
          if (readLock(file) === mine) removeFile(file);
        },
      };
    }
    const text = readLock(file);
    if (text === undefined) continue;
    const holder = parseHolder(text);
    if (holder !== undefined && isAlive(holder)) throw inUse(folder, holder.pid);
    removeStale(file, text);
  }
  throw inUse(folder, parseHolder(readLock(file) ?? '')?.pid);
}

/** Whether the process that wrote a file of this folder still runs: same pid and, where the system tells it, same start. */
export function isAlive(holder: Holder): boolean {
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    // EPERM: it runs, as somebody else.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const started = startOf(holder.pid);
  if (started === 'ended') return false;
  return started === undefined || holder.started === undefined || started === holder.started;
}

/**
 * Field 22 of /proc/PID/stat (proc(5)) with the boot it counts from, or undefined where there is no /proc. `ended` for a killed
 * process whose parent has not looked yet.
 */
export function startOf(pid: number): string | undefined {
  if (!exists(`/proc/${pid}/stat`)) return undefined;
  try {
    const stat = readText(`/proc/${pid}/stat`);
    // The second field is the command in parentheses and may hold spaces and parentheses itself.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return 'ended';
    const ticks = fields[19];
    const boot = exists('/proc/sys/kernel/random/boot_id') ? readText('/proc/sys/kernel/random/boot_id').trim() : '';
    return ticks === undefined ? undefined : `${boot}:${ticks}`;
  } catch {
    return undefined;
  }
}

/** A holder as the JSON text of a file, or undefined when it is none. */
export function parseHolder(text: string): Holder | undefined {
  try {
    const value = JSON.parse(text) as Partial<Holder> | null;
    if (typeof value?.pid !== 'number') return undefined;
    return { pid: value.pid, started: typeof value.started === 'string' ? value.started : undefined };
  } catch {
    return undefined;
  }
}

/**
 * Moves the lock of a dead process away. Another process may have done that and locked already: what was moved is looked at,
 * and put back when it is not the dead one's.
 */
function removeStale(file: string, expected: string): void {
  const aside = `${file}.${process.pid}.stale`;
  if (!renameFile(file, aside)) return;
  const moved = readLock(aside);
  if (moved !== undefined && moved !== expected) createExclusively(file, moved);
  removeFile(aside);
}

function readLock(file: string): string | undefined {
  try {
    return readText(file);
  } catch {
    return undefined;
  }
}

function inUse(folder: string, pid: number | undefined): Problem {
  return new Problem({
    code: 'DATA_FOLDER_IN_USE',
    message: `The data folder ${folder} is in use by ${pid === undefined ? 'another process' : `process ${pid}`}.`,
    why: 'Two writers would corrupt the state of local Azure.',
    hint: `Wait until that run ends${pid === undefined ? '' : `, stop it (kill ${pid})`}, or give another folder with --data.`,
  });
}
