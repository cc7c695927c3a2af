import { createPrivateKey } from 'node:crypto';
import * as path from 'node:path';
import { canonicalJson } from '../kernel/canonical-json.ts';
import type { Clock } from '../kernel/clock.ts';
import { messageOf, Problem } from '../kernel/errors.ts';
import { appendDurably, exists, readBytes, readText, truncateDurably, writeTextAtomically } from '../kernel/files.ts';
import { sha256 } from '../kernel/hash.ts';
import { type AuditEntry, type AuditEvent, firstPrevious, hashOf } from './entry.ts';
import { writeHead } from './head.ts';
import { makeSigningKey, publicKeyOf, signText } from './signing-key.ts';
import { type LogVerification, verifyLog } from './verify-log.ts';

/**
 * The append-only log of deployments: `audit.jsonl`, one entry a line in canonical JSON (keys sorted, no white space).
 *
 * Anybody can audit it without this program:
 * - the chain: `.previous` is the SHA-256 of the line before, without its line end:
 *   `sed -n 1p audit.jsonl | tr -d '\n' | sha256sum` is `sed -n 2p audit.jsonl | jq -r .previous`;
 * - an entry: `.hash` is the SHA-256 of the entry without its last words about itself:
 *   `sed -n 1p audit.jsonl | jq -cjS 'del(.hash,.signature)' | sha256sum` is `sed -n 1p audit.jsonl | jq -r .hash`;
 * - who wrote it: `.signature` (base64) is Ed25519 over the 64 characters of `.hash`, each entry by itself, so that any part of the log
 *   can be shown alone: `openssl pkeyutl -verify -pubin -inkey audit.pub.pem -rawin -in hash.txt -sigfile signature.bin`.
 *
 * Beside it: `audit.pub.pem`; `audit.key.pem`, readable by its owner only; `audit.jsonl.head`, where the log ended last, signed; and
 * `audit.jsonl.torn-<n>`, what a killed run left of a line. Against one who has the key no log on the same disk helps: ship the lines,
 * or the head, to where its owner cannot write.
 */
export interface AuditLog {
  readonly file: string;
  /** Every entry, oldest first. */
  entries(): readonly AuditEntry[];
  /** Returns once the entry is on the disk. Throws `AUDIT_LOG_UNWRITABLE`; the log then takes no more until it is opened anew. */
  append(event: AuditEvent): AuditEntry;
}

const names = {
  log: 'audit.jsonl',
  head: '.head',
  torn: '.torn-',
  key: 'audit.key.pem',
  publicKey: 'audit.pub.pem',
} as const;
const ownerOnly = 0o600;

/**
 * Opens, or starts, the log of a folder. One writer at a time: the caller sees to that. A last line torn by a kill is set aside in a file
 * of its own, and an entry says so. Throws `AUDIT_LOG_BROKEN` when the log does not hold: nothing is appended to a log that somebody
 * changed; `AUDIT_KEY_MISSING`, `AUDIT_KEY_FOREIGN`.
 */
export function openAuditLog(folder: string, clock: Clock): AuditLog {
  const file = path.join(folder, names.log);
  const key = createPrivateKey(readSigningKey(folder, file));
  setTornLineAside(file);
  if (exists(file) || exists(`${file}${names.head}`)) requireWhole(verifyLogFile(file), file);
  const lines = exists(file) ? readText(file).split('\n').slice(0, -1) : [];
  const entries = lines.map((line) => JSON.parse(line) as AuditEntry);
  let lastLine = lines.at(-1);
  let isOpen = true;

  const append = (event: AuditEvent): AuditEntry => {
    if (!isOpen) throw unwritable(file, 'an entry before this one could not be written');
    const body = {
      ...event,
      seq: entries.length + 1,
      time: clock.now().toISOString(),
      previous: lastLine === undefined ? firstPrevious : sha256(lastLine),
    };
    const hash = hashOf(body);
    const entry: AuditEntry = { ...body, hash, signature: signText(hash, key) };
    const line = canonicalJson(entry);
    try {
      appendDurably(file, `${line}\n`);
      writeTextAtomically(`${file}${names.head}`, writeHead(entry.seq, line, key), ownerOnly);
    } catch (error) {
      isOpen = false;
      throw unwritable(file, messageOf(error));
    }
    lastLine = line;
    entries.push(entry);
    return entry;
  };

  for (const torn of tornFiles(file)) {
    const digest = sha256(readBytes(torn));
    if (entries.some(({ action, detail }) => action === 'recovered' && detail?.includes(digest))) continue;
    const size = readBytes(torn).length;
    append({
      action: 'recovered',
      who: { principal: 'audit-log', kind: 'system' },
      detail: `A run was killed while it wrote: ${size} bytes without a line end were set aside in ${path.basename(torn)}, sha256 ${digest}.`,
    });
  }
  return { file, append, entries: () => entries };
}

/** Checks a log file with the key and the head that stand beside it. Throws `FILE_NOT_FOUND` where there is neither log nor head. */
export function verifyLogFile(file: string): LogVerification {
  const beside = (at: string): string | undefined => (exists(at) ? readText(at) : undefined);
  const head = beside(`${file}${names.head}`);
  // A head without a log: the log was taken away.
  const log = exists(file) || head === undefined ? readBytes(file) : '';
  return verifyLog(log, { publicKey: beside(path.join(path.dirname(file), names.publicKey)), head });
}

function requireWhole({ valid, brokenAt }: LogVerification, file: string): void {
  if (valid) return;
  throw new Problem({
    code: 'AUDIT_LOG_BROKEN',
    message: `The audit log ${file} does not hold at line ${brokenAt?.line}: ${brokenAt?.why}.`,
    ...(brokenAt === undefined ? {} : { place: { file, line: brokenAt.line, column: 1 } }),
    why: 'It is the evidence of who deployed what; a run must not go on over a changed log.',
    hint: `Keep the folder ${path.dirname(file)} as it is for whoever looks into it, and deploy with another data folder.`,
  });
}

/** The log's own key: made with the log, kept beside it. */
function readSigningKey(folder: string, log: string): string {
  const file = path.join(folder, names.key);
  const publicFile = path.join(folder, names.publicKey);
  if (!exists(file)) {
    if (exists(log) || exists(publicFile)) {
      throw new Problem({
        code: 'AUDIT_KEY_MISSING',
        message: `The audit log in ${folder} has lost its key ${names.key}.`,
        why: 'New entries could not be signed as the old ones are.',
        hint: 'Put the key back from where it was kept, or deploy with another data folder.',
      });
    }
    writeTextAtomically(file, makeSigningKey(), ownerOnly);
  }
  const key = readText(file);
  if (!exists(publicFile)) writeTextAtomically(publicFile, publicKeyOf(key));
  if (readText(publicFile) !== publicKeyOf(key)) {
    throw new Problem({
      code: 'AUDIT_KEY_FOREIGN',
      message: `${publicFile} is not the public half of ${names.key}.`,
      why: 'One of the two was exchanged; entries would be signed by a key that nobody knows.',
      hint: `Keep the folder ${folder} as it is for whoever looks into it, and deploy with another data folder.`,
    });
  }
  return key;
}

/** The file first, then the cut: a kill between the two leaves the bytes twice, never nowhere. */
function setTornLineAside(file: string): void {
  if (!exists(file)) return;
  const bytes = Buffer.from(readBytes(file));
  const end = bytes.lastIndexOf(0x0a) + 1;
  if (end === bytes.length) return;
  writeTextAtomically(`${file}${names.torn}${tornFiles(file).length + 1}`, bytes.subarray(end), ownerOnly);
  truncateDurably(file, end);
}

function tornFiles(file: string): readonly string[] {
  const found: string[] = [];
  for (let i = 1; exists(`${file}${names.torn}${i}`); i++) found.push(`${file}${names.torn}${i}`);
  return found;
}

function unwritable(file: string, why: string): Problem {
  return new Problem({
    code: 'AUDIT_LOG_UNWRITABLE',
    message: `The audit log ${file} cannot be written: ${why}.`,
    why: 'Nothing is deployed that is not written down first.',
    hint: 'Make room on the disk, or give the folder back its permissions, and go on with --resume.',
  });
}
