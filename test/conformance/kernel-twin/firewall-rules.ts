import { type ArmThing, type Json, list, record, target, words } from './arm-json.ts';
import { noteArrival, protocolMatch, RuleWriter } from './packet-filter.ts';
import { firewallPublicAddress } from './routing.ts';
import type { Zone } from './zone.ts';

/** What keeps its source where a policy says nothing else (network-semantics.md 81). */
const privateByDefault = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'];

/** The filter and the address translation of the firewall's namespace. */
export function firewallFilter(zone: Zone): string {
  const { document, firewall } = zone;
  const policies = chain(zone);
  const writer = new RuleWriter();
  const forward = policies.flatMap((policy) => policyRules(zone, writer, policy));
  const proxied = policies
    .map((one) => record(one.properties.dnsSettings).enableProxy)
    .filter((one) => one !== undefined);
  const dns = proxied.at(-1) === true;
  const kept = keptRanges(policies);
  const spaces = document
    .ofType('virtualNetworks')
    .flatMap((one) => words(record(one.properties.addressSpace).addressPrefixes));
  const seen = 'meta l4proto { tcp, udp } update @seen { meta l4proto . th sport . th dport }';
  const translate = (match: string | undefined, to: string): string =>
    `    meta l4proto { tcp, udp }${match ?? ''} ${to}`;
  return writer.text([
    '  set seen { type inet_proto . inet_service . inet_service; flags dynamic; size 65536; }',
    '  chain before {',
    '    type filter hook prerouting priority raw; policy accept;',
    `    ${seen}`,
    '  }',
    '  chain own {',
    '    type filter hook output priority raw; policy accept;',
    `    ${seen}`,
    '  }',
    '  chain forward {',
    '    type filter hook forward priority 0; policy drop;',
    '    ct state established,related accept',
    // A reply to a request that went another way is no connection (72).
    '    ct state invalid drop',
    ...forward,
    writer.rule('', 'drop', '3 (default deny) deny'),
    '  }',
    '  chain input {',
    '    type filter hook input priority 0; policy drop;',
    '    ct state established,related accept',
    ...(dns ? [`${writer.rule(' th dport 53', `${noteArrival} accept`, '3 (DNS proxy) allow')}`] : []),
    writer.rule('', 'drop', '3 (default deny) deny'),
    '  }',
    '  chain translate {',
    '    type nat hook postrouting priority srcnat; policy accept;',
    ...(kept.length === 0 ? [] : [translate(writer.addresses('daddr', kept), 'return')]),
    translate(writer.addresses('daddr', spaces), `snat ip to ${firewall.address}`),
    translate('', `snat ip to ${firewallPublicAddress}`),
    '  }',
  ]);
}

/** The firewall's policy and its parents, the topmost parent first: its rules precede (75). */
function chain({ document, firewall }: Zone): readonly ArmThing[] {
  const found: ArmThing[] = [];
  let next = target(firewall.thing.properties.firewallPolicy);
  while (next !== '') {
    const policy = document.get(next);
    found.unshift(policy);
    if (found.length > 10) throw new Error('more than ten parents of a firewall policy');
    next = target(policy.properties.basePolicy);
  }
  return found;
}

/** Network rules only: by group priority, then collection priority, then place (74). */
function policyRules(zone: Zone, writer: RuleWriter, policy: ArmThing): readonly string[] {
  const byPriority = (a: Json, b: Json): number => Number(a.priority) - Number(b.priority);
  return zone.document
    .below(policy.id, 'ruleCollectionGroups')
    .map((group) => ({ ...group.properties, short: group.name.split('/').at(-1) ?? group.name }) as Json)
    .sort(byPriority)
    .flatMap((group) =>
      [...list(group.ruleCollections)].sort(byPriority).flatMap((collection) => {
        const allow = record(collection.action).type === 'Allow';
        return list(collection.rules).flatMap((rule) => {
          if (rule.ruleType !== 'NetworkRule')
            throw new Error(`the twin builds network rules, not ${String(rule.ruleType)}`);
          const name = `${String(group.short)}/${String(collection.name)}/${String(rule.name)}`;
          return networkRule(zone, writer, rule, name, allow);
        });
      }),
    );
}

function networkRule(zone: Zone, writer: RuleWriter, rule: Json, name: string, allow: boolean): readonly string[] {
  const protocol = protocolMatch(words(rule.ipProtocols));
  const source = writer.addresses('saddr', ends(zone, rule.sourceAddresses, rule.sourceIpGroups));
  const destination = writer.addresses('daddr', ends(zone, rule.destinationAddresses, rule.destinationIpGroups));
  if (protocol === undefined || source === undefined || destination === undefined) return [];
  const match = protocol + source + destination + writer.ports('dport', words(rule.destinationPorts));
  return [writer.rule(match, allow ? 'accept' : 'drop', `3 ${name} ${allow ? 'allow' : 'deny'}`)];
}

function ends(zone: Zone, addresses: unknown, groups: unknown): readonly string[] {
  return [...words(addresses), ...words(groups).flatMap((id) => words(zone.document.get(id).properties.ipAddresses))];
}

/** Destinations to which packets keep their source: the policy's own list, else its parent's, else the default (81). */
function keptRanges(policies: readonly ArmThing[]): readonly string[] {
  const lists = policies.map((one) => words(record(one.properties.snat).privateRanges)).filter((one) => one.length > 0);
  return (lists.at(-1) ?? ['IANAPrivateRanges']).flatMap((one) =>
    one === 'IANAPrivateRanges' ? privateByDefault : [one],
  );
}
