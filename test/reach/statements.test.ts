import { readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { assumed, sourceOf } from './statements.ts';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, '../..');
const count = 95;

/** Files whose tests or rows of data carry numbers of statements. */
const files = [
  ...readdirSync(here).map((name) => path.join(here, name)),
  ...readdirSync(path.join(here, 'data')).map((name) => path.join(here, 'data', name)),
  path.join(root, 'src/kustomize/render.test.ts'),
].filter((file) => file.endsWith('.ts') && !file.endsWith('statements.ts') && !file.endsWith('statements.test.ts'));

/** Numbers by the files that test them: rows say `statements: [1, 2]`, tests begin their titles with `1, 2: `. */
function tested(): ReadonlyMap<number, readonly string[]> {
  const found = new Map<number, string[]>();
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    const rows = [...text.matchAll(/\bstatements: \[([\d, ]+)\]/g)];
    const titles = [...text.matchAll(/\b(?:it|test|describe)\(\s*['"`](\d[\d, ]*): /g)];
    for (const [, numbers = ''] of [...rows, ...titles])
      for (const number of numbers.split(',')) {
        const key = Number(number);
        found.set(key, [...(found.get(key) ?? []), path.relative(root, file)]);
      }
  }
  return found;
}

describe('the statements of the network semantics', () => {
  const byNumber = tested();
  const all = Array.from({ length: count }, (_, n) => n + 1);

  it(`each of the ${count} has a test`, () => {
    expect(all.filter((number) => !byNumber.has(number))).toEqual([]);
  });

  it('each has a source, or is an assumption that reports print', () => {
    expect(all.filter((number) => !sourceOf.has(number) && !assumed.has(number))).toEqual([]);
    expect([...sourceOf.keys()].filter((number) => assumed.has(number))).toEqual([]);
    console.log(`${count} statements: ${sourceOf.size} with a source, ${assumed.size} named assumptions`);
    expect(sourceOf.size + assumed.size).toBe(count);
  });

  it('each assumption is said in these words by the code that makes it', () => {
    const sources = ['src/verify', 'src/reachability'].flatMap((folder) =>
      readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
        .map((file) => readFileSync(path.join(root, folder, file), 'utf8')),
    );
    for (const [number, words] of assumed)
      expect(
        sources.some((text) => words.test(text)),
        String(number),
      ).toBe(true);
  });
});
