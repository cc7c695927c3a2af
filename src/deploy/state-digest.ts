import { canonicalJson } from '../kernel/canonical-json.ts';
import { sha256 } from '../kernel/hash.ts';
import type { ArmResource } from '../model/resource.ts';

/**
 * One digest of a whole state: SHA-256 of the canonical JSON of every resource, in id order (ids know no case). Nothing is left out, etags
 * and the like included: two runs that are to end the same must end the same in all of it.
 */
export function stateDigest(resources: readonly ArmResource[]): string {
  const keyed = resources.map((resource): [string, ArmResource] => [resource.id.toLowerCase(), resource]);
  keyed.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return sha256(canonicalJson(keyed.map(([, resource]) => resource)));
}
