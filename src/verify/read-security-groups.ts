import type { AddressTerm, PortRange, SecurityGroup, SecurityRule } from '../reachability/index.ts';
import { type ArmView, type Fields, type Item, idKey, items, reference, text, texts } from './arm-view.ts';
import { addressTerm, parsePorts, protocols } from './read-terms.ts';

/** Network security groups with their rules, from inside the group and from rules that stand by themselves. */
export function readSecurityGroups(view: ArmView, assume: (assumption: string) => void): readonly SecurityGroup[] {
  return view.ofType('Microsoft.Network/networkSecurityGroups').map((group) => ({
    id: group.id,
    name: group.name,
    rules: view.children(group, 'securityRules').flatMap((rule) => readRule(rule, assume) ?? []),
  }));
}

function readRule(rule: Item, assume: (assumption: string) => void): SecurityRule | undefined {
  const { properties } = rule;
  const direction = text(properties.direction)?.toLowerCase();
  const access = text(properties.access)?.toLowerCase();
  const priority = Number(properties.priority);
  if ((direction !== 'inbound' && direction !== 'outbound') || access === undefined || !Number.isFinite(priority)) {
    assume(`Security rule ${rule.id} lacks direction, access or priority and is not counted.`);
    return undefined;
  }
  const sources = terms(properties, 'source', rule.id, assume);
  const protocol = protocols([text(properties.protocol) ?? '*']);
  const sourcePorts = ports(properties, 'sourcePortRange');
  const destinationPorts = ports(properties, 'destinationPortRange');
  const unclear = protocol === 'unknown' || sourcePorts === undefined || destinationPorts === undefined;
  if (unclear) assume(`Security rule ${rule.id} has a protocol or port that is not understood: it may match anything.`);
  return {
    name: rule.name,
    priority,
    direction,
    allow: access === 'allow',
    protocols: protocol === 'unknown' ? undefined : protocol,
    sources: unclear ? [{ kind: 'unknown', what: rule.id }] : sources,
    destinations: terms(properties, 'destination', rule.id, assume),
    sourcePorts: sourcePorts ?? [],
    destinationPorts: destinationPorts ?? [],
  };
}

function terms(
  properties: Fields,
  side: 'source' | 'destination',
  rule: string,
  assume: (assumption: string) => void,
): readonly AddressTerm[] {
  const one = text(properties[`${side}AddressPrefix`]);
  const prefixes = [...(one === undefined ? [] : [one]), ...texts(properties[`${side}AddressPrefixes`])];
  const groups = items(properties[`${side}ApplicationSecurityGroups`]).flatMap((group) => reference(group) ?? []);
  const result: AddressTerm[] = [
    ...prefixes.map(addressTerm),
    ...groups.map((group): AddressTerm => ({ kind: 'group', group: idKey(group) })),
  ];
  for (const term of result) {
    if (term.kind === 'unknown')
      assume(`Security rule ${rule} names ${term.what}, which is not understood: it may match anything.`);
  }
  return result;
}

function ports(properties: Fields, property: string): readonly PortRange[] | undefined {
  const one = text(properties[property]);
  const all = [...(one === undefined ? [] : [one]), ...texts(properties[`${property}s`])].map(parsePorts);
  return all.every((range) => range !== undefined) ? (all as PortRange[]) : undefined;
}
