import { type AddressRange, formatAddress, parsePrefix } from '../kernel/address.ts';
import type { AddressTerm, Firewall, FirewallRule, PortRange, RuleCollection, Subnet } from '../reachability/index.ts';
import { type ArmView, type Fields, fields, type Item, idKey, items, reference, text, texts } from './arm-view.ts';
import { addressTerm, parsePorts, parseRange, protocols } from './read-terms.ts';

/** RFC 1918 and RFC 6598: what keeps its source by default (statement 81). */
const ianaPrivate = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'];

interface Reading {
  readonly view: ArmView;
  assume(assumption: string): void;
}

/** Azure Firewalls in virtual networks, with the collections of their policy and its parents, or their classic ones. */
export function readFirewalls(reading: Reading, subnets: readonly Subnet[]): readonly Firewall[] {
  const { view, assume } = reading;
  return view.ofType('Microsoft.Network/azureFirewalls').flatMap((resource): readonly Firewall[] => {
    const configurations = items(resource.properties.ipConfigurations).map((one) => fields(fields(one).properties));
    const placed = configurations.flatMap((one) => reference(one.subnet) ?? [])[0];
    const subnet = subnets.find((one) => placed !== undefined && idKey(one.id) === idKey(placed));
    if (subnet === undefined) {
      assume(`Firewall ${resource.id} stands in no subnet of this state: routes to it lead nowhere.`);
      return [];
    }
    const policies = policyChain(reading, resource);
    const address = firewallAddress(reading, resource, configurations, subnet);
    if (address === undefined) return [];
    // In its policies, or in the firewall itself where it has rules of its own.
    const mode = [...policies, resource]
      .map((one) => text(one.properties.threatIntelMode))
      .find((one) => one !== undefined);
    const collections = policies.flatMap((policy, index) =>
      policyCollections(reading, policy, policies.length - 1 - index),
    );
    const classic = classicCollections(reading, resource);
    const all = [...collections, ...classic, ...missingPolicy(reading, resource, policies)];
    noteOpenEnds(reading, resource, all, mode);
    noteIntrusionDetection(reading, resource, policies);
    return [
      {
        id: resource.id,
        name: resource.name,
        subnet: subnet.id,
        address,
        publicAddresses: configurations.flatMap((one) => publicAddress(view, one)),
        dnsProxy: dnsProxy(resource, policies),
        dnsServers: texts(
          policies.map((one) => fields(one.properties.dnsSettings)).find((one) => items(one.servers).length > 0)
            ?.servers,
        ),
        unsourced: privateRanges(reading, resource, policies),
        collections: all,
      },
    ];
  });
}

function firewallAddress(
  { assume }: Reading,
  resource: Item,
  configurations: readonly Fields[],
  subnet: Subnet,
): AddressRange | undefined {
  const known = configurations.flatMap((one) => parsePrefix(text(one.privateIPAddress) ?? '') ?? [])[0];
  if (known !== undefined) return known;
  const prefix = subnet.prefixes[0];
  if (prefix === undefined) return undefined;
  // Azure keeps the first four addresses of a subnet and gives the firewall the next.
  const first = prefix.first + 4n;
  assume(
    `Firewall ${resource.name} shows no private address: taken as ${formatAddress(prefix.family, first)}, the first usable of its subnet.`,
  );
  return { family: prefix.family, first, last: first };
}

/** The firewall's policy, then its parent, and so on. */
function policyChain({ view }: Reading, firewall: Item): readonly Item[] {
  const chain: Item[] = [];
  let next = reference(firewall.properties.firewallPolicy);
  while (next !== undefined) {
    const policy = view.byId(next);
    if (policy === undefined || chain.some((one) => idKey(one.id) === idKey(policy.id))) break;
    chain.push(policy);
    next = reference(policy.properties.basePolicy);
  }
  return chain;
}

/** A policy that is named and missing may allow anything. */
function missingPolicy({ view, assume }: Reading, firewall: Item, chain: readonly Item[]): readonly RuleCollection[] {
  const last = chain.at(-1);
  const next = reference(last === undefined ? firewall.properties.firewallPolicy : last.properties.basePolicy);
  if (next === undefined || view.byId(next) !== undefined) return [];
  assume(`Firewall policy ${next} is not in the state: firewall ${firewall.name} may allow anything.`);
  const unknown: AddressTerm = { kind: 'unknown', what: next };
  const rule: FirewallRule = {
    kind: 'network',
    name: '(not in the state)',
    protocols: undefined,
    sources: [unknown],
    destinations: [unknown],
    destinationNames: [],
    destinationPorts: [],
  };
  return [
    { level: -1, group: '(missing policy)', groupPriority: 0, name: next, priority: 0, allow: true, rules: [rule] },
  ];
}

function dnsProxy(firewall: Item, policies: readonly Item[]): boolean {
  for (const policy of policies) {
    const enabled = fields(policy.properties.dnsSettings).enableProxy;
    if (typeof enabled === 'boolean') return enabled;
  }
  const classic = text(fields(firewall.properties.additionalProperties)['Network.DNS.EnableProxy']);
  return policies.length === 0 && classic?.toLowerCase() === 'true';
}

function privateRanges({ assume }: Reading, firewall: Item, policies: readonly Item[]): readonly AddressRange[] {
  const own = policies
    .map((policy) => fields(policy.properties.snat))
    .find((snat) => items(snat.privateRanges).length > 0);
  const given = own === undefined ? ['IANAPrivateRanges'] : texts(own.privateRanges);
  return given.flatMap((range) => {
    const parsed = (range === 'IANAPrivateRanges' ? ianaPrivate : [range]).map(parseRange);
    if (parsed.includes(undefined))
      assume(`Firewall ${firewall.name}: private range ${range} is not understood and not counted.`);
    return parsed.filter((one) => one !== undefined);
  });
}

function publicAddress(view: ArmView, configuration: Fields): readonly AddressRange[] {
  const id = reference(configuration.publicIPAddress);
  const address = id === undefined ? undefined : text(view.byId(id)?.properties.ipAddress);
  const parsed = address === undefined ? undefined : parsePrefix(address);
  return parsed === undefined ? [] : [parsed];
}

function policyCollections(reading: Reading, policy: Item, level: number): readonly RuleCollection[] {
  return reading.view.children(policy, 'ruleCollectionGroups').flatMap((group) =>
    items(group.properties.ruleCollections).map((value) => {
      const collection = fields(value);
      return {
        level,
        group: group.name,
        groupPriority: Number(group.properties.priority ?? 65000),
        name: text(collection.name) ?? '(unnamed)',
        priority: Number(collection.priority ?? 65000),
        allow: text(fields(collection.action).type)?.toLowerCase() !== 'deny',
        rules: items(collection.rules).flatMap((rule) => readRule(reading, fields(rule)) ?? []),
      };
    }),
  );
}

/** Rule collections that stand in the firewall itself, without a policy. */
function classicCollections(reading: Reading, firewall: Item): readonly RuleCollection[] {
  const kinds = [
    ['natRuleCollections', 'NatRule'],
    ['networkRuleCollections', 'NetworkRule'],
    ['applicationRuleCollections', 'ApplicationRule'],
  ] as const;
  return kinds.flatMap(([property, ruleType]) =>
    items(firewall.properties[property]).map((value) => {
      const collection = fields(value);
      const properties = fields(collection.properties);
      return {
        level: 0,
        group: 'classic',
        groupPriority: 0,
        name: text(collection.name) ?? '(unnamed)',
        priority: Number(properties.priority ?? 65000),
        allow: text(fields(properties.action).type)?.toLowerCase() !== 'deny',
        rules: items(properties.rules).flatMap((rule) => readRule(reading, { ...fields(rule), ruleType }) ?? []),
      };
    }),
  );
}

function readRule(reading: Reading, rule: Fields): FirewallRule | undefined {
  const name = text(rule.name) ?? '(unnamed)';
  const sources = [...texts(rule.sourceAddresses).map(addressTerm), ...groups(reading, rule.sourceIpGroups)];
  if (items(rule.sourceKubeSelectorGroups).length > 0)
    sources.push({ kind: 'unknown', what: `${name}: Kubernetes selector groups` });
  const destinations = [
    ...texts(rule.destinationAddresses).map(addressTerm),
    ...groups(reading, rule.destinationIpGroups),
  ];
  for (const term of [...sources, ...destinations]) {
    if (term.kind === 'unknown')
      reading.assume(
        `Firewall rule ${name} names ${term.what}, which this state does not hold: it may match anything.`,
      );
  }
  if (text(rule.ruleType) === 'ApplicationRule') return applicationRule(name, rule, sources, destinations);
  const named = protocols([...texts(rule.ipProtocols), ...texts(rule.protocols)]);
  const ports = texts(rule.destinationPorts).map(parsePorts);
  const unclear = named === 'unknown' || ports.includes(undefined);
  if (unclear)
    reading.assume(`Firewall rule ${name} has a protocol or port that is not understood: it may match anything.`);
  const shared = {
    name,
    protocols: named === 'unknown' ? undefined : named,
    sources: unclear ? ([{ kind: 'unknown', what: name }] as const) : sources,
    destinations,
    destinationPorts: unclear ? [] : (ports as PortRange[]),
  };
  if (text(rule.ruleType) !== 'NatRule')
    return { ...shared, kind: 'network', destinationNames: texts(rule.destinationFqdns) };
  const translatedAddress = parsePrefix(text(rule.translatedAddress) ?? '');
  if (translatedAddress === undefined)
    reading.assume(`Translation rule ${name} leads to a host name (${String(rule.translatedFqdn)}): not modelled.`);
  return { ...shared, kind: 'translation', translatedAddress, translatedPort: Number(rule.translatedPort ?? 0) };
}

function applicationRule(
  name: string,
  rule: Fields,
  sources: readonly AddressTerm[],
  destinations: readonly AddressTerm[],
): FirewallRule {
  const nameTags = [
    ...texts(rule.fqdnTags),
    ...texts(rule.webCategories).map((category) => `web category ${category}`),
  ];
  const given = items(rule.protocols).map((one) => Number(fields(one).port));
  // FQDN tags bring their protocols along: HTTP and HTTPS on their usual ports.
  const ports = given.length > 0 ? given : nameTags.length > 0 ? [80, 443] : [];
  const hosts = texts(rule.targetUrls).map((url) => url.replace(/^https?:\/\//i, '').split('/')[0] ?? '*');
  return {
    kind: 'application',
    name,
    sources,
    destinations,
    ports: ports.filter((port) => Number.isInteger(port)),
    names: texts(rule.targetFqdns),
    nameTags,
    mayNames: hosts,
  };
}

function groups({ view }: Reading, ids: unknown): readonly AddressTerm[] {
  return texts(ids).flatMap((id): readonly AddressTerm[] => {
    const group = view.byId(id);
    if (group === undefined) return [{ kind: 'unknown', what: `IP group ${id}` }];
    return texts(group.properties.ipAddresses).map(addressTerm);
  });
}

function noteOpenEnds(
  reading: Reading,
  firewall: Item,
  collections: readonly RuleCollection[],
  mode: string | undefined,
): void {
  reading.assume(
    `Firewall ${firewall.name}: threat intelligence (${mode ?? 'Alert'}) looks at packets first and may deny more than the rules do; it never allows more.`,
  );
  const closed = collections.some(
    (one) => !one.allow && one.rules.some((rule) => rule.kind === 'application' && rule.names.includes('*')),
  );
  if (!closed) {
    reading.assume(
      `Firewall ${firewall.name}: names of Azure's built-in infrastructure collection pass unless an application rule denies them (a collection that Microsoft keeps); they are not counted as reachable.`,
    );
  }
}

/** Signatures are Microsoft's and change daily: what they stop cannot be told, only that they stop and never let through. */
function noteIntrusionDetection({ assume }: Reading, firewall: Item, policies: readonly Item[]): void {
  const mode = policies
    .map((policy) => text(fields(policy.properties.intrusionDetection).mode))
    .find((one) => one !== undefined);
  if (mode === undefined || mode.toLowerCase() === 'off') return;
  assume(
    mode.toLowerCase() === 'deny'
      ? `Firewall ${firewall.name}: intrusion detection (Deny) may stop packets that the rules allow, by signatures that are not known here; it never allows more.`
      : `Firewall ${firewall.name}: intrusion detection (${mode}) reports and stops nothing.`,
  );
}
