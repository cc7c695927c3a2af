import { listOf, type Members, membersOf, textsOf } from '../members.ts';

/** One rule of a rule collection group, with where it stands. */
export interface PlacedRule {
  readonly collection: Members;
  readonly rule: Members;
  readonly path: string;
}

export const collectionsOf = (group: Members): readonly Members[] => listOf(group.ruleCollections).map(membersOf);

/** Every rule of a rule collection group's properties, in order. */
export function rulesOf(group: Members): readonly PlacedRule[] {
  return collectionsOf(group).flatMap((collection, i) =>
    listOf(collection.rules).map((rule, j) => ({
      collection,
      rule: membersOf(rule),
      path: `properties.ruleCollections[${i}].rules[${j}]`,
    })),
  );
}

/** The ids of the IP groups that the rules name. */
export function groupsInRules(group: Members): readonly string[] {
  return rulesOf(group).flatMap(({ rule }) => [...textsOf(rule.sourceIpGroups), ...textsOf(rule.destinationIpGroups)]);
}

/** Whether a network rule names destinations by FQDN, which needs the firewall's DNS proxy. */
export function usesNamesInNetworkRules(group: Members): boolean {
  return rulesOf(group).some(
    ({ rule }) => rule.ruleType === 'NetworkRule' && textsOf(rule.destinationFqdns).length > 0,
  );
}
