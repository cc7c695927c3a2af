import { canonicalJson } from '../kernel/canonical-json.ts';
import { sha256 } from '../kernel/hash.ts';
import type { RoleName } from '../model/role.ts';
import type { StageName } from '../model/stage.ts';

/** Before and after each step of a run, what was refused, and which rule was accepted (`result`) for which reason (`detail`). `recovered` is the log's own: a torn line was set aside. */
export type AuditAction =
  | 'started'
  | 'succeeded'
  | 'failed'
  | 'skipped'
  | 'interrupted'
  | 'refused'
  | 'accepted'
  | 'recovered';

/** Who acts: a name that the target knows them by, and what sort of name that is (`local`, `user`, `service-principal`, `system`). */
export interface AuditWho {
  readonly principal: string;
  readonly kind: string;
  /** The machine that they run on. */
  readonly host?: string;
}

/** What an entry tells, before it is chained. Digests are SHA-256 in hex. */
export interface AuditEvent {
  readonly action: AuditAction;
  readonly who: AuditWho;
  readonly role?: RoleName;
  readonly stage?: StageName;
  readonly deployment?: string;
  /** A step that is no deployment. */
  readonly task?: string;
  readonly planDigest?: string;
  /** The subscription or resource group id that the deployment goes to. */
  readonly scope?: string;
  readonly templateDigest?: string;
  readonly parametersDigest?: string;
  /** What the target's activity log calls it. */
  readonly correlationId?: string;
  /** A count of resources, or the code of an error. */
  readonly result?: string;
  readonly detail?: string;
}

/** An entry as it stands in the log. */
export interface AuditEntry extends AuditEvent {
  /** From 1, without a gap. */
  readonly seq: number;
  /** ISO 8601, UTC. */
  readonly time: string;
  /** SHA-256 of the line before, without its line end; 64 zeros in the first. */
  readonly previous: string;
  /** SHA-256 of the canonical JSON of the entry without `hash` and `signature`. */
  readonly hash: string;
  /** Ed25519 over the text of `hash`, base64. */
  readonly signature: string;
}

export const firstPrevious = '0'.repeat(64);

/** The digest that is signed. */
export function hashOf(entry: Omit<AuditEntry, 'hash' | 'signature'>): string {
  return sha256(canonicalJson(entry));
}
