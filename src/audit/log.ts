import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import * as path from 'node:path';
import { canonicalJson } from '../kernel/canonical-json.ts';
import type { Clock } from '../kernel/clock.ts';
import { Problem } from '../kernel/errors.ts';
import { appendDurably, exists, readText, writeTextAtomically } from '../kernel/files.ts';
import { sha256 } from '../kernel/hash.ts';
import { type AuditEntry, type AuditEvent, firstPrevious, hashOf } from './entry.ts';
import { headText, type LogVerification, verifyLog } from './verify-log.ts';

/**
 * The append-only log of deployments: `audit.jsonl`, one entry a line in canonical JSON, each with the hash of the one before.
 * Anybody can check the chain with jq and sha256sum: for a line, `jq -cS 'del(.hash,.signature)'` without the line end has the SHA-256 that
 * `.hash` says, and `.previous` is the `.hash` of the line before. Beside it: `audit.pub.pem` (Ed25519), `audit.head.json`.
 */
export interface AuditLog {
  readonly file: string;
  /** Every entry, oldest first. */
  entries(): readonly AuditEntry[];
  /** Returns once the entry is on the disk. */
  append(event: AuditEvent): AuditEntry;
}

const names = {
  log: 'audit.jsonl',
  head: 'audit.head.json',
  key: 'audit.key.pem',
  publicKey: 'audit.pub.pem',
} as const;

/**
 * Opens, or starts, the log of a folder. A last line torn by a kill is set aside in a file of its own, and an entry says so. Throws
 * `AUDIT_LOG_BROKEN` when the log does not hold: nothing is appended to a log that somebody changed.
 */
export function openAuditLog(folder: string, clock: Clock): AuditLog {
  const file = path.join(folder, names.log);
  const key = signingKey(folder, exists(file));
  const torn = exists(file) ? setTornLineAside(file) : undefined;
  const state = exists(file) || exists(path.join(folder, names.head)) ? verifyLogFile(file) : undefined;
  if (state?.valid === false) {
    throw new Problem({
      code: 'AUDIT_LOG_BROKEN',
      message: `The audit log ${file} does not hold at line ${state.brokenAt?.line}: ${state.brokenAt?.why}.`,
      why: 'It is the evidence of who deployed what; a run must not go on over a changed log.',
      hint: `Keep the folder ${folder} as it is for whoever looks into it, and deploy with another data folder.`,
    });
  }
  const entries = exists(file) ? parseEntries(readText(file)) : [];

  const append = (event: AuditEvent): AuditEntry => {
    const last = entries.at(-1);
    const body = {
      ...event,
      seq: entries.length + 1,
      time: clock.now().toISOString(),
      previous: last?.hash ?? firstPrevious,
    };
    const hash = hashOf(body);
    const entry: AuditEntry = { ...body, hash, signature: signText(hash, key) };
    appendDurably(file, `${canonicalJson(entry)}\n`);
    const head = { seq: entry.seq, hash, signature: signText(headText(entry.seq, hash), key) };
    writeTextAtomically(path.join(folder, names.head), `${canonicalJson(head)}\n`, 0o600);
    entries.push(entry);
    return entry;
  };

  if (torn !== undefined) {
    append({
      action: 'recovered',
      who: { principal: 'audit-log', kind: 'system' },
      detail: `A run was killed while it wrote: ${torn.bytes} bytes without a line end were set aside in ${path.basename(torn.file)}, sha256 ${torn.digest}.`,
    });
  }
  return { file, append, entries: () => entries };
}

/** Checks a log file with the key and the head that stand beside it. Throws `FILE_NOT_FOUND` where there is neither log nor head. */
export function verifyLogFile(file: string): LogVerification {
  const beside = (name: string): string | undefined => {
    const at = path.join(path.dirname(file), name);
    return exists(at) ? readText(at) : undefined;
  };
  const head = beside(names.head);
  // A head without a log: the log was taken away.
  const text = exists(file) || head === undefined ? readText(file) : '';
  return verifyLog(text, { publicKey: beside(names.publicKey), head });
}

function signText(text: string, key: KeyObject): string {
  return sign(null, Buffer.from(text), key).toString('base64');
}

/** The log's own key: made with the log, kept beside it, readable by its owner only. */
function signingKey(folder: string, hasLog: boolean): KeyObject {
  const file = path.join(folder, names.key);
  const publicFile = path.join(folder, names.publicKey);
  if (!exists(file)) {
    if (hasLog) {
      throw new Problem({
        code: 'AUDIT_KEY_MISSING',
        message: `The audit log in ${folder} has lost its key ${names.key}.`,
        why: 'New entries could not be signed as the old ones are.',
        hint: 'Put the key back from where it was kept, or deploy with another data folder.',
      });
    }
    const { privateKey } = generateKeyPairSync('ed25519');
    writeTextAtomically(file, privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(), 0o600);
  }
  const key = createPrivateKey(readText(file));
  if (!exists(publicFile)) {
    writeTextAtomically(publicFile, createPublicKey(key).export({ format: 'pem', type: 'spki' }).toString());
  }
  return key;
}

function setTornLineAside(
  file: string,
): { readonly file: string; readonly bytes: number; readonly digest: string } | undefined {
  const text = readText(file);
  if (text === '' || text.endsWith('\n')) return undefined;
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  const torn = text.slice(whole.length);
  let aside = `${file}.torn-1`;
  for (let i = 2; exists(aside); i++) aside = `${file}.torn-${i}`;
  writeTextAtomically(aside, torn, 0o600);
  writeTextAtomically(file, whole, 0o600);
  return { file: aside, bytes: Buffer.byteLength(torn), digest: sha256(torn) };
}

function parseEntries(text: string): AuditEntry[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as AuditEntry);
}
