import { canonicalJson } from '../../kernel/canonical-json.ts';
import { sha256 } from '../../kernel/hash.ts';
import type { ArmResource } from '../../model/resource.ts';
import { preconditionFailed } from '../service-errors.ts';

export interface Preconditions {
  readonly ifMatch?: string | undefined;
  readonly ifNoneMatch?: string | undefined;
}

/** The entity tag of a resource as GET returns it: the service's own, or one of the content. */
export function etagOf(resource: ArmResource): string {
  if (typeof resource.etag === 'string' && /^(W\/)?".*"$/.test(resource.etag)) return resource.etag;
  return `"${sha256(canonicalJson(resource)).slice(0, 32)}"`;
}

/** Whether an `If-Match` or `If-None-Match` list names a tag. Compared weakly (RFC 9110 section 8.8.3.2). */
export function matchesTag(list: string, tag: string): boolean {
  const bare = (text: string): string => text.trim().replace(/^W\//, '');
  return list.trim() === '*' || list.split(',').some((item) => bare(item) === bare(tag));
}

/** Throws `PreconditionFailed` (412) when a write asks for another state than there is. */
export function checkPreconditions(id: string, existing: ArmResource | undefined, conditions: Preconditions): void {
  const { ifMatch, ifNoneMatch } = conditions;
  if (ifMatch !== undefined && (existing === undefined || !matchesTag(ifMatch, etagOf(existing)))) {
    throw preconditionFailed(id);
  }
  if (ifNoneMatch !== undefined && existing !== undefined && matchesTag(ifNoneMatch, etagOf(existing))) {
    throw preconditionFailed(id);
  }
}
