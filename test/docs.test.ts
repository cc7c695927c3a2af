import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { messagesPage } from '../scripts/messages-page.ts';
import { runCli } from './cli/run-cli.ts';

/** The documents tell the truth about what can be checked: links, verbs, rooms, commands. */
const root = path.resolve(import.meta.dirname, '..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const documents = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md'];

describe.each(documents)('%s', (file) => {
  test('every link to a file leads somewhere', () => {
    const links = [...read(file).matchAll(/\]\((?!https?:)([^)#]+)/g)].map((match) => match[1] ?? '');
    expect(links.filter((link) => !existsSync(path.join(root, link)))).toEqual([]);
  });

  test('every path in code type that looks like one of ours is there', () => {
    const named = [...read(file).matchAll(/`((?:src|test|scripts|docs|schema|examples)\/[a-z0-9./-]+)`/g)].map(
      (match) => match[1] ?? '',
    );
    expect(named.filter((one) => !existsSync(path.join(root, one)))).toEqual([]);
  });

  test('every npm command is a script', () => {
    const scripts = (JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts;
    const named = [...read(file).matchAll(/npm (?:run )?(start|test|conformance|generate|build|lint|format)\b/g)].map(
      (match) => match[1] ?? '',
    );
    expect(named.filter((one) => scripts[one] === undefined)).toEqual([]);
  });
});

test('README names the verbs that there are, and no others', async () => {
  const help = (await runCli(root, '--help')).out;
  const verbs = new Set([...help.matchAll(/^ {2}aks-regulated ([a-z][a-z-]+)/gm)].map((match) => match[1]));
  const table = [...read('README.md').matchAll(/^\| `([a-z-]+)/gm)].map((match) => match[1]);
  expect(new Set(table)).toEqual(new Set([...verbs].filter((verb) => verb !== 'schema')));
});

test('ARCHITECTURE lists the rooms that there are', () => {
  const rooms = readdirSync(path.join(root, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const listed = [...read('ARCHITECTURE.md').matchAll(/^\| `src\/([a-z-]+)\/`/gm)].map((match) => match[1]);
  expect(listed.sort()).toEqual(rooms.map((room) => room.name).sort());
});

test('the first page says what the tool is not', () => {
  expect(read('README.md')).toMatch(/Nothing here is certified/);
});

test('the page of messages is what the registry says', () => {
  expect(read('docs/messages.md'), 'run npm run generate').toBe(messagesPage());
});
