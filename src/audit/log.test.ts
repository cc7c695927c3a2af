import { createHash, createPublicKey, verify } from 'node:crypto';
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fixedClock } from '../kernel/clock.ts';
import { openAuditLog, verifyLogFile } from './log.ts';
import { logFiles } from './log-files.ts';
import { makeSigningKey } from './signing-key.ts';
import { verifyLog } from './verify-log.ts';

let folder: string;
const clock = fixedClock(new Date('2026-03-01T12:00:00Z'));
const who = { principal: 'operator', kind: 'local' };

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'audit-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(count: number): string {
  const log = openAuditLog(folder, clock);
  for (let i = 0; i < count; i++) {
    log.append({
      action: i % 2 === 0 ? 'started' : 'succeeded',
      who,
      stage: 'hub',
      role: 'network',
      deployment: `hub-${i}`,
      detail: 'größer → 1',
    });
  }
  return log.file;
}

const beside = () => ({
  publicKey: readFileSync(path.join(folder, 'audit.pub.pem'), 'utf8'),
  head: readFileSync(path.join(folder, 'audit.jsonl.head'), 'utf8'),
});

/** The log, checked by a second way: raw lines cut by hand, digests and signatures by node:crypto. */
function chainHolds(text: string): boolean {
  const sha = (data: string) => createHash('sha256').update(data).digest('hex');
  let previous = '0'.repeat(64);
  const key = createPublicKey(beside().publicKey);
  for (const line of text.trimEnd().split('\n')) {
    const entry = JSON.parse(line) as { hash: string; signature: string; previous: string };
    const bare = line.replace(`,"hash":"${entry.hash}"`, '').replace(`,"signature":"${entry.signature}"`, '');
    if (entry.previous !== previous || entry.hash !== sha(bare)) return false;
    if (!verify(null, Buffer.from(entry.hash), key, Buffer.from(entry.signature, 'base64'))) return false;
    previous = sha(line);
  }
  return true;
}

describe('a log that nobody touched', () => {
  test('holds, by our check and by a second one', () => {
    const file = write(7);
    expect(verifyLogFile(file)).toMatchObject({ entries: 7, valid: true, notChecked: [] });
    expect(chainHolds(readFileSync(file, 'utf8'))).toBe(true);
  });

  test('goes on where it ended', () => {
    write(2);
    const log = openAuditLog(folder, clock);
    expect(log.entries()).toHaveLength(2);
    expect(log.append({ action: 'skipped', who }).seq).toBe(3);
    expect(verifyLogFile(log.file)).toMatchObject({ entries: 3, valid: true });
  });

  test('can be checked elsewhere by its files, which hold no private key', () => {
    const file = write(3);
    const files = logFiles(file);
    expect(files.map((one) => path.basename(one))).toEqual(['audit.jsonl', 'audit.jsonl.head', 'audit.pub.pem']);
    const copy = mkdtempSync(path.join(folder, 'copy-'));
    for (const one of files) {
      expect(readFileSync(one, 'utf8')).not.toContain('PRIVATE KEY');
      copyFileSync(one, path.join(copy, path.basename(one)));
    }
    expect(verifyLogFile(path.join(copy, 'audit.jsonl'))).toMatchObject({ entries: 3, valid: true, notChecked: [] });
  });

  test('keeps its key from others', () => {
    write(1);
    expect(statSync(path.join(folder, 'audit.key.pem')).mode & 0o077).toBe(0);
  });
});

describe('a log that somebody changed', () => {
  test('any one changed byte is found', () => {
    const bytes = readFileSync(write(4));
    const companions = beside();
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const changed = Buffer.from(bytes);
        changed[at] = ((changed[at] as number) + by) % 256;
        const result = verifyLog(changed, companions);
        expect(result.valid).toBe(false);
        expect(result.brokenAt?.line).toBeGreaterThan(0);
      }),
      { numRuns: 2000, seed: 7 },
    );
  });

  test('any one removed or inserted byte, and any cut, is found', () => {
    const bytes = readFileSync(write(3));
    const companions = beside();
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, byte) => {
        const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
        expect(verifyLog(Buffer.concat([before, after.subarray(1)]), companions).valid).toBe(false);
        expect(verifyLog(Buffer.concat([before, Buffer.of(byte), after]), companions).valid).toBe(false);
        expect(verifyLog(before, companions).valid).toBe(false);
      }),
      { numRuns: 700, seed: 11 },
    );
  });

  test('a byte that no text can show is found: the bytes are looked at, not what they decode to', () => {
    openAuditLog(folder, clock).append({ action: 'started', who, detail: 'x\ufffdy' });
    const file = path.join(folder, 'audit.jsonl');
    const bytes = readFileSync(file);
    // F0 9F 98 is the beginning of an emoji; a lenient reader shows it as the same U+FFFD (EF BF BD).
    const changed = Buffer.from(bytes.toString('latin1').replace('\xef\xbf\xbd', '\xf0\x9f\x98'), 'latin1');
    expect(changed.toString('utf8')).toBe(bytes.toString('utf8'));
    writeFileSync(file, changed);
    expect(verifyLogFile(file)).toMatchObject({ valid: false, brokenAt: { line: 1 } });
  });

  test('it says where: the line, and the number that the line gives itself', () => {
    const lines = readFileSync(write(5), 'utf8').trimEnd().split('\n');
    const text = `${lines.toSpliced(2, 1).join('\n')}\n`;
    expect(verifyLog(text, beside())).toMatchObject({ entries: 2, brokenAt: { line: 3, seq: 4 } });
  });

  test('the end of the log can be cut off unseen only where the head is missing, and then that is said', () => {
    const lines = readFileSync(write(4), 'utf8').trimEnd().split('\n');
    const { publicKey, head } = beside();
    const cut = `${lines.slice(0, 2).join('\n')}\n`;
    expect(verifyLog(cut, { publicKey, head }).brokenAt?.why).toContain('removed from the end');
    expect(verifyLog(cut, { publicKey })).toMatchObject({ valid: true, notChecked: [expect.stringContaining('head')] });
    const forged = head.replace('"seq":4', '"seq":2');
    expect(verifyLog(cut, { publicKey, head: forged }).brokenAt?.why).toContain('signature');
  });

  test.each<[string, (lines: string[]) => string[]]>([
    ['a removed entry', (lines) => lines.toSpliced(1, 1)],
    ['a doubled entry', (lines) => lines.toSpliced(1, 0, lines[1] ?? '')],
    ['two swapped entries', (lines) => [lines[1] ?? '', lines[0] ?? '', ...lines.slice(2)]],
    ['entries removed from the end', (lines) => lines.slice(0, 1)],
    ['an empty log', () => []],
  ])('%s is found', (_what, change) => {
    const lines = readFileSync(write(4), 'utf8').trimEnd().split('\n');
    const changed = change(lines)
      .map((line) => `${line}\n`)
      .join('');
    expect(verifyLog(changed, beside()).valid).toBe(false);
  });

  test('is not appended to', () => {
    const file = write(3);
    writeFileSync(file, readFileSync(file, 'utf8').replace('hub-1', 'hub-9'));
    expect(() => openAuditLog(folder, clock)).toThrow(expect.objectContaining({ code: 'AUDIT_LOG_BROKEN' }));
  });

  test('a log that was taken away is missed', () => {
    rmSync(write(3));
    expect(() => openAuditLog(folder, clock)).toThrow(expect.objectContaining({ code: 'AUDIT_LOG_BROKEN' }));
  });

  test.each<[string, string, (file: string) => void]>([
    ['lost', 'AUDIT_KEY_MISSING', (file) => rmSync(file)],
    ['exchanged', 'AUDIT_KEY_FOREIGN', (file) => writeFileSync(file, makeSigningKey())],
  ])('a key that was %s is missed', (_what, code, change) => {
    write(2);
    change(path.join(folder, 'audit.key.pem'));
    expect(() => openAuditLog(folder, clock)).toThrow(expect.objectContaining({ code }));
  });

  test('a chain made anew with another key does not pass for the old one', () => {
    write(3);
    const { publicKey } = beside();
    const other = mkdtempSync(path.join(tmpdir(), 'audit-'));
    const forged = openAuditLog(other, clock);
    forged.append({ action: 'started', who });
    expect(verifyLog(readFileSync(forged.file, 'utf8'), { publicKey }).valid).toBe(false);
    rmSync(other, { recursive: true, force: true });
  });
});

describe('a run that was killed while it wrote', () => {
  test('leaves a torn line: it is set aside, and an entry says so', () => {
    const file = write(2);
    appendFileSync(file, '{"action":"succ');
    expect(verifyLogFile(file)).toMatchObject({ valid: false, brokenAt: { line: 3 } });
    const log = openAuditLog(folder, clock);
    const aside = readdirSync(folder).find((name) => name.includes('torn'));
    expect(readFileSync(path.join(folder, aside ?? ''), 'utf8')).toBe('{"action":"succ');
    expect(log.entries().at(-1)).toMatchObject({ seq: 3, action: 'recovered' });
    expect(log.entries().at(-1)?.detail).toContain(createHash('sha256').update('{"action":"succ').digest('hex'));
    expect(verifyLogFile(file)).toMatchObject({ entries: 3, valid: true });
  });

  test('in the middle of a letter, and again while it recovered: no byte is lost or goes unsaid', () => {
    const file = write(1);
    const torn = Buffer.from('{"detail":"größer').subarray(0, 14);
    appendFileSync(file, torn);
    openAuditLog(folder, clock);
    expect(readFileSync(`${file}.torn-1`).equals(torn)).toBe(true);
    // The second kill came after the bytes were set aside and before an entry said so.
    writeFileSync(`${file}.torn-2`, 'half');
    const log = openAuditLog(folder, clock);
    expect(log.entries().map(({ action }) => action)).toEqual(['started', 'recovered', 'recovered']);
    expect(log.entries().at(-1)?.detail).toContain(createHash('sha256').update('half').digest('hex'));
    expect(openAuditLog(folder, clock).entries()).toHaveLength(3);
    expect(verifyLogFile(file)).toMatchObject({ entries: 3, valid: true });
  });

  test('some entries before the head was on the disk: the log holds, and that is said', () => {
    const file = write(1);
    const { head } = beside();
    write(2);
    writeFileSync(`${file}.head`, head);
    expect(verifyLogFile(file)).toMatchObject({
      entries: 3,
      valid: true,
      notChecked: [expect.stringContaining('after 1')],
    });
  });

  test.skipIf(!existsSync('/dev/full'))('a full disk stops the log until it is opened anew', () => {
    const log = openAuditLog(folder, clock);
    log.append({ action: 'started', who });
    renameSync(log.file, `${log.file}.kept`);
    symlinkSync('/dev/full', log.file);
    const refused = expect.objectContaining({ code: 'AUDIT_LOG_UNWRITABLE' });
    expect(() => log.append({ action: 'succeeded', who })).toThrow(refused);
    renameSync(`${log.file}.kept`, log.file);
    expect(() => log.append({ action: 'succeeded', who })).toThrow(refused);
    expect(openAuditLog(folder, clock).append({ action: 'succeeded', who }).seq).toBe(2);
  });

  test('between the entry and the head: the log holds, and goes on', () => {
    const file = write(2);
    const head = readFileSync(path.join(folder, 'audit.jsonl.head'), 'utf8');
    openAuditLog(folder, clock).append({ action: 'started', who });
    writeFileSync(path.join(folder, 'audit.jsonl.head'), head);
    expect(verifyLogFile(file)).toMatchObject({ entries: 3, valid: true });
    openAuditLog(folder, clock).append({ action: 'succeeded', who });
    expect(verifyLogFile(file)).toMatchObject({ entries: 4, valid: true });
  });
});

test('without key and head it says what it could not check', () => {
  const text = readFileSync(write(2), 'utf8');
  const result = verifyLog(text);
  expect(result.valid).toBe(true);
  expect(result.notChecked).toHaveLength(2);
  expect(existsSync(folder)).toBe(true);
});
