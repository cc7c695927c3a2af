import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import * as tls from 'node:tls';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectedMatrix } from '../../../workload/expected-matrix.ts';
import { type Deployment, deploy, ingressHost } from '../../../workload/local/deployment.ts';
import { program } from '../kubernetes/programs.ts';

/** The workload's page as a browser shows it: Chromium, through the ingress, over TLS whose certificate it checks by its key. */
const screenshots = path.resolve(import.meta.dirname, '../../../out/conformance');
let run: Deployment;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  run = await deploy({ dropMs: 200 });
  browser = await chromium.launch({
    executablePath: program('chromium'),
    args: [
      `--host-resolver-rules=MAP ${ingressHost} 127.0.0.1`,
      // The authority lives for this run only. This key is accepted, and no other.
      `--ignore-certificate-errors-spki-list=${await keyOfIngress(run)}`,
    ],
  });
  page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await run?.stop();
});

/** SHA-256 of the public key of the ingress's certificate, whose authority is checked here. */
function keyOfIngress({ ingressPort, ingressAuthority }: Deployment): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port: ingressPort, servername: ingressHost, ca: ingressAuthority };
    const socket = tls.connect(options, () => {
      const key = socket.getPeerX509Certificate()?.publicKey.export({ type: 'spki', format: 'der' });
      socket.destroy();
      resolve(
        createHash('sha256')
          .update(key ?? '')
          .digest('base64'),
      );
    });
    socket.on('error', reject);
  });
}

describe("the workload's page in Chromium", () => {
  const complaints: string[] = [];

  beforeAll(async () => {
    page.on('console', (message) => void complaints.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => void complaints.push(error.message));
    const response = await page.goto(`https://${ingressHost}:${run.ingressPort}/`);
    expect(response?.status()).toBe(200);
    mkdirSync(screenshots, { recursive: true });
    await page.screenshot({ path: path.join(screenshots, 'page.png'), fullPage: true });
  }, 60_000);

  test('shows 20 calls: 4 that succeed and 16 that fail, each as the matrix says', async () => {
    const calls = await page.locator('[data-caller]').evaluateAll((rows) =>
      rows.map((row) => {
        const read = (name: string) => row.getAttribute(`data-${name}`) ?? '';
        return { row: `${read('caller')} → ${read('target')}`, success: read('success') === 'true' };
      }),
    );
    const expected = expectedMatrix
      .filter(({ caller }) => caller !== 'ingress')
      .map((row) => ({ row: `${row.caller} → ${row.target}`, success: row.stoppedBy.length === 0 }));
    const byRow = (one: { row: string }, other: { row: string }) => one.row.localeCompare(other.row);
    expect([...calls].sort(byRow)).toEqual(expected.sort(byRow));
    expect(calls.filter(({ success }) => success)).toHaveLength(4);
    expect(calls.filter(({ success }) => !success)).toHaveLength(16);
  });

  test('is readable without colours: success and failure are words too, and all of it is on the screen', async () => {
    for (const row of await page.locator('[data-caller]').all()) {
      expect(await row.isVisible()).toBe(true);
      expect((await row.innerText()).length).toBeGreaterThan(20);
    }
    const overflow = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
    expect(overflow).toBe(0);
  });

  test('paints what succeeds and what fails in different colours', async () => {
    // In the page's own language: its types are not those of this program.
    const colours = (success: boolean) =>
      page.evaluate(`[...new Set([...document.querySelectorAll('svg .${success ? 'ok' : 'no'} rect')]
        .map((box) => getComputedStyle(box).stroke + ' in ' + getComputedStyle(box).fill))]`) as Promise<
        readonly string[]
      >;
    const [ok, no] = [await colours(true), await colours(false)];
    expect(ok).toHaveLength(1);
    expect(no).toHaveLength(1);
    expect(ok).not.toEqual(no);
  });

  test('has nothing to complain about for the browser: no error, no blocked content', () => {
    expect(complaints).toEqual([]);
  });
});
