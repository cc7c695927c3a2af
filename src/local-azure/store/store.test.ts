import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createMemoryStore, openLmdbStore, type Store } from './index.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'store-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe.each([
  ['memory', () => createMemoryStore()],
  ['lmdb', () => openLmdbStore(folder)],
])('%s store', (_, open: () => Store) => {
  test('what was put is there, what was deleted is not, and null is a value', async () => {
    const store = open();
    await store.transact([
      { op: 'put', key: 'a/1', value: { deep: [1, 'two', null] } },
      { op: 'put', key: 'a/2', value: null },
      { op: 'put', key: 'a/3', value: 3 },
    ]);
    await store.transact([{ op: 'delete', key: 'a/3' }]);
    expect([store.get('a/1'), store.get('a/2'), store.get('a/3')]).toEqual([
      { deep: [1, 'two', null] },
      null,
      undefined,
    ]);
    await store.close();
  });

  test('changes of one transaction act in order', async () => {
    const store = open();
    await store.transact([
      { op: 'put', key: 'k', value: 1 },
      { op: 'delete', key: 'k' },
      { op: 'put', key: 'k', value: 2 },
    ]);
    expect(store.get('k')).toBe(2);
    await store.close();
  });

  test('a range is in key order and ends with its prefix', async () => {
    const store = open();
    const keys = ['b', 'a/é', 'a/b', 'a', 'a/', 'a/b/c', 'a0', 'a/zz'];
    await store.transact(keys.map((key) => ({ op: 'put' as const, key, value: key })));
    expect([...store.range('a/')].map(({ key, value }) => [key, value])).toEqual(
      ['a/', 'a/b', 'a/b/c', 'a/zz', 'a/é'].map((key) => [key, key]),
    );
    await store.close();
  });

  test('a caller cannot change what is kept by changing the value that it gave or got', async () => {
    const store = open();
    const value = { list: [1] };
    await store.transact([{ op: 'put', key: 'k', value }]);
    value.list.push(2);
    (store.get('k') as { list: number[] }).list.push(3);
    expect(store.get('k')).toEqual({ list: [1] });
    await store.close();
  });

  test('ids as long as ARM allows (4,096 characters) are keys, and different ones stay apart', async () => {
    const store = open();
    const long = `resource/${'x'.repeat(4_090)}`;
    await store.transact([
      { op: 'put', key: `${long}1`, value: 1 },
      { op: 'put', key: `${long}2`, value: 2 },
    ]);
    expect([store.get(`${long}1`), store.get(`${long}2`)]).toEqual([1, 2]);
    expect([...store.range('resource/')].map(({ key }) => key).sort()).toEqual([`${long}1`, `${long}2`]);
    await store.close();
  });
});

test('the LMDB store keeps its entries from one opening to the next', async () => {
  const first = openLmdbStore(folder);
  await first.transact([{ op: 'put', key: 'k', value: { a: 1 } }]);
  await first.close();
  await first.close();
  const second = openLmdbStore(folder);
  expect(second.get('k')).toEqual({ a: 1 });
  await second.close();
});

test('kill -9 loses no acknowledged transaction and leaves none half done', async () => {
  for (const patience of [30, 90, 200]) {
    const data = path.join(folder, String(patience));
    const acknowledged = await writeUntilKilled(data, patience);
    expect(acknowledged.length).toBeGreaterThanOrEqual(patience);
    const store = openLmdbStore(data);
    const left = [...store.range('left/')].map(({ value }) => (value as { n: number }).n);
    const right = [...store.range('right/')].map(({ value }) => (value as { n: number }).n);
    expect(left.sort((a, b) => a - b)).toEqual(right.sort((a, b) => a - b));
    expect(acknowledged.filter((n) => !left.includes(n))).toEqual([]);
    await store.close();
  }
});

/** Starts the writer and kills it after `count` acknowledgements; gives every number that it printed. */
async function writeUntilKilled(data: string, count: number): Promise<readonly number[]> {
  const script = fileURLToPath(new URL('../fixtures/acknowledged-writer.ts', import.meta.url));
  const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', script, data], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  await new Promise<void>((resolve, reject) => {
    child.on('error', reject);
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.split('\n').length > count) child.kill('SIGKILL');
    });
    child.on('close', () => resolve());
  });
  return text.split('\n').slice(0, -1).map(Number);
}
