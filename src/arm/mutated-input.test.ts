import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { Problem } from '../kernel/errors.ts';
import { ArmError } from './arm-error.ts';
import { ExpressionFailure } from './arm-failures.ts';
import { readJson } from './json-reader.ts';
import { expandOffline } from './offline.ts';
import { parseExpression } from './parse-expression.ts';
import { printExpression } from './print-expression.ts';

const limit = 20_000;

/** Expands, and lets pass only what a user is meant to see. Milliseconds. */
function attempt(work: () => unknown): number {
  const start = performance.now();
  try {
    work();
  } catch (error) {
    if (!(error instanceof ArmError || error instanceof Problem)) throw error;
  }
  return performance.now() - start;
}

/** Small and fast, and the same in every run (Steele and Vigna, SplitMix). */
function randomOf(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) % below;
  };
}

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../test/corpus/arm');
const texts = readdirSync(root).map((name) => readFileSync(path.join(root, name, 'template.json'), 'utf8'));
const bits = [
  '[',
  ']',
  '(',
  ')',
  "'",
  '"',
  ',',
  '{',
  '}',
  ':',
  '.',
  '\\',
  '0',
  '-1',
  '99999999999',
  'null',
  'true',
  '\u0000',
  '[[',
  'concat(',
  "parameters('",
  '"copy": ',
  '"resources": ',
  '__proto__',
  '/',
  'é',
  '\ud800',
];

function mutated(text: string, random: (below: number) => number): string {
  let result = text;
  for (let i = 0, count = 1 + random(4); i < count; i++) {
    const at = random(result.length + 1);
    const length = random(12);
    switch (random(4)) {
      case 0:
        result = result.slice(0, at) + result.slice(at + length);
        break;
      case 1:
        result = result.slice(0, at) + bits[random(bits.length)] + result.slice(at);
        break;
      case 2: {
        const from = random(result.length + 1);
        result = result.slice(0, at) + result.slice(from, from + random(60)) + result.slice(at);
        break;
      }
      default:
        result = result.slice(0, at) + bits[random(bits.length)] + result.slice(at + length);
    }
  }
  return result;
}

/** Whether an error says a line. */
function hasPlace(error: ArmError): boolean {
  const info = error.body.additionalInfo?.[0]?.info as { readonly lineNumber?: number } | undefined;
  return (info?.lineNumber ?? 0) > 0;
}

test('20,000 mutated templates end in an answer or in an error that has a place', () => {
  const random = randomOf(20_260_101);
  let expanded = 0;
  let slowest = 0;
  for (let i = 0; i < 20_000; i++) {
    const text = mutated(texts[random(texts.length)] as string, random);
    const took = attempt(() => {
      try {
        expandOffline({ template: readJson(text, 'mutated.json') });
        expanded++;
      } catch (error) {
        if (error instanceof Problem && error.place === undefined)
          expect.unreachable(`no place: ${error.message}\n${text}`);
        if (error instanceof ArmError && !hasPlace(error)) expect.unreachable(`no place: ${error.message}\n${text}`);
        throw error;
      }
    });
    slowest = Math.max(slowest, took);
  }
  expect(slowest).toBeLessThan(limit);
  // Most mutations break something; some hit a text and leave a template.
  expect(expanded).toBeGreaterThan(500);
  expect(expanded).toBeLessThan(15_000);
}, 300_000);

/** Every expression of the corpus, once. */
function expressionsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return value.startsWith('[') && !value.startsWith('[[') ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => [...expressionsOf(key), ...expressionsOf(item)]);
}

test('20,000 mutated expressions parse, and then print to what parses the same, or fail at a position in the text', () => {
  const random = randomOf(20_260_102);
  const corpus = [...new Set(texts.flatMap((text) => expressionsOf(readJson(text, 'f').value)))];
  expect(corpus.length).toBeGreaterThan(150);
  let parsed = 0;
  for (let i = 0; i < 20_000; i++) {
    const text = `[${mutated(corpus[random(corpus.length)] as string, random).slice(1)}`;
    try {
      const printed = printExpression(parseExpression(text));
      if (printExpression(parseExpression(printed)) !== printed) expect.unreachable(`${text} prints as ${printed}`);
      parsed++;
    } catch (error) {
      if (!(error instanceof ExpressionFailure)) throw error;
      const { offset = -1 } = error;
      if (offset < 0 || offset > text.length) expect.unreachable(`${text} fails at ${offset}`);
    }
  }
  expect(parsed).toBeGreaterThan(500);
  expect(parsed).toBeLessThan(15_000);
}, 300_000);
