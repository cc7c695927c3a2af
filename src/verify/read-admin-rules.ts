import type { AddressTerm, AdminRule, PortRange, VirtualNetwork } from '../reachability/index.ts';
import { type ArmView, fields, type Item, idKey, items, reference, text, texts } from './arm-view.ts';
import { addressTerm, parsePorts, protocols } from './read-terms.ts';

const access = { allow: 'allow', deny: 'deny', alwaysallow: 'always' } as const;

/**
 * Security admin rules of Azure Virtual Network Manager, with the networks of the groups that they apply to. Whether a configuration is committed,
 * and who is in a group by policy, the state does not tell: the rules may hold there.
 */
export function readAdminRules(
  view: ArmView,
  networks: readonly VirtualNetwork[],
  assume: (assumption: string) => void,
): readonly AdminRule[] {
  const type = 'Microsoft.Network/networkManagers/securityAdminConfigurations/ruleCollections';
  const rules = view.ofType(type).flatMap((collection) => {
    const groups = items(collection.properties.appliesToGroups).flatMap(
      (one) => text(fields(one).networkGroupId) ?? [],
    );
    const members = groups.flatMap((group) => membersOf(view, group, networks));
    return view.children(collection, 'rules').flatMap((rule) => readRule(rule, [...new Set(members)], assume));
  });
  if (rules.length > 0) {
    assume(
      `Security admin rules (${rules.map((one) => one.name).join(', ')}): whether their configuration is committed is not in the state, so both ways are followed; they hold for virtual networks, not for private endpoints and services that manage their own network.`,
    );
  }
  return rules;
}

/** A group's static members; one without any may hold every network. */
function membersOf(view: ArmView, groupId: string, networks: readonly VirtualNetwork[]): readonly string[] {
  const group = view.byId(groupId);
  const members = group === undefined ? [] : view.children(group, 'staticMembers');
  const ids = members.flatMap((one) => text(one.properties.resourceId) ?? reference(one.properties) ?? []).map(idKey);
  if (ids.length === 0) return networks.map((one) => one.id);
  // A member may be a subnet: its network stands for it.
  return networks
    .filter((one) => ids.some((id) => id === idKey(one.id) || id.startsWith(`${idKey(one.id)}/`)))
    .map((one) => one.id);
}

function readRule(rule: Item, networks: readonly string[], assume: (assumption: string) => void): readonly AdminRule[] {
  const { properties } = rule;
  const direction = text(properties.direction)?.toLowerCase();
  const kind = access[(text(properties.access)?.toLowerCase() ?? '') as keyof typeof access];
  if ((direction !== 'inbound' && direction !== 'outbound') || kind === undefined) {
    assume(`Security admin rule ${rule.id} lacks direction or access and is not counted.`);
    return [];
  }
  const terms = (key: string): readonly AddressTerm[] => {
    const given = items(properties[key]).flatMap((one) => text(fields(one).addressPrefix) ?? []);
    return given.length === 0 ? [{ kind: 'any' }] : given.map(addressTerm);
  };
  const ports = (key: string): readonly PortRange[] => texts(properties[key]).flatMap((one) => parsePorts(one) ?? []);
  const named = protocols([text(properties.protocol) ?? 'Any']);
  return [
    {
      id: rule.id,
      name: rule.name,
      priority: Number(properties.priority ?? 0),
      direction,
      allow: kind !== 'deny',
      access: kind,
      protocols: named === 'unknown' ? undefined : named,
      sources: terms('sources'),
      destinations: terms('destinations'),
      sourcePorts: ports('sourcePortRanges'),
      destinationPorts: ports('destinationPortRanges'),
      networks,
    },
  ];
}
