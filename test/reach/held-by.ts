import type { Hop } from '../../src/model/witness.ts';
import {
  type Analysis,
  analyze,
  type FlowClass,
  intersectSets,
  isEmpty,
  type Network,
  type NetworkModel,
  type PacketSet,
  prepareTogether,
  type Question,
  subtractSets,
  uniteSets,
} from '../../src/reachability/index.ts';
import { resolveEndpoint } from '../../src/verify/resolve-endpoint.ts';
import type { Mutant } from './mutants.ts';

const any = { kind: 'any', text: 'any' } as const;

/** Every packet that any place of the model sends to any other, Azure's load balancer's probes among them. */
function everythingIn(model: NetworkModel): Question {
  return { from: [any, resolveEndpoint('tag:AzureLoadBalancer', model)], to: [any], traffic: [] };
}

/** What becomes of a change that no intent notices. */
export interface Held {
  /** Whether some packet fares otherwise over the whole way: nothing holds it then. */
  readonly changes: boolean;
  /** The other rules that decide about the packets that the changed one has to do with, `layer rule (resource)`. */
  readonly by: readonly string[];
}

/**
 * Looks for what holds a change: the packets that meet the changed rule (before, where it was taken away or turned; after, where it was
 * widened), and who decides about them now.
 */
export function heldBy(model: NetworkModel, mutant: Mutant): Held {
  const everything = everythingIn(model);
  const [old, now] = prepareTogether([model, mutant.model], [everything]) as [Network, Network];
  const [before, after] = [analyze(old, everything), analyze(now, everything)];
  const meets = ({ hops }: FlowClass): boolean => hops.some(mutant.isAt);
  const touched = [...before.classes, ...after.classes]
    .filter(meets)
    .reduce<PacketSet>((set, one) => uniteSets(set, one.packets), []);
  const by = new Set<string>();
  for (const one of after.classes) {
    if (isEmpty(intersectSets(one.packets, touched))) continue;
    for (const hop of deciding(one)) if (!mutant.isAt(hop)) by.add(told(hop));
  }
  return { changes: differ(before, after), by: [...by].sort() };
}

function differ(before: Analysis, after: Analysis): boolean {
  const same = (a: PacketSet, b: PacketSet): boolean => isEmpty(subtractSets(a, b)) && isEmpty(subtractSets(b, a));
  return !same(before.allowed, after.allowed) || !same(before.denied, after.denied);
}

/** Who stops it; or, where nobody does, everybody who lets it through. */
function deciding({ outcome, hops }: FlowClass): readonly Hop[] {
  const rules = hops.filter(({ effect }) => effect !== 'forward');
  return outcome === 'allowed' ? rules : rules.slice(-1);
}

function told({ layer, resource, rule }: Hop): string {
  const name = resource.split('/').slice(-1)[0] ?? '';
  return `${layer} ${rule}${layer === 'nsg' || layer === 'firewall' ? ` (${name})` : ''}`;
}
