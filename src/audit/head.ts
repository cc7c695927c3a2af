import type { KeyObject } from 'node:crypto';
import { canonicalJson } from '../kernel/canonical-json.ts';
import { messageOf } from '../kernel/errors.ts';
import { sha256 } from '../kernel/hash.ts';
import { isSignedBy, signText } from './signing-key.ts';

/** Where the log ended when it was last written: without it, entries taken off the end would be missed by nobody. */
export interface AuditHead {
  /** Number of the last entry. */
  readonly seq: number;
  /** SHA-256 of the last line, without its line end. */
  readonly line: string;
  /** Ed25519 over `seq`, a space and `line`, base64. */
  readonly signature: string;
}

/** The text of the head file after an append. */
export function writeHead(seq: number, lastLine: string, key: KeyObject): string {
  const line = sha256(lastLine);
  const head: AuditHead = { seq, line, signature: signText(signed(seq, line), key) };
  return `${canonicalJson(head)}\n`;
}

/** Reads a head; a text says why it is none. */
export function readHead(text: string, key: KeyObject | undefined): AuditHead | string {
  let head: Partial<AuditHead> | null;
  try {
    head = JSON.parse(text);
  } catch (error) {
    return `the head file is not JSON: ${messageOf(error)}`;
  }
  const { seq, line, signature } = head ?? {};
  if (typeof seq !== 'number' || typeof line !== 'string' || typeof signature !== 'string')
    return 'the head file names no entry';
  if (key !== undefined && !isSignedBy(key, signed(seq, line), signature)) return 'the head’s signature does not fit';
  return { seq, line, signature };
}

const signed = (seq: number, line: string): string => `${seq} ${line}`;
