import * as path from 'node:path';
import { open } from 'lmdb';
import type { Json } from '../../kernel/canonical-json.ts';
import { messageOf, Problem } from '../../kernel/errors.ts';
import { makeFolder } from '../../kernel/files.ts';
import { sha256 } from '../../kernel/hash.ts';
import type { Store } from './store.ts';

/** LMDB takes keys of up to 1,978 bytes; ARM ids reach 4,096 characters. */
const longestKey = 1_000;

/** The key in the file: the text itself, or its beginning with a digest of the whole. */
function fileKey(key: string): string {
  if (Buffer.byteLength(key) <= longestKey) return key;
  const head = Buffer.from(key)
    .subarray(0, 512)
    .toString('utf8')
    .replace(/\uFFFD+$/, '');
  return `${head}#${sha256(key)}`;
}

/**
 * Opens (or makes) `<folder>/state.mdb`. A transaction is acknowledged when LMDB has flushed it to the disk, so it survives
 * `kill -9` and a power cut; a killed process leaves the file whole. Hold `lockDataFolder(folder)` meanwhile.
 */
export function openLmdbStore(folder: string): Store {
  // The key that tokens are signed with lies in it.
  makeFolder(folder, 0o700);
  const file = path.join(folder, 'state.mdb');
  const database = (() => {
    try {
      return open<readonly [key: string, value: Json], string>({ path: file, noSubdir: true, encoding: 'json' });
    } catch (error) {
      throw new Problem({
        code: 'STORE_UNREADABLE',
        message: `The state of local Azure in ${file} cannot be opened: ${messageOf(error)}.`,
        hint: 'Give another folder with --data, or remove the folder to begin anew.',
        cause: error,
      });
    }
  })();
  let closing: Promise<void> | undefined;
  return {
    get: (key) => database.get(fileKey(key))?.[1],
    *range(prefix) {
      for (const entry of database.getRange({ start: prefix })) {
        if (!entry.key.startsWith(prefix)) return;
        yield { key: entry.value[0], value: entry.value[1] };
      }
    },
    transact: async (changes) => {
      try {
        await database.batch(() => {
          for (const change of changes) {
            if (change.op === 'put') void database.put(fileKey(change.key), [change.key, change.value]);
            else void database.remove(fileKey(change.key));
          }
        });
        await database.flushed;
      } catch (error) {
        throw new Problem({
          code: 'STORE_WRITE_FAILED',
          message: `The state of local Azure could not be written to ${file}: ${messageOf(error)}.`,
          hint: 'Look at the free space and the permissions of the folder, then run again: what was acknowledged is kept.',
          cause: error,
        });
      }
    },
    close: () => {
      closing ??= database.close();
      return closing;
    },
  };
}
