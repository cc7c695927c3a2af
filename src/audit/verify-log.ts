import { createPublicKey, type KeyObject } from 'node:crypto';
import { canonicalJson } from '../kernel/canonical-json.ts';
import { messageOf } from '../kernel/errors.ts';
import { sha256 } from '../kernel/hash.ts';
import { type AuditEntry, firstPrevious, hashOf } from './entry.ts';
import { type AuditHead, readHead } from './head.ts';
import { isSignedBy } from './signing-key.ts';

export interface LogVerification {
  /** Entries that hold, from the first. */
  readonly entries: number;
  readonly valid: boolean;
  /** `hash` of the last entry that holds. */
  readonly lastHash: string;
  /** Where it stops to hold. Lines count from 1; `seq` is what the line says of itself, where it says it. */
  readonly brokenAt?: { readonly line: number; readonly seq?: number; readonly why: string };
  /** What could not be checked, e.g. signatures without the public key. */
  readonly notChecked: readonly string[];
}

/** What stands beside the log: who signs, and where it ended last. */
export interface LogCompanions {
  /** The signer's public key, PEM. */
  readonly publicKey?: string | undefined;
  /** The text of the head file, written after each append. */
  readonly head?: string | undefined;
}

const lineEnd = 0x0a;
const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Checks a log: each line is canonical JSON, numbers run without a gap, each entry holds the digest of the line before, its own hash and
 * its signature, and the log is not shorter than its head says. Give the bytes where there are some: a text has lost what is no UTF-8.
 */
export function verifyLog(log: string | Uint8Array, companions: LogCompanions = {}): LogVerification {
  const key = readKey(companions.publicKey);
  const head = companions.head === undefined || key instanceof Error ? undefined : readHead(companions.head, key);
  const notChecked: string[] = [];
  if (key === undefined) notChecked.push('signatures: there is no public key beside the log');
  if (companions.head === undefined)
    notChecked.push('entries removed from the end: there is no head file beside the log');

  let last = { line: firstPrevious, hash: firstPrevious };
  let count = 0;
  const broken = (line: number, why: string, seq?: number): LogVerification => ({
    entries: count,
    valid: false,
    lastHash: last.hash,
    brokenAt: { line, ...(seq === undefined ? {} : { seq }), why },
    notChecked,
  });
  if (key instanceof Error) return broken(1, `the public key cannot be read: ${key.message}`);
  const bytes = Buffer.from(log);
  let start = 0;
  for (let end = bytes.indexOf(lineEnd); end >= 0; end = bytes.indexOf(lineEnd, start)) {
    const line = bytes.subarray(start, end);
    const { seq, fault, hash } = look(line, count + 1, last.line, key);
    if (fault !== undefined) return broken(count + 1, fault, seq);
    last = { line: sha256(line), hash };
    start = end + 1;
    count++;
    if (typeof head === 'object' && head.seq === count && head.line !== last.line)
      return broken(count, 'the entry is not the one that the head names', seq);
  }
  if (start < bytes.length) return broken(count + 1, 'the last line is torn: it does not end');
  const short = faultAtEnd(head, count);
  if (short !== undefined) return broken(count + 1, short);
  if (typeof head === 'object' && head.seq < count - 1)
    notChecked.push(`removal of entries after ${head.seq}: the head was not written since`);
  return { entries: count, valid: true, lastHash: last.hash, notChecked };
}

interface Look {
  readonly seq?: number;
  readonly fault?: string;
  readonly hash: string;
}

/** One line by itself, and as the next after `previous`. */
function look(line: Uint8Array, expected: number, previous: string, key: KeyObject | undefined): Look {
  let text: string;
  let entry: AuditEntry;
  try {
    text = strictUtf8.decode(line);
    entry = JSON.parse(text) as AuditEntry;
  } catch (error) {
    return { hash: '', fault: `the line is not JSON in UTF-8: ${messageOf(error)}` };
  }
  if (typeof entry !== 'object' || entry === null) return { hash: '', fault: 'the line is no entry' };
  const { hash, signature, ...rest } = entry;
  const seq = typeof entry.seq === 'number' ? { seq: entry.seq } : {};
  const fault = (why: string): Look => ({ ...seq, hash, fault: why });
  if (canonicalJson(entry) !== text) return fault('the line is not in canonical form');
  if (entry.seq !== expected)
    return fault(`number ${entry.seq} stands where ${expected} belongs: an entry was removed, added or moved`);
  if (hashOf(rest) !== hash) return fault('the entry was changed: its hash does not fit');
  if (entry.previous !== previous)
    return fault('the entry does not continue the line before: one of the two was changed');
  if (key !== undefined && !isSignedBy(key, hash, signature)) return fault('the signature does not fit');
  return { ...seq, hash };
}

/**
 * A head behind the log is no fault: a run can be killed, or a machine lose power, between entry and head, and whoever cannot sign
 * cannot go on with the log. A head ahead of it is.
 */
function faultAtEnd(head: AuditHead | string | undefined, count: number): string | undefined {
  if (typeof head === 'string') return head;
  if (head === undefined || head.seq <= count) return undefined;
  return `the log ends at ${count}, but its head is ${head.seq}: entries were removed from the end`;
}

function readKey(pem: string | undefined): KeyObject | Error | undefined {
  if (pem === undefined) return undefined;
  try {
    return createPublicKey(pem);
  } catch (error) {
    return new Error(messageOf(error));
  }
}
