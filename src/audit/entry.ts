import { canonicalJson } from '../kernel/canonical-json.ts';
import { sha256 } from '../kernel/hash.ts';
import type { RoleName } from '../model/role.ts';
import type { StageName } from '../model/stage.ts';

/** What an entry tells, before it is chained. Digests are SHA-256 in hex. */
export interface AuditEvent {
  /** `run-started`, `started`, `succeeded`, `failed`, `skipped`, `refused`, `interrupted`, `run-ended`. */
  readonly action: string;
  readonly who: { readonly principal: string; readonly kind: string };
  readonly role?: RoleName;
  readonly stage?: StageName;
  readonly deployment?: string;
  readonly scope?: string;
  readonly templateDigest?: string;
  readonly parametersDigest?: string;
  readonly correlationId?: string;
  readonly result?: string;
  readonly detail?: string;
}

/** An entry as it stands in the log. */
export interface AuditEntry extends AuditEvent {
  /** From 1, without a gap. */
  readonly seq: number;
  /** ISO 8601, UTC. */
  readonly time: string;
  /** `hash` of the entry before; 64 zeros in the first. */
  readonly previous: string;
  /** SHA-256 of the canonical JSON of the entry without `hash` and `signature`. */
  readonly hash: string;
  /** Ed25519 over the text of `hash`, base64. */
  readonly signature: string;
}

export const firstPrevious = '0'.repeat(64);

/** The digest that chains an entry. */
export function hashOf(entry: Omit<AuditEntry, 'hash' | 'signature'>): string {
  return sha256(canonicalJson(entry));
}
