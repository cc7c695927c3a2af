import { gunzipSync } from 'node:zlib';

const block = 512;
/** Configuration is text: what unpacks to more than this is not one. */
const mostBytes = 64 * 1024 * 1024;

/** The files of a gzipped tar archive (POSIX ustar) by path, as texts. Throws an `Error` where it is none, or leads out of its root. */
export function readArchive(content: Uint8Array): ReadonlyMap<string, string> {
  const data = gunzipSync(content, { maxOutputLength: mostBytes });
  const files = new Map<string, string>();
  for (let at = 0; at + block <= data.length; ) {
    const header = data.subarray(at, at + block);
    if (header.every((byte) => byte === 0)) break;
    const text = (from: number, length: number): string =>
      header
        .subarray(from, from + length)
        .toString('utf8')
        .split('\0')[0] ?? '';
    const size = Number.parseInt(text(124, 12).trim() || '0', 8);
    const [name, prefix, type] = [text(0, 100), text(345, 155), text(156, 1)];
    if (!Number.isInteger(size) || at + block + size > data.length) throw new Error('the archive is damaged');
    const path = (prefix === '' ? name : `${prefix}/${name}`).replace(/^\.\//, '');
    if (type === '0' || type === '') {
      if (path.startsWith('/') || path.split('/').includes('..')) throw new Error(`${path} leads out of the archive`);
      files.set(path, data.subarray(at + block, at + block + size).toString('utf8'));
    } else if (type !== '5') {
      throw new Error(`${path} is no file and no folder`);
    }
    at += block + Math.ceil(size / block) * block;
  }
  return files;
}
