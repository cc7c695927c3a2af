/** One entry of an archive: a file with bytes, or a folder. */
export interface Entry {
  /** Without a slash in front, with `/` between. */
  readonly path: string;
  /** Undefined: a folder. */
  readonly bytes?: Uint8Array;
  readonly mode: number;
}

/** An archive that cannot be written or read. */
export class TarError extends Error {
  override readonly name = 'TarError';
}

const block = 512;

/**
 * A POSIX ustar archive (IEEE Std 1003.1, "ustar Interchange Format"). Same entries, same bytes: sorted by path, folders added, owner
 * root, time zero, no names of users.
 * @throws TarError for a path that does not fit or occurs twice
 */
export function writeTar(entries: readonly Entry[]): Buffer {
  const all = new Map<string, Entry>();
  for (const entry of entries) {
    if (all.has(entry.path)) throw new TarError(`${entry.path} occurs twice.`);
    all.set(entry.path, entry);
  }
  for (const entry of entries) {
    for (const folder of foldersOf(entry.path)) {
      if (!all.has(folder)) all.set(folder, { path: folder, mode: 0o755 });
    }
  }
  const sorted = [...all.values()].sort((left, right) => (left.path < right.path ? -1 : 1));
  const parts: Uint8Array[] = [];
  for (const entry of sorted) {
    const { bytes } = entry;
    parts.push(headerOf(entry));
    if (bytes !== undefined) parts.push(bytes, Buffer.alloc((block - (bytes.length % block)) % block));
  }
  return Buffer.concat([...parts, Buffer.alloc(2 * block)]);
}

function foldersOf(path: string): readonly string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

function headerOf(entry: Entry): Buffer {
  const isFolder = entry.bytes === undefined;
  const { name, prefix } = splitPath(isFolder ? `${entry.path}/` : entry.path);
  const header = Buffer.alloc(block);
  const octal = (value: number, at: number, length: number): void =>
    void header.write(`${value.toString(8).padStart(length - 1, '0')}\0`, at, 'ascii');
  header.write(name, 0, 'utf8');
  octal(entry.mode, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(entry.bytes?.length ?? 0, 124, 12);
  octal(0, 136, 12);
  header.write('        ', 148, 'ascii');
  header.write(isFolder ? '5' : '0', 156, 'ascii');
  header.write('ustar\x0000', 257, 'ascii');
  octal(0, 329, 8);
  octal(0, 337, 8);
  header.write(prefix, 345, 'utf8');
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'ascii');
  return header;
}

/** 100 bytes of name, or up to 155 more in front of a slash. */
function splitPath(path: string): { name: string; prefix: string } {
  if (path.startsWith('/') || path.split('/').includes('..')) throw new TarError(`${path} leads out of the archive.`);
  if (Buffer.byteLength(path) <= 100) return { name: path, prefix: '' };
  for (let at = path.indexOf('/'); at > 0; at = path.indexOf('/', at + 1)) {
    const [prefix, name] = [path.slice(0, at), path.slice(at + 1)];
    if (name !== '' && Buffer.byteLength(name) <= 100 && Buffer.byteLength(prefix) <= 155) return { name, prefix };
  }
  throw new TarError(`${path} is too long for a ustar archive.`);
}

/** Reads an archive that `writeTar` could have written. @throws TarError for a wrong checksum, a short file, other kinds of entries */
export function readTar(archive: Buffer): readonly Entry[] {
  const entries: Entry[] = [];
  let at = 0;
  while (at + block <= archive.length) {
    const header = archive.subarray(at, at + block);
    at += block;
    if (header.every((byte) => byte === 0)) return entries;
    const text = (from: number, length: number): string =>
      header.toString('utf8', from, from + length).replace(/\0.*$/s, '');
    const number = (from: number, length: number): number => Number.parseInt(text(from, length).trim() || '0', 8);
    const blank = Buffer.from(header);
    blank.write('        ', 148, 'ascii');
    if (blank.reduce((total, byte) => total + byte, 0) !== number(148, 8)) throw new TarError('A checksum is wrong.');
    const prefix = text(345, 155);
    const name = `${prefix === '' ? '' : `${prefix}/`}${text(0, 100)}`;
    const size = number(124, 12);
    const type = text(156, 1);
    if (type === '5') entries.push({ path: name.replace(/\/$/, ''), mode: number(100, 8) });
    else if (type === '0' && at + size <= archive.length) {
      entries.push({ path: name, bytes: archive.subarray(at, at + size), mode: number(100, 8) });
    } else throw new TarError(`${name} is cut short, or neither file nor folder.`);
    at += Math.ceil(size / block) * block;
  }
  throw new TarError('The archive has no end.');
}
