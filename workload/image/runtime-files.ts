import { existsSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { ElfError, type Linked, readElf } from './elf.ts';

/** A file of the image, and the file of the build machine that it came from. */
export interface RuntimeFile {
  /** Absolute, in the image. */
  readonly path: string;
  readonly bytes: Buffer;
  /** Where it really lies on the build machine, for the bill of materials. */
  readonly source: string;
}

export interface Runtime {
  readonly architecture: Linked['architecture'];
  readonly files: readonly RuntimeFile[];
}

/** Where a program is put; nothing else in the image can be run. */
export const nodePath = '/nodejs/bin/node';

const triplets = { amd64: 'x86_64-linux-gnu', arm64: 'aarch64-linux-gnu' } as const;
/** Opened by glibc by name when a host name is looked up; in the C library itself since 2.34, where these are empty shells. */
const nameServiceLibraries = ['libnss_dns.so.2', 'libnss_files.so.2', 'libresolv.so.2'];

/**
 * The Node binary, its loader, and the shared libraries that it and they ask for: all that a container needs to run it. Read from the
 * build machine, so that the image holds what the machine's own distribution has patched.
 * @throws ElfError for something that is not a program, or when a library is nowhere to be found
 */
export function runtimeFiles(nodeFile: string): Runtime {
  const bytes = readFileSync(nodeFile);
  const node = readElf(bytes);
  const files = new Map<string, RuntimeFile>([[nodePath, { path: nodePath, bytes, source: realpathSync(nodeFile) }]]);
  if (node.interpreter !== undefined) add(files, node.interpreter);

  const folders = librariesFolders(node.architecture);
  const isGlibc = node.interpreter?.includes('ld-linux') ?? false;
  const asked = [...node.needed];
  const seen = new Set(asked);
  for (let name = asked.shift(); name !== undefined; name = asked.shift()) {
    const found = find(name, folders);
    if (found === undefined) throw new ElfError(`The library ${name} is in none of ${folders.join(', ')}.`);
    // The loader is named as a library too; it lies at its own path already.
    if (path.basename(node.interpreter ?? '') !== name) add(files, found);
    for (const further of readElf(readFileSync(found)).needed) {
      if (seen.has(further)) continue;
      seen.add(further);
      asked.push(further);
    }
  }
  if (isGlibc) {
    for (const name of nameServiceLibraries) {
      const found = find(name, folders);
      if (found !== undefined && !seen.has(name)) add(files, found);
    }
  }
  return { architecture: node.architecture, files: [...files.values()] };
}

function add(files: Map<string, RuntimeFile>, file: string): void {
  // The bytes behind a symbolic link go under the link's name: that is the name the loader asks for.
  files.set(file, { path: file, bytes: readFileSync(file), source: realpathSync(file) });
}

function librariesFolders(architecture: Linked['architecture']): readonly string[] {
  const triplet = triplets[architecture];
  return [`/lib/${triplet}`, `/usr/lib/${triplet}`, '/lib64', '/usr/lib64', '/lib', '/usr/lib'];
}

const find = (name: string, folders: readonly string[]): string | undefined =>
  folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file));
