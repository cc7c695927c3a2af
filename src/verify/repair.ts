import { Problem } from '../kernel/errors.ts';
import type { State } from '../model/state.ts';
import type { Hop } from '../model/witness.ts';
import {
  analyze,
  describePackets,
  type FirewallRule,
  type FlowClass,
  intersectSets,
  isEmpty,
  type Network,
  type NetworkModel,
  packets,
  prepare,
  type Question,
  type RuleCollection,
  type RuleParts,
  ruleParts,
  type SecurityRule,
} from '../reachability/index.ts';
import { readNetwork } from './read-network.ts';
import { intentQuestion, type LocatedIntent } from './verify-intents.ts';

export interface RuleChange {
  readonly action: 'remove' | 'add';
  readonly layer: string;
  readonly resource: string;
  /** The rule to remove, or the one before which the new one must stand. */
  readonly rule: string;
  /** Of a rule to add: the packets that it must let through. */
  readonly packets: readonly string[];
}

export interface Repair {
  /** False where no set of changes to security groups and firewalls was found: then `stoppedBy` says what else decides. */
  readonly holds: boolean;
  readonly changes: readonly RuleChange[];
  readonly stoppedBy?: string;
}

/** More changes than these at once are no repair. */
const mostChanges = 4;
/** States that are looked at before giving up: bounds the time, whatever the intent. */
const mostTries = 400;

/**
 * The smallest set of rules of security groups and firewalls to remove (for `expect: denied`) or to add (for `expect: allowed`) that makes an intent
 * hold, found by trying sets in the order of their size on the model and proving the intent again on each. Empty where it holds already.
 */
export function repairIntent(state: State, intent: LocatedIntent): Repair {
  const { model } = readNetwork(state);
  const question = intentQuestion(intent, model);
  return intent.expect === 'denied' ? byRemoving(model, question) : byAdding(model, question);
}

interface Step {
  readonly model: NetworkModel;
  readonly changes: readonly RuleChange[];
}

function failing(model: NetworkModel, question: Question, expect: 'allowed' | 'denied') {
  const network = prepare(model, [question]);
  const { classes } = analyze(network, question);
  const bad = classes.filter((one) => (expect === 'denied' ? one.outcome !== 'denied' : one.outcome !== 'allowed'));
  return { network, bad };
}

/** Breadth first: every set of n removals is tried before one of n + 1. A packet that gets through needs one of the rules on its way gone. */
function byRemoving(model: NetworkModel, question: Question): Repair {
  const waiting: Step[] = [{ model, changes: [] }];
  const tried = new Set<string>();
  let last: Hop | undefined;
  for (let tries = 0; tries < mostTries; tries++) {
    const step = waiting.shift();
    if (step === undefined) break;
    const { bad } = failing(step.model, question, 'denied');
    const [worst] = bad;
    if (worst === undefined) return { holds: true, changes: step.changes };
    last = worst.hops.at(-1);
    if (step.changes.length === mostChanges) continue;
    for (const hop of worst.hops) {
      const next = removed(step.model, hop);
      if (next === undefined) continue;
      const changes = [
        ...step.changes,
        { action: 'remove', layer: hop.layer, resource: hop.resource, rule: hop.rule, packets: [] } as const,
      ];
      const key = changes
        .map((one) => `${one.resource} ${one.rule}`)
        .sort()
        .join('\n');
      if (tried.has(key)) continue;
      tried.add(key);
      waiting.push({ model: next, changes });
    }
  }
  return { holds: false, changes: [], ...(last === undefined ? {} : { stoppedBy: `${last.layer} ${last.rule}` }) };
}

/** Each rule that stops a packet must be preceded by one that lets it through; every stop on the way needs its own. */
function byAdding(model: NetworkModel, question: Question): Repair {
  let step: Step = { model, changes: [] };
  for (let tries = 0; tries < mostTries; tries++) {
    const { network, bad } = failing(step.model, question, 'allowed');
    const [first] = bad;
    if (first === undefined) return { holds: true, changes: step.changes };
    const stop = first.hops.at(-1);
    // Every packet that the same rule stops is let through at once.
    const same = bad.filter((one) => {
      const hop = one.hops.at(-1);
      return hop?.resource === stop?.resource && hop?.rule === stop?.rule;
    });
    const next = stop === undefined ? undefined : added(network, step.model, stop, same);
    if (stop === undefined || next === undefined)
      return { holds: false, changes: [], ...(stop === undefined ? {} : { stoppedBy: `${stop.layer} ${stop.rule}` }) };
    const words = same.flatMap((one) => describePackets(network, one.packets));
    step = {
      model: next,
      changes: [
        ...step.changes,
        { action: 'add', layer: stop.layer, resource: stop.resource, rule: stop.rule, packets: [...new Set(words)] },
      ],
    };
  }
  return { holds: false, changes: [] };
}

/** The model without the rule of a hop; undefined where the hop is none that can be removed. */
function removed(model: NetworkModel, hop: Hop): NetworkModel | undefined {
  if (hop.direction === 'reply' || hop.effect === 'deny') return undefined;
  if (hop.layer === 'nsg') {
    const group = model.securityGroups.find((one) => one.id === hop.resource);
    if (group === undefined || !group.rules.some((rule) => rule.name === hop.rule && rule.allow)) return undefined;
    const rules = group.rules.filter((rule) => rule.name !== hop.rule);
    return {
      ...model,
      securityGroups: model.securityGroups.map((one) => (one === group ? { ...one, rules } : one)),
    };
  }
  if (hop.layer !== 'firewall') return undefined;
  const named = (collection: RuleCollection, rule: FirewallRule): boolean =>
    `${collection.group}/${collection.name}/${rule.name}` === hop.rule;
  const firewall = model.firewalls.find((one) => one.id === hop.resource);
  if (!firewall?.collections.some((one) => one.rules.some((rule) => named(one, rule)))) return undefined;
  const collections = firewall.collections.map((one) => ({
    ...one,
    rules: one.rules.filter((rule) => !named(one, rule)),
  }));
  return { ...model, firewalls: model.firewalls.map((one) => (one === firewall ? { ...one, collections } : one)) };
}

/** The model with rules for some packets before all others of the place that stopped them. */
function added(
  network: Network,
  model: NetworkModel,
  stop: Hop,
  stopped: readonly FlowClass[],
): NetworkModel | undefined {
  const boxes = stopped.flatMap((one) => one.packets);
  if (stop.layer === 'nsg') {
    const group = model.securityGroups.find((one) => one.id === stop.resource);
    if (group === undefined) return undefined;
    const direction = stop.detail?.startsWith('Inbound') === true ? 'inbound' : 'outbound';
    const parts = boxes.map((box) => ruleParts(network, box));
    if (parts.includes(undefined)) return undefined;
    const rules = parts.map((one, n): SecurityRule => {
      return { name: `(added ${n})`, priority: -1, direction, allow: true, ...(one as RuleParts) };
    });
    return {
      ...model,
      securityGroups: model.securityGroups.map((one) =>
        one === group ? { ...one, rules: [...rules, ...one.rules] } : one,
      ),
    };
  }
  if (stop.layer !== 'firewall') return undefined;
  const firewall = model.firewalls.find((one) => one.id === stop.resource);
  // Host names are judged by application rules; a network rule for them would let every name through.
  const named = boxes.some((box) => !isEmpty(intersectSets([box], packets({ name: network.spaces.names.named }))));
  const parts = boxes.map((box) => ruleParts(network, box));
  if (firewall === undefined || named || parts.includes(undefined)) return undefined;
  const collection: RuleCollection = {
    level: -1,
    group: '(added)',
    groupPriority: 0,
    name: '(added)',
    priority: 0,
    allow: true,
    rules: parts.map((one, n) => {
      const { sourcePorts: _ports, ...terms } = one as RuleParts;
      return { kind: 'network', name: `(added ${n})`, destinationNames: [], ...terms };
    }),
  };
  return {
    ...model,
    firewalls: model.firewalls.map((one) =>
      one === firewall ? { ...one, collections: [collection, ...one.collections] } : one,
    ),
  };
}

/** The intent of a list by its id. Throws `INTENT_NOT_FOUND`. */
export function intentById(intents: readonly LocatedIntent[], id: string): LocatedIntent {
  const found = intents.find((one) => one.id === id);
  if (found !== undefined) return found;
  throw new Problem({
    code: 'INTENT_NOT_FOUND',
    message: `There is no intent ${id}.`,
    hint: `There are: ${intents
      .slice(0, 10)
      .map((one) => one.id)
      .join(', ')}${intents.length > 10 ? ` and ${intents.length - 10} more` : ''}.`,
    kind: 'not-found',
  });
}
