import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { appendDurably, createExclusively, listFiles, readText, writeTextAtomically } from './files.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'files-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a missing file is a problem with a code', () => {
  expect(() => readText(path.join(folder, 'none'))).toThrow(
    expect.objectContaining({ code: 'FILE_NOT_FOUND', kind: 'not-found' }),
  );
});

test('a folder in the place of a file is a problem, not a crash', () => {
  expect(() => readText(folder)).toThrow(expect.objectContaining({ code: 'FILE_UNREADABLE' }));
});

test('an atomic write makes folders, replaces, and leaves nothing beside', () => {
  const file = path.join(folder, 'a/b.txt');
  writeTextAtomically(file, 'one');
  writeTextAtomically(file, 'two');
  expect(readFileSync(file, 'utf8')).toBe('two');
  expect(readdirSync(path.join(folder, 'a'))).toEqual(['b.txt']);
});

test('appending keeps what is there', () => {
  const file = path.join(folder, 'log');
  appendDurably(file, 'one\n');
  appendDurably(file, 'two\n');
  expect(readFileSync(file, 'utf8')).toBe('one\ntwo\n');
});

test('only the first of two exclusive creations succeeds', () => {
  const file = path.join(folder, 'lock');
  expect([createExclusively(file, '1'), createExclusively(file, '2')]).toEqual([true, false]);
  expect(readFileSync(file, 'utf8')).toBe('1');
});

test('files are listed sorted, with forward slashes', () => {
  writeTextAtomically(path.join(folder, 'z/b'), '');
  writeTextAtomically(path.join(folder, 'a'), '');
  writeFileSync(path.join(folder, 'z/a'), '');
  expect(listFiles(folder)).toEqual(['a', 'z/a', 'z/b']);
});
