import { hasHostBits, parsePrefix } from '../../../kernel/address.ts';
import type { ProviderContext } from '../contract.ts';
import { nameIn } from '../ids.ts';
import { listOf, type Members, referenceOf, textOf, textsOf } from '../members.ts';
import { checkName, requireOneOf, requireResource } from './network-checks.ts';
import { networkError } from './network-errors.ts';
import { isServiceTag } from './service-tags.ts';

/*
 * Codes and wording as users report them, but for `SecurityRuleParameterNotSpecified`: its message is the service's, its code ours.
 */

/** A security rule about to be stored. */
export interface RuleDraft {
  readonly id: string;
  readonly properties: Members;
}

const sides = ['source', 'destination'] as const;

/** One rule by itself: values, prefixes, ports, references. Gives the properties with enum values in their own casing. */
export function checkRule(rule: RuleDraft, location: string | undefined, context: ProviderContext): Members {
  const { properties } = rule;
  checkName(rule.id);
  const { priority } = properties;
  if (typeof priority !== 'number' || !Number.isInteger(priority) || priority < 100 || priority > 4096) {
    throw networkError(
      'SecurityRuleInvalidPriority',
      `Security rule has invalid Priority. Value provided: ${String(priority)} Allowed range 100-4096. To learn more, see aka.ms/nsgrules.`,
    );
  }
  for (const side of sides) {
    checkAddresses(rule, side, location, context);
    checkPorts(rule, side);
  }
  return {
    ...properties,
    protocol: requireOneOf(properties.protocol, ['Tcp', 'Udp', 'Icmp', 'Esp', 'Ah', '*'], 'properties.protocol'),
    access: requireOneOf(properties.access, ['Allow', 'Deny'], 'properties.access'),
    direction: requireOneOf(properties.direction, ['Inbound', 'Outbound'], 'properties.direction'),
  };
}

/** Priorities are unique in each direction (network-semantics.md 43). */
export function checkConflicts(rule: RuleDraft, beside: readonly RuleDraft[]): void {
  const twin = beside.find(
    ({ properties }) =>
      properties.priority === rule.properties.priority &&
      String(properties.direction).toLowerCase() === String(rule.properties.direction).toLowerCase(),
  );
  if (twin === undefined) return;
  throw networkError(
    'SecurityRuleConflict',
    `Security rule ${nameIn(rule.id)} conflicts with rule ${nameIn(twin.id)}. Rules cannot have the same Priority and Direction. To learn more, see aka.ms/nsgrules.`,
  );
}

/** One prefix, tag or `*` in the singular; addresses and ranges alone in the plural (network-semantics.md 50). */
function checkAddresses(
  rule: RuleDraft,
  side: (typeof sides)[number],
  location: string | undefined,
  context: ProviderContext,
): void {
  const { properties } = rule;
  const single = textOf(properties[`${side}AddressPrefix`]);
  const several = textsOf(properties[`${side}AddressPrefixes`]);
  const groups = listOf(properties[`${side}ApplicationSecurityGroups`]);
  const title = side === 'source' ? 'Source' : 'Destination';
  if (single === undefined && several.length === 0 && groups.length === 0) {
    throw networkError(
      'SecurityRuleParameterNotSpecified',
      `Required security rule parameters are missing for security rule with Id: ${rule.id}. Security rule must specify either ${title}AddressPrefixes, ${title}AddressPrefix, or ${title}ApplicationSecurityGroups.`,
    );
  }
  if (single !== undefined && single !== '*' && !isServiceTag(single)) checkAddress(single);
  for (const prefix of several) {
    if (prefix === '*' || isServiceTag(prefix)) {
      throw networkError(
        'SecurityRuleParameterContainsUnsupportedValue',
        `Security rule parameter ${title}AddressPrefix for rule with Id ${rule.id} cannot specify existing VIRTUALNETWORK, INTERNET, AZURELOADBALANCER, '*' or system tags. Unsupported value used: ${prefix}.`,
      );
    }
    checkAddress(prefix);
  }
  for (const group of groups) {
    const id = referenceOf(group) ?? '';
    const by = { id: rule.id, path: `properties.${side}ApplicationSecurityGroups.id`, location };
    requireResource(context, id, by, 'Microsoft.Network/applicationSecurityGroups');
  }
}

function checkAddress(text: string): void {
  if (parsePrefix(text) !== undefined && !hasHostBits(text)) return;
  throw networkError(
    'SecurityRuleInvalidAddressPrefix',
    `Security rule has invalid Address prefix. Value provided: ${text}`,
  );
}

function checkPorts(rule: RuleDraft, side: (typeof sides)[number]): void {
  const { properties } = rule;
  const single = textOf(properties[`${side}PortRange`]);
  const several = textsOf(properties[`${side}PortRanges`]);
  const title = side === 'source' ? 'Source' : 'Destination';
  if (single === undefined && several.length === 0) {
    throw networkError(
      'SecurityRuleParameterNotSpecified',
      `Required security rule parameters are missing for security rule with Id: ${rule.id}. Security rule must specify either ${title}PortRanges or ${title}PortRange.`,
    );
  }
  if (several.includes('*')) {
    throw networkError(
      'SecurityRuleParameterContainsInvalidPortRanges',
      `Security rule parameter ${title}PortRanges for rule with Id ${rule.id} cannot specify '*'.`,
    );
  }
  for (const range of single === undefined || single === '*' ? several : [single, ...several]) checkPort(range);
}

function checkPort(text: string): void {
  const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text);
  const first = Number(match?.[1]);
  const last = Number(match?.[2] ?? match?.[1]);
  if (match !== null && first <= last && last <= 65535) return;
  throw networkError(
    'SecurityRuleInvalidPortRange',
    `Security rule has invalid Port range. Value provided: ${text}. Value should be an integer OR integer range with '-' delimiter. Valid range 0-65535.`,
  );
}
