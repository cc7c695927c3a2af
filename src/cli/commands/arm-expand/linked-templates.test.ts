import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Problem } from '../../../kernel/errors.ts';
import { localTemplates } from './linked-templates.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'linked-'));
  mkdirSync(path.join(folder, 'templates/sub'), { recursive: true });
  for (const name of ['secret.json', 'templates/main.json', 'templates/a.json', 'templates/sub/b.json'])
    writeFileSync(path.join(folder, name), JSON.stringify({ name }));
});

afterEach(() => rmSync(folder, { recursive: true }));

const open = (given: Readonly<Record<string, string>> = {}) =>
  localTemplates(
    path.join(folder, 'templates/main.json'),
    new Map(Object.entries(given).map(([link, file]) => [link, path.join(folder, file)])),
    (file) => path.relative(folder, file),
  );

describe('linked templates of the disk', () => {
  test('a relative path is relative to the template that links', () => {
    const { root, linked } = open();
    const b = linked({ relativePath: 'sub/b.json' }, root);
    expect(b?.value).toEqual({ name: 'templates/sub/b.json' });
    expect(b?.file).toBe('templates/sub/b.json');
    expect(linked({ relativePath: '../a.json' }, b ?? root)?.value).toEqual({ name: 'templates/a.json' });
    expect(linked({ relativePath: './a.json' }, root)).toBe(linked({ relativePath: '../a.json' }, b ?? root));
  });

  test('a file address below the folder', () => {
    const { root, linked } = open();
    const uri = pathToFileURL(path.join(folder, 'templates/a.json')).href;
    expect(linked({ uri }, root)?.value).toEqual({ name: 'templates/a.json' });
  });

  test('an address or template spec that a file was given for', () => {
    const { root, linked } = open({ 'https://x/y.json': 'secret.json', '/specs/1': 'templates/a.json' });
    expect(linked({ uri: 'https://x/y.json' }, root)?.value).toEqual({ name: 'secret.json' });
    expect(linked({ id: '/specs/1' }, root)?.value).toEqual({ name: 'templates/a.json' });
    expect(linked({ uri: 'https://x/z.json' }, root)).toBeUndefined();
    expect(linked({ id: '/specs/2' }, root)).toBeUndefined();
  });

  test.each([
    ['the parent folder', () => ({ relativePath: '../secret.json' })],
    ['the folder itself', () => ({ relativePath: '.' })],
    ['far up and down again', () => ({ relativePath: 'sub/../../secret.json' })],
    ['an absolute path', () => ({ relativePath: path.join(folder, 'secret.json') })],
    ['a path of Windows', () => ({ relativePath: '..\\secret.json' })],
    ['a drive', () => ({ relativePath: 'c:secret.json' })],
    ['a zero character', () => ({ relativePath: 'a.json\0' })],
    ['a file address outside', () => ({ uri: pathToFileURL(path.join(folder, 'secret.json')).href })],
    ['a file address with escapes', () => ({ uri: `${pathToFileURL(folder).href}/templates/%2e%2e/secret.json` })],
    ['a file address of another machine', () => ({ uri: 'file://host/a.json' })],
  ])('%s is refused', (_, link) => {
    const { root, linked } = open();
    expect(() => linked(link(), root)).toThrow(expect.objectContaining({ code: 'TEMPLATE_LINK_OUTSIDE' }));
  });

  test('a symbolic link that leads out is refused, one that stays is not', () => {
    symlinkSync(path.join(folder, 'secret.json'), path.join(folder, 'templates/out.json'));
    symlinkSync(path.join(folder, 'templates/a.json'), path.join(folder, 'templates/in.json'));
    const { root, linked } = open();
    expect(() => linked({ relativePath: 'out.json' }, root)).toThrow(Problem);
    expect(linked({ relativePath: 'in.json' }, root)?.value).toEqual({ name: 'templates/a.json' });
  });

  test('what is larger than a template may be is not read', () => {
    writeFileSync(path.join(folder, 'templates/a.json'), ' '.repeat(4 * 1024 * 1024 + 1));
    const { root, linked } = open();
    expect(() => linked({ relativePath: 'a.json' }, root)).toThrow(
      expect.objectContaining({ code: 'TEMPLATE_TOO_LARGE' }),
    );
  });

  test('what is not there says so', () => {
    const { root, linked } = open();
    expect(() => linked({ relativePath: 'none.json' }, root)).toThrow(
      expect.objectContaining({ code: 'FILE_NOT_FOUND' }),
    );
  });
});
