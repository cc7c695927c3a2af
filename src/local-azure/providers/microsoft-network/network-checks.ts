import { formatPrefix, hasHostBits, type Prefix, parsePrefix } from '../../../kernel/address.ts';
import type { ArmResource } from '../../../model/resource.ts';
import type { ProviderContext } from '../contract.ts';
import { nameIn } from '../ids.ts';
import { invalidId, invalidName, invalidReference, networkError, unreadableValue } from './network-errors.ts';

const namePattern = /^\w([\w.-]{0,78}\w)?$/;

/** Names of most network resources: 1 to 80 characters (learn.microsoft.com, resource name rules). */
export function checkName(id: string): void {
  const name = nameIn(id);
  if (!namePattern.test(name)) throw invalidName(name);
}

/**
 * What a reference names, which must be there; `location` given, it must lie there too.
 * @param type of the resource that the property takes
 */
export function requireResource(
  context: ProviderContext,
  referenced: string,
  by: { readonly id: string; readonly path: string; readonly location?: string | undefined },
  type: string,
): ArmResource {
  if (!/^\/subscriptions\/[^/]+\/.+/i.test(referenced)) throw invalidId(referenced, by.path);
  const found = context.view.get(referenced);
  if (found === undefined || found.type.toLowerCase() !== type.toLowerCase()) throw invalidReference(referenced, by.id);
  if (by.location !== undefined && found.location !== undefined && found.location !== by.location) {
    throw invalidReference(referenced, by.id);
  }
  return found;
}

/** The allowed value that equals the text without regard to case. */
export function requireOneOf(value: unknown, allowed: readonly string[], path: string): string {
  const found = allowed.find((item) => item.toLowerCase() === String(value).toLowerCase());
  if (found === undefined) throw unreadableValue(value, path, allowed);
  return found;
}

/** A CIDR block as address spaces and subnets take it: with a length, and without host bits. */
export function requirePrefix(text: string, resourceId: string): Prefix {
  const prefix = text.includes('/') ? parsePrefix(text) : undefined;
  if (prefix === undefined) {
    throw networkError(
      'InvalidAddressPrefixFormat',
      `Address prefix ${text} of resource ${resourceId} is not formatted correctly. It should follow CIDR notation, for example 10.0.0.0/24.`,
    );
  }
  if (hasHostBits(text)) {
    throw networkError(
      'InvalidCIDRNotation',
      `The address prefix ${text} in resource ${resourceId} has an invalid CIDR notation. For the given prefix length, the address prefix should be ${formatPrefix(prefix)}.`,
    );
  }
  return prefix;
}
