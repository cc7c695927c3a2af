import type { ArmError } from '../../../arm/arm-error.ts';
import { parseAddress, parsePrefix } from '../../../kernel/address.ts';
import { listOf, type Members, membersOf, numberOf, textOf, textsOf } from '../members.ts';
import { requireOneOf } from './network-checks.ts';
import { networkError } from './network-errors.ts';
import { collectionsOf, type PlacedRule, rulesOf } from './rule-collections.ts';
import { isServiceTag } from './service-tags.ts';

/*
 * What Azure Firewall takes in a rule collection group (learn.microsoft.com/azure/firewall: policy rule sets, rule processing;
 * REST reference of FirewallPolicyRuleCollectionGroups). No report of the service's own wording was found for most of these:
 * the code is the network service's general one and the message says what is wrong.
 */

const refuse = (message: string): ArmError => networkError('InvalidRequestFormat', message);

const ruleTypesOf: Readonly<Record<string, readonly string[]>> = {
  FirewallPolicyNatRuleCollection: ['NatRule'],
  FirewallPolicyFilterRuleCollection: ['ApplicationRule', 'NetworkRule'],
};

/** Checks the collections and rules of a group. `tier` is the policy's. */
export function checkRuleCollections(groupName: string, properties: Members, tier: string): void {
  checkPriority(properties.priority, `Rule collection group ${groupName}`);
  const names = new Set<string>();
  const priorities = new Map<number, string>();
  for (const [i, collection] of collectionsOf(properties).entries()) {
    const name = textOf(collection.name);
    if (name === undefined) throw refuse(`Rule collection ${i + 1} of rule collection group ${groupName} has no name.`);
    if (names.has(name.toLowerCase())) {
      throw refuse(`Rule collection group ${groupName} has two rule collections with the same name (${name}).`);
    }
    names.add(name.toLowerCase());
    const priority = checkPriority(collection.priority, `Rule collection ${name}`);
    const twin = priorities.get(priority);
    if (twin !== undefined) {
      throw refuse(
        `Rule collections ${twin} and ${name} of rule collection group ${groupName} have the same priority ${priority}.`,
      );
    }
    priorities.set(priority, name);
    checkCollection(name, collection);
  }
  for (const placed of rulesOf(properties)) checkRule(placed, tier);
}

function checkPriority(value: unknown, of: string): number {
  const priority = numberOf(value);
  if (priority !== undefined && Number.isInteger(priority) && priority >= 100 && priority <= 65000) return priority;
  throw refuse(`${of} has an invalid priority ${String(value)}. The allowed range is 100-65000.`);
}

function checkCollection(name: string, collection: Members): void {
  const kind = String(collection.ruleCollectionType);
  const allowed = ruleTypesOf[kind];
  if (allowed === undefined) throw refuse(`Rule collection ${name} has the unknown type ${kind}.`);
  const isNat = kind === 'FirewallPolicyNatRuleCollection';
  requireOneOf(membersOf(collection.action).type, isNat ? ['DNAT'] : ['Allow', 'Deny'], `${name}.action.type`);
  const types = new Set(listOf(collection.rules).map((rule) => String(membersOf(rule).ruleType)));
  if (types.size > 1) throw refuse(`Rule collection ${name} mixes rules of the types ${[...types].join(' and ')}.`);
  for (const type of types) {
    if (!allowed.includes(type))
      throw refuse(`Rule collection ${name} of type ${kind} cannot hold rules of type ${type}.`);
  }
  const seen = new Set<string>();
  for (const rule of listOf(collection.rules)) {
    const ruleName = textOf(membersOf(rule).name)?.toLowerCase();
    if (ruleName === undefined) throw refuse(`A rule of rule collection ${name} has no name.`);
    if (seen.has(ruleName)) throw refuse(`Rule collection ${name} has two rules with the same name (${ruleName}).`);
    seen.add(ruleName);
  }
}

function checkRule({ rule, path }: PlacedRule, tier: string): void {
  const name = String(rule.name);
  const sources = [...textsOf(rule.sourceAddresses), ...textsOf(rule.sourceIpGroups)];
  if (sources.length === 0) throw refuse(`Rule ${name} has no source: sourceAddresses or sourceIpGroups is needed.`);
  checkAddresses(name, textsOf(rule.sourceAddresses), false);
  if (rule.ruleType === 'NetworkRule') checkNetworkRule(name, rule, path);
  else if (rule.ruleType === 'ApplicationRule') checkApplicationRule(name, rule, path, tier);
  else checkNatRule(name, rule, path);
}

function checkNetworkRule(name: string, rule: Members, path: string): void {
  checkAddresses(name, textsOf(rule.destinationAddresses), true);
  const destinations = [rule.destinationAddresses, rule.destinationIpGroups, rule.destinationFqdns].flatMap(textsOf);
  if (destinations.length === 0) {
    throw refuse(
      `Rule ${name} has no destination: destinationAddresses, destinationIpGroups or destinationFqdns is needed.`,
    );
  }
  checkProtocols(name, rule, ['TCP', 'UDP', 'Any', 'ICMP'], path);
  const ports = textsOf(rule.destinationPorts);
  if (ports.length === 0) throw refuse(`Rule ${name} has no destination ports.`);
  for (const port of ports) checkPort(name, port);
  for (const fqdn of textsOf(rule.destinationFqdns)) {
    if (fqdn.includes('*'))
      throw refuse(`Rule ${name}: wildcards are not allowed in FQDNs of network rules (${fqdn}).`);
  }
}

function checkApplicationRule(name: string, rule: Members, path: string, tier: string): void {
  const protocols = listOf(rule.protocols).map(membersOf);
  const tags = textsOf(rule.fqdnTags);
  if (protocols.length === 0 && tags.length === 0) throw refuse(`Rule ${name} has no protocols.`);
  for (const protocol of protocols) {
    requireOneOf(protocol.protocolType, ['Http', 'Https', 'Mssql'], `${path}.protocols.protocolType`);
    const port = numberOf(protocol.port);
    if (port === undefined || port < 1 || port > 64000)
      throw refuse(`Rule ${name} has an invalid port ${String(protocol.port)}.`);
  }
  const targets = [rule.targetFqdns, rule.targetUrls, rule.fqdnTags, rule.webCategories].flatMap(textsOf);
  if (targets.length === 0) {
    throw refuse(`Rule ${name} has no target: targetFqdns, targetUrls, fqdnTags or webCategories is needed.`);
  }
  for (const fqdn of textsOf(rule.targetFqdns)) {
    if (/^\*?[^*\s/]*$/.test(fqdn) && fqdn !== '') continue;
    throw refuse(`Rule ${name} has an invalid FQDN ${fqdn}: a wildcard may only stand at its left.`);
  }
  if (tier !== 'Premium' && (rule.terminateTLS === true || textsOf(rule.targetUrls).length > 0)) {
    throw networkError(
      'FirewallPolicyHigherTierOnlyPropertiesSet',
      `Rule ${name} uses TLS termination or target URLs, which need a policy of tier Premium.`,
    );
  }
}

function checkNatRule(name: string, rule: Members, path: string): void {
  checkAddresses(name, textsOf(rule.destinationAddresses), false);
  checkProtocols(name, rule, ['TCP', 'UDP'], path);
  const [destination] = textsOf(rule.destinationAddresses);
  if (textsOf(rule.destinationAddresses).length !== 1 || destination === undefined) {
    throw refuse(`Rule ${name} must have one destination address.`);
  }
  const ports = textsOf(rule.destinationPorts);
  if (ports.length !== 1) throw refuse(`Rule ${name} must have one destination port.`);
  for (const port of ports) checkPort(name, port);
  const address = textOf(rule.translatedAddress);
  const fqdn = textOf(rule.translatedFqdn);
  if ((address === undefined) === (fqdn === undefined)) {
    throw refuse(`Rule ${name} must have either translatedAddress or translatedFqdn.`);
  }
  if (address !== undefined && parseAddress(address) === undefined) {
    throw refuse(`Rule ${name} has an invalid translated address ${address}.`);
  }
  checkPort(name, textOf(rule.translatedPort) ?? '');
}

function checkProtocols(name: string, rule: Members, allowed: readonly string[], path: string): void {
  const protocols = textsOf(rule.ipProtocols);
  if (protocols.length === 0) throw refuse(`Rule ${name} has no IP protocols.`);
  for (const protocol of protocols) requireOneOf(protocol, allowed, `${path}.ipProtocols`);
}

/** Addresses, blocks, ranges and `*`; service tags where the rule takes them. */
function checkAddresses(name: string, addresses: readonly string[], tags: boolean): void {
  for (const text of addresses) {
    if (text === '*' || parsePrefix(text) !== undefined || isRange(text) || (tags && isServiceTag(text))) continue;
    throw refuse(`Rule ${name} has an invalid address ${text}.`);
  }
}

function isRange(text: string): boolean {
  const [first, last, more] = text.split('-');
  if (first === undefined || last === undefined || more !== undefined) return false;
  return parseAddress(first.trim()) !== undefined && parseAddress(last.trim()) !== undefined;
}

function checkPort(name: string, text: string): void {
  if (text === '*') return;
  const [first, last = first] = text.split('-').map(Number);
  if (
    /^\d+(-\d+)?$/.test(text) &&
    first !== undefined &&
    last !== undefined &&
    first >= 1 &&
    first <= last &&
    last <= 65535
  ) {
    return;
  }
  throw refuse(`Rule ${name} has an invalid port ${text}.`);
}
