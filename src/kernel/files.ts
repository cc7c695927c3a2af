import * as fs from 'node:fs';
import * as path from 'node:path';
import { messageOf, Problem } from './errors.ts';

/** Reads a text file; a `Problem` (`FILE_NOT_FOUND`, `FILE_UNREADABLE`) says what stands in the way. */
export function readText(file: string): string {
  return reading(file, () => fs.readFileSync(file, 'utf8'));
}

function reading<T>(file: string, read: () => T): T {
  try {
    // A pipe would be waited for without an end, and no signal could be heard meanwhile.
    const found = fs.statSync(file);
    if (found.isFIFO() || found.isSocket()) throw new Error('it is a pipe, not a file');
    return read();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') {
      throw new Problem({
        code: 'FILE_NOT_FOUND',
        message: `There is no file ${file}.`,
        kind: 'not-found',
        cause: error,
      });
    }
    throw new Problem({
      code: 'FILE_UNREADABLE',
      message: `${file} cannot be read: ${messageOf(error)}.`,
      cause: error,
    });
  }
}

/** The bytes of a file as they are, for what digests are taken of. Fails as `readText` does. */
export function readBytes(file: string): Uint8Array {
  return reading(file, () => fs.readFileSync(file));
}

/** Writes through a temporary file beside the target and a rename, so that a killed run leaves the old or the new text, never half. */
export function writeTextAtomically(file: string, text: string | Uint8Array, mode = 0o644): void {
  makeFolder(path.dirname(file));
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    fs.writeFileSync(temporary, text, { mode });
    fs.renameSync(temporary, file);
  } catch (error) {
    fs.rmSync(temporary, { force: true });
    throw new Problem({
      code: 'FILE_UNWRITABLE',
      message: `${file} cannot be written: ${messageOf(error)}.`,
      cause: error,
    });
  }
}

/** Appends and waits until the bytes are on the disk. A full disk throws: the file may then end in a part of `text`. */
export function appendDurably(file: string, text: string): void {
  makeFolder(path.dirname(file));
  const descriptor = fs.openSync(file, 'a', 0o600);
  try {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; ) at += fs.writeSync(descriptor, bytes, at);
    fs.fsyncSync(descriptor);
  } finally {
    fs.closeSync(descriptor);
  }
}

/** Cuts a file off after `size` bytes and waits until that is on the disk. */
export function truncateDurably(file: string, size: number): void {
  const descriptor = fs.openSync(file, 'r+');
  try {
    fs.ftruncateSync(descriptor, size);
    fs.fsyncSync(descriptor);
  } finally {
    fs.closeSync(descriptor);
  }
}

export function exists(file: string): boolean {
  return fs.existsSync(file);
}

/** Bytes of a regular file; undefined for anything else, or nothing. */
export function fileSize(file: string): number | undefined {
  const status = fs.statSync(file, { throwIfNoEntry: false });
  return status?.isFile() ? status.size : undefined;
}

export function isDirectory(file: string): boolean {
  return fs.statSync(file, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** The files below a folder, as sorted paths relative to it with forward slashes; symbolic links are not followed, nor folders that `skip` names. */
export function listFiles(folder: string, skip?: (name: string) => boolean): readonly string[] {
  const found: string[] = [];
  const walk = (relative: string): void => {
    for (const entry of fs.readdirSync(path.join(folder, relative), { withFileTypes: true })) {
      const child = relative === '' ? entry.name : `${relative}/${entry.name}`;
      if (entry.isDirectory()) {
        if (skip?.(entry.name) !== true) walk(child);
      } else if (entry.isFile()) found.push(child);
    }
  };
  walk('');
  return found.sort();
}

/** Makes a folder and those above it. Throws `FOLDER_UNWRITABLE`, e.g. where a file stands in the way. */
export function makeFolder(folder: string, mode = 0o777): void {
  try {
    makeMissing(path.resolve(folder), mode);
  } catch (error) {
    throw new Problem({
      code: 'FOLDER_UNWRITABLE',
      message: `The folder ${folder} cannot be made: ${messageOf(error)}.`,
      hint: 'Name another folder, or see to the permissions and to what stands in its place.',
      cause: error,
    });
  }
}

/** Not `recursive`: below /proc, where nothing can be made and nothing says so, that never ends. */
function makeMissing(folder: string, mode: number): void {
  const missing: string[] = [];
  let at = folder;
  while (!fs.existsSync(at)) {
    missing.push(at);
    at = path.dirname(at);
  }
  if (!fs.statSync(at).isDirectory()) throw new Error(`${at} is a file`);
  for (const one of missing.reverse()) {
    try {
      fs.mkdirSync(one, { mode });
    } catch (error) {
      // Somebody else may have made it meanwhile.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

export function removeFile(file: string): void {
  fs.rmSync(file, { force: true });
}

/**
 * Creates a file that must not be there yet; false when it is. Nobody sees it half written: the text is complete before the
 * name appears (a hard link), where the file system has such links.
 */
export function createExclusively(file: string, text: string, mode = 0o600): boolean {
  makeFolder(path.dirname(file));
  const temporary = `${file}.${process.pid}.new`;
  fs.writeFileSync(temporary, text, { mode });
  try {
    fs.linkSync(temporary, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    return createByFlag(file, text, mode);
  } finally {
    fs.rmSync(temporary, { force: true });
  }
}

function createByFlag(file: string, text: string, mode: number): boolean {
  try {
    fs.writeFileSync(file, text, { flag: 'wx', mode });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Renames a file over whatever has the new name; false when there is no such file. */
export function renameFile(from: string, to: string): boolean {
  try {
    fs.renameSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

/** Where a path leads once every symbolic link is followed, or undefined when nothing is there. */
export function realPath(file: string): string | undefined {
  try {
    return fs.realpathSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
