import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Call, CallTree } from '../call-tree.ts';
import { html } from './escape.ts';
import { renderPage } from './page.ts';
import { contentSecurityPolicy } from './style.ts';
import { duration, inWords } from './words.ts';

const now = new Date('2026-01-02T03:04:05Z');
const call = (uri: string, success: boolean): Call => ({
  date: now.toISOString(),
  uri,
  success,
  statusCode: success ? 200 : 0,
  requestTimeInMs: 12,
});
const page = (tree: CallTree): string => renderPage({ service: 'web-frontend', tree, now, tookMs: 40 });
const passing = {
  ...call('http://microservice-a.a0005-o/URLCaller/depth/3', true),
  dependencyResult: { externalDependencies: [], selfCalled: [] },
};

describe('the page', () => {
  test('text from outside stays text', () => {
    const nasty = page({
      externalDependencies: [call('https://x.example/"><script>alert(1)</script>', false)],
      selfCalled: [{ ...call('javascript:alert(1)//<img src=x onerror=alert(1)>', false) }],
    });
    expect(nasty).not.toMatch(/<script|<img/);
    expect(nasty).toContain('&lt;script&gt;');
  });

  test('asks for nothing from anywhere, and its style is the one that the policy names', () => {
    const text = page({ externalDependencies: [call('https://example.org', false)], selfCalled: [passing] });
    expect(text).not.toMatch(/<(script|link|img|iframe|form|object|embed)\b|\sstyle=|\son[a-z]+=|url\(|@import/);
    const style = /<style>([\s\S]*)<\/style>/.exec(text)?.[1] ?? '';
    expect(contentSecurityPolicy).toContain(`'sha256-${createHash('sha256').update(style).digest('base64')}'`);
    expect(contentSecurityPolicy).toMatch(/^default-src 'none'/);
  });

  test('says what it found: as designed, too little, too much', () => {
    expect(page({ externalDependencies: [call('https://example.org', false)], selfCalled: [passing] })).toContain(
      'data-verdict="good"',
    );
    const gap = page({
      externalDependencies: [],
      selfCalled: [call('http://microservice-a.a0005-o/URLCaller/depth/3', false)],
    });
    expect(gap).toContain('data-verdict="warn"');
    const leak = page({ externalDependencies: [call('https://example.org', true)], selfCalled: [] });
    expect(leak).toContain('data-verdict="bad"');
    expect(leak).toContain('web-frontend → example.org got through');
    expect(leak).toContain('to be stopped by: caller egress policy, mesh registry, egress firewall');
    expect(page({ externalDependencies: [], selfCalled: [] })).toContain('Nothing was tried');
  });

  test('speaks to those who do not see colours, or nothing at all', () => {
    const text = page({ externalDependencies: [call('https://example.org', false)], selfCalled: [passing] });
    expect(text).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(text).toMatch(/<svg class="map"[^>]*role="img" aria-labelledby="map-title map-text">/);
    expect(text).toContain('Could not reach <code>https://example.org</code>');
    expect(text).toContain('Reached <code>http://microservice-a.a0005-o/URLCaller/depth/3</code>');
    expect([...text.matchAll(/<h1/g)]).toHaveLength(1);
    const ids = [...text.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, names] of text.matchAll(/aria-labelledby="([^"]+)"/g))
      expect(ids).toEqual(expect.arrayContaining((names ?? '').split(' ')));
  });

  test('is well formed: every element that is opened is closed', () => {
    const open: string[] = [];
    const text = page({ externalDependencies: [call('https://example.org', false)], selfCalled: [passing] }).replace(
      /<style>[\s\S]*<\/style>/,
      '',
    );
    for (const [, slash, name = '', selfClosed] of text.matchAll(/<(\/?)([a-z][a-z0-9]*)\b[^>]*?(\/?)>/g)) {
      if (name === 'meta' || selfClosed === '/') continue;
      if (slash === '') open.push(name);
      else expect(open.pop()).toBe(name);
    }
    expect(open).toEqual([]);
  });
});

test('only markup made by the template goes in as it is', () => {
  expect(html`<a title="${`"'<&>`}">${[html`<b>${1}</b>`]}</a>`.markup).toBe(
    '<a title="&quot;&#39;&lt;&amp;&gt;"><b>1</b></a>',
  );
});

test('times and counts as people say them', () => {
  expect([duration(0), duration(999.4), duration(1_040), duration(61_000)]).toEqual([
    '0 ms',
    '999 ms',
    '1.0 s',
    '61.0 s',
  ]);
  expect([inWords(0), inWords(5), inWords(16)]).toEqual(['no', 'five', '16']);
});
