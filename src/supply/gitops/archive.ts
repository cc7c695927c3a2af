import { gzipSync } from 'node:zlib';
import { Problem } from '../../kernel/errors.ts';

const block = 512;

/**
 * Files as a gzipped tar archive (POSIX ustar), by path: the same files give the same bytes. Owner, group and time are zero. Throws
 * `ARCHIVE_PATH_TOO_LONG` for a path of more than 100 bytes that cannot be split at a folder.
 */
export function archiveOf(files: ReadonlyMap<string, string>): Uint8Array {
  const parts: Buffer[] = [];
  for (const [path, text] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const content = Buffer.from(text, 'utf8');
    parts.push(headerOf(path, content.length), content, Buffer.alloc((block - (content.length % block)) % block));
  }
  parts.push(Buffer.alloc(2 * block));
  return gzipSync(Buffer.concat(parts), { level: 9 });
}

function headerOf(path: string, size: number): Buffer {
  const [prefix, name] = split(path);
  const header = Buffer.alloc(block);
  const put = (text: string, at: number): void => void header.write(text, at, 'utf8');
  const octal = (value: number, length: number): string => `${value.toString(8).padStart(length - 1, '0')}\0`;
  put(name, 0);
  put(octal(0o644, 8), 100);
  put(octal(0, 8), 108);
  put(octal(0, 8), 116);
  put(octal(size, 12), 124);
  put(octal(0, 12), 136);
  // The checksum counts its own field as blanks.
  put(' '.repeat(8), 148);
  put('0', 156);
  put('ustar\x0000', 257);
  put(prefix, 345);
  const sum = header.reduce((total, byte) => total + byte, 0);
  put(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}

function split(path: string): readonly [prefix: string, name: string] {
  if (Buffer.byteLength(path) <= 100) return ['', path];
  for (let at = path.indexOf('/'); at !== -1; at = path.indexOf('/', at + 1)) {
    const [prefix, name] = [path.slice(0, at), path.slice(at + 1)];
    if (Buffer.byteLength(prefix) <= 155 && Buffer.byteLength(name) <= 100) return [prefix, name];
  }
  throw new Problem({ code: 'ARCHIVE_PATH_TOO_LONG', message: `${path} is too long for an archive.` });
}
