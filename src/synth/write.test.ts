import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { OutputFile } from '../model/deployments.ts';
import { writeFiles } from './write.ts';

let folder: string;
beforeEach(() => {
  folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'synth-write-')));
});
afterEach(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

const files = (...pairs: readonly [string, string][]): readonly OutputFile[] =>
  pairs.map(([name, text]) => ({ path: name, text }));
const at = (name: string): string => path.join(folder, name);
const read = (name: string): string => fs.readFileSync(at(name), 'utf8');
const put = (name: string, text: string): void => {
  fs.mkdirSync(path.dirname(at(name)), { recursive: true });
  fs.writeFileSync(at(name), text);
};
const coded = (code: string): Error => expect.objectContaining({ code }) as unknown as Error;

test('writes what is new and leaves what is the same', () => {
  expect(writeFiles(folder, files(['a/b.json', 'one'], ['c.yaml', 'two']))).toEqual({
    written: ['a/b.json', 'c.yaml'],
    unchanged: [],
    removed: [],
    kept: [],
  });
  const before = fs.statSync(at('c.yaml')).mtimeMs;
  expect(writeFiles(folder, files(['a/b.json', 'changed'], ['c.yaml', 'two']))).toMatchObject({
    written: ['a/b.json'],
    unchanged: ['c.yaml'],
  });
  expect(read('a/b.json')).toBe('changed');
  expect(fs.statSync(at('c.yaml')).mtimeMs).toBe(before);
  expect(fs.readdirSync(folder).sort()).toEqual(['.synth-manifest.json', 'a', 'c.yaml']);
});

test('removes what an earlier run made, unless somebody has changed it since', () => {
  writeFiles(folder, files(['old', '1'], ['edited', '2'], ['stays', '3']));
  put('edited', 'by hand');
  expect(writeFiles(folder, files(['stays', '3']))).toEqual({
    written: [],
    unchanged: ['stays'],
    removed: ['old'],
    kept: ['edited'],
  });
  expect(fs.existsSync(at('old'))).toBe(false);
  expect(read('edited')).toBe('by hand');
});

test('replaces a file of its own that was edited', () => {
  writeFiles(folder, files(['a', '1']));
  put('a', 'by hand');
  expect(writeFiles(folder, files(['a', '1'])).written).toEqual(['a']);
  expect(read('a')).toBe('1');
});

test('never touches a foreign file, and writes nothing when one is in the way', () => {
  put('templates/hub.json', 'mine');
  put('notes.txt', 'mine too');
  expect(() => writeFiles(folder, files(['a', '1'], ['templates/hub.json', '2']))).toThrow(coded('SYNTH_FOREIGN_FILE'));
  expect(fs.existsSync(at('a'))).toBe(false);
  expect(read('templates/hub.json')).toBe('mine');
  writeFiles(folder, files(['a', '1']));
  writeFiles(folder, []);
  expect(read('notes.txt')).toBe('mine too');
});

test('a folder in the way is refused; a file of the same text is taken for ours', () => {
  fs.mkdirSync(at('a'));
  expect(() => writeFiles(folder, files(['a', '1']))).toThrow(coded('SYNTH_FOREIGN_FILE'));
  put('b', '2');
  expect(writeFiles(folder, files(['b', '2'])).unchanged).toEqual(['b']);
});

test.each(['../x', '/x', 'a/../../x', 'a//x', './x', 'a\\..\\x', 'C:/x', '', '.synth-manifest.json'])(
  'refuses to write to %j',
  (name) => {
    expect(() => writeFiles(folder, files([name, '1']))).toThrow(coded('SYNTH_PATH_OUTSIDE'));
    expect(fs.readdirSync(folder)).toEqual([]);
  },
);

test('refuses to write or delete through a link to another folder', () => {
  const other = fs.mkdtempSync(path.join(os.tmpdir(), 'synth-other-'));
  try {
    fs.symlinkSync(other, at('templates'));
    expect(() => writeFiles(folder, files(['templates/x.json', '1']))).toThrow(coded('SYNTH_PATH_OUTSIDE'));
    expect(fs.readdirSync(other)).toEqual([]);
    fs.rmSync(at('templates'));
    writeFiles(folder, files(['templates/x.json', '1']));
    fs.renameSync(at('templates'), path.join(other, 'moved'));
    fs.symlinkSync(path.join(other, 'moved'), at('templates'));
    expect(() => writeFiles(folder, [])).toThrow(coded('SYNTH_MANIFEST_INVALID'));
    expect(fs.existsSync(path.join(other, 'moved', 'x.json'))).toBe(true);
  } finally {
    fs.rmSync(other, { recursive: true, force: true });
  }
});

test('two paths that differ in case only are refused', () => {
  expect(() => writeFiles(folder, files(['a', '1'], ['A', '2']))).toThrow(coded('SYNTH_PATHS_COLLIDE'));
});

test.each(['not json', '{}', '{"files":{"../x":"00"}}', '{"files":{"a":1}}'])('a manifest of %s is refused', (text) => {
  put('.synth-manifest.json', text);
  expect(() => writeFiles(folder, files(['a', '1']))).toThrow(coded('SYNTH_MANIFEST_INVALID'));
});

test('a run that was killed after it claimed its files is taken up again', () => {
  writeFiles(folder, files(['a', '1'], ['b', '1']));
  // What a run for [a: 2, c: 2] leaves that dies after its first file: both lists claimed, one file written.
  const manifest = JSON.parse(read('.synth-manifest.json')) as { files: Record<string, string> };
  put('.synth-manifest.json', JSON.stringify({ ...manifest, files: { ...manifest.files, a: 'new', c: 'new' } }));
  put('a', '2');
  expect(writeFiles(folder, files(['a', '3'], ['c', '3']))).toEqual({
    written: ['a', 'c'],
    unchanged: [],
    removed: ['b'],
    kept: [],
  });
});
