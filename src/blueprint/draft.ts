import type { Blueprint, Part } from '../model/blueprint.ts';
import type { Decision, DecisionTarget } from '../model/decision.ts';
import type { Intent } from '../model/intent.ts';
import type { PlacedObject } from '../model/placed-object.ts';
import type { Resource } from '../model/resource.ts';
import type { Task } from '../model/task.ts';
import { costLinesOf } from './cost/cost-lines.ts';

/** That a resource, or a rule in it, is as it is because of a decision. */
export interface Claim {
  readonly decision: string;
  readonly target: DecisionTarget;
}

/** Resources with the decisions that they follow from: what builders return. */
export interface Built {
  readonly resources: readonly Resource[];
  readonly claims: readonly Claim[];
  /** @default none */
  readonly objects?: readonly PlacedObject[];
  /** What is asked of somebody else, who owns the hub of a region. */
  readonly requests?: readonly HubRequest[];
}

/** A resource that the owner of a hub is asked to make in it. */
export interface HubRequest {
  readonly region: string;
  readonly resource: Resource;
}

/** A decision before it is known what follows it. `provedBy` may name a family of intents: each of them then proves it. */
export type DecisionText = Omit<Decision, 'resources'>;

/** An intent before it has its id: the family, and which of several alike (a cluster, a region). */
export interface IntentDraft extends Omit<Intent, 'id'> {
  readonly family: string;
  readonly of?: string;
}

export interface PartDraft extends Built {
  readonly name: string;
  readonly decisions: readonly DecisionText[];
  readonly intents: readonly IntentDraft[];
  readonly tasks?: readonly Task[];
}

export function joined(...all: readonly Built[]): Built {
  const objects = all.flatMap((one) => one.objects ?? []);
  const requests = all.flatMap((one) => one.requests ?? []);
  return {
    resources: all.flatMap((one) => one.resources),
    claims: all.flatMap((one) => one.claims),
    ...(objects.length === 0 ? {} : { objects }),
    ...(requests.length === 0 ? {} : { requests }),
  };
}

/** One resource and the decisions that it follows as a whole. */
export function claimed(resource: Resource, ...decisions: readonly string[]): Built {
  return { resources: [resource], claims: decisions.map((decision) => ({ decision, target: resource.key })) };
}

/**
 * One resource and the decisions that its settings follow: by decision, the paths below the resource (`properties.networkAcls`,
 * `sku`). A path speaks for all below it; a step into a list means each of its members. No path means the resource as a whole.
 */
export function decided(resource: Resource, decisions: Readonly<Record<string, readonly string[]>>): Built {
  return {
    resources: [resource],
    claims: Object.entries(decisions).flatMap(([decision, paths]) =>
      paths.length === 0
        ? [{ decision, target: resource.key }]
        : paths.map((path) => ({ decision, target: `${resource.key}#${path}` as const })),
    ),
  };
}

export function intentId({ family, of }: Pick<IntentDraft, 'family' | 'of'>): string {
  return of === undefined ? family : `${family}-${of}`;
}

/**
 * Puts the pieces together: intents get their ids, decisions what follows from them, wherever in the blueprint it stands. A decision
 * from which nothing follows in this spec is left out. Throws RangeError for a claim on a decision that nobody has taken.
 */
export function assembled(drafts: readonly PartDraft[]): Blueprint['parts'] {
  const targets = new Map<string, Set<DecisionTarget>>(
    drafts.flatMap((draft) => draft.decisions.map(({ id }) => [id, new Set<DecisionTarget>()] as const)),
  );
  for (const { decision, target } of drafts.flatMap((draft) => draft.claims)) {
    const set = targets.get(decision);
    if (set === undefined) throw new RangeError(`${target} follows ${decision}, which is no decision`);
    set.add(target);
  }
  const families = new Map<string, string[]>();
  for (const draft of drafts.flatMap((one) => one.intents)) {
    families.set(draft.family, [...(families.get(draft.family) ?? []), intentId(draft)]);
  }
  const all = drafts.flatMap((draft) => draft.resources);
  return drafts.map(
    ({ name, resources, objects = [], decisions, intents, tasks }): Part => ({
      name,
      resources,
      objects,
      decisions: decisions
        .map((decision) => ({
          ...decision,
          provedBy: decision.provedBy.flatMap((proof) => families.get(proof) ?? [proof]),
          resources: [...(targets.get(decision.id) ?? [])],
        }))
        .filter((decision) => decision.resources.length > 0),
      intents: intents.map(({ family, of, ...rest }): Intent => {
        const id = intentId(of === undefined ? { family } : { family, of });
        return { id, ...rest };
      }),
      costLines: costLinesOf(resources, all),
      ...(tasks === undefined ? {} : { tasks }),
    }),
  );
}
