import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { canonicalJson } from '../kernel/canonical-json.ts';
import { messageOf } from '../kernel/errors.ts';
import { type AuditEntry, firstPrevious, hashOf } from './entry.ts';

export interface LogVerification {
  /** Entries that hold, from the first. */
  readonly entries: number;
  readonly valid: boolean;
  /** `hash` of the last entry that holds. */
  readonly lastHash: string;
  readonly brokenAt?: { readonly line: number; readonly why: string };
  /** What could not be checked, e.g. signatures without the public key. */
  readonly notChecked: readonly string[];
}

/** What stands beside the log: who signs, and where it ended last. */
export interface LogCompanions {
  /** The signer's public key, PEM. */
  readonly publicKey?: string | undefined;
  /** The text of the head file, written after each append: `{seq, hash, signature}`. */
  readonly head?: string | undefined;
}

/**
 * Checks a log's text: each line is canonical JSON, numbers run without a gap, each entry holds the hash of the one before, its
 * own hash and its signature, and the last is the one that the head names. Lines count from 1.
 */
export function verifyLog(text: string, companions: LogCompanions = {}): LogVerification {
  const notChecked: string[] = [];
  const key = readKey(companions.publicKey);
  if (key === undefined) notChecked.push('signatures: there is no public key beside the log');
  if (companions.head === undefined)
    notChecked.push('entries removed from the end: there is no head file beside the log');

  let previous = firstPrevious;
  let count = 0;
  const broken = (line: number, why: string): LogVerification => ({
    entries: count,
    valid: false,
    lastHash: previous,
    brokenAt: { line, why },
    notChecked,
  });
  if (key instanceof Error) return broken(1, `the public key cannot be read: ${key.message}`);
  if (text !== '' && !text.endsWith('\n')) {
    return broken(text.split('\n').length, 'the last line is torn: it does not end');
  }
  const lines = text.split('\n').slice(0, -1);
  for (const [i, line] of lines.entries()) {
    const why = faultOf(line, i + 1, previous, key);
    if (why !== undefined) return broken(i + 1, why);
    previous = (JSON.parse(line) as AuditEntry).hash;
    count++;
  }
  const headFault = companions.head === undefined ? undefined : faultOfHead(companions.head, count, previous, key);
  if (headFault !== undefined) return broken(lines.length + 1, headFault);
  return { entries: count, valid: true, lastHash: previous, notChecked };
}

function faultOf(line: string, seq: number, previous: string, key: KeyObject | undefined): string | undefined {
  let entry: AuditEntry;
  try {
    entry = JSON.parse(line) as AuditEntry;
  } catch (error) {
    return `the line is not JSON: ${messageOf(error)}`;
  }
  if (typeof entry !== 'object' || entry === null) return 'the line is no entry';
  if (canonicalJson(entry) !== line) return 'the line is not in canonical form';
  const { hash, signature, ...rest } = entry;
  if (entry.seq !== seq) return `number ${entry.seq} stands where ${seq} belongs: an entry was removed, added or moved`;
  if (entry.previous !== previous) return 'the entry does not continue the one before';
  if (hashOf(rest) !== hash) return 'the entry was changed: its hash does not fit';
  if (key !== undefined && !signed(hash, signature, key)) return 'the signature does not fit';
  return undefined;
}

function faultOfHead(text: string, count: number, last: string, key: KeyObject | undefined): string | undefined {
  let head: { seq?: unknown; hash?: unknown; signature?: unknown };
  try {
    head = JSON.parse(text);
  } catch (error) {
    return `the head file is not JSON: ${messageOf(error)}`;
  }
  if (typeof head.seq !== 'number' || typeof head.hash !== 'string') return 'the head file names no entry';
  if (key !== undefined && !signed(headText(head.seq, head.hash), head.signature, key))
    return 'the head’s signature does not fit';
  // A run killed between the entry and the head leaves the head one entry behind; never more, and never ahead.
  if (head.seq > count)
    return `the log ends at ${count}, but its head is ${head.seq}: entries were removed from the end`;
  if (head.seq < count - 1) return `the head is ${head.seq}, but the log goes on to ${count}`;
  if (head.seq === count && head.hash !== last) return 'the last entry is not the one that the head names';
  return undefined;
}

/** What the head's signature is over. */
export function headText(seq: number, hash: string): string {
  return `${seq} ${hash}`;
}

function signed(text: string, signature: unknown, key: KeyObject): boolean {
  if (typeof signature !== 'string') return false;
  const bytes = Buffer.from(signature, 'base64');
  // Base64 has several spellings of the same bytes; only one is what was written.
  return bytes.toString('base64') === signature && verify(null, Buffer.from(text), key, bytes);
}

function readKey(pem: string | undefined): KeyObject | Error | undefined {
  if (pem === undefined) return undefined;
  try {
    return createPublicKey(pem);
  } catch (error) {
    return new Error(messageOf(error));
  }
}
