import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { buildBlueprint } from '../../../src/blueprint/build.ts';
import { dayOf2021, defaultSpec, specOf2021 } from '../../../src/blueprint/test-spec.ts';
import { stateOf } from '../../../src/blueprint/test-state.ts';
import { withoutTarget } from '../../../src/blueprint/test-undo.ts';
import type { Blueprint } from '../../../src/model/blueprint.ts';
import type { Decision, DecisionTarget } from '../../../src/model/decision.ts';
import { rules } from '../../../src/verify/index.ts';
import { verify } from '../../../src/verify/verify.ts';

/** What is undone without the decision's own proof noticing, and what else holds it: reviewed, one entry a pattern. */
interface Survivor {
  readonly decision: string;
  /** A pattern over targets. @default every target of the decision */
  readonly targets?: string;
  readonly heldBy: string;
}
type Outcome = 'noticed' | 'refused' | 'survived';

const survivorsIn = (file: string) => parse(readFileSync(path.join(import.meta.dirname, file), 'utf8')) as Survivor[];

const today = new Date('2026-11-24T12:00:00Z');

describe.each([
  ['current', defaultSpec, today, survivorsIn('decisions-undone-survivors.yaml'), [], []],
  // Neither the mesh of 2021 nor content trust is anything that a rule of the verifier looks at.
  [
    '2021',
    specOf2021,
    dayOf2021,
    survivorsIn('decisions-undone-survivors-2021.yaml'),
    survivorsIn('decisions-undone-survivors.yaml'),
    ['images-are-signed-in-the-registry', 'mesh-is-open-service-mesh'],
  ],
] as const)('profile %s', (_profile, spec, day, own, shared, unproved) => {
  const reviewed = [...own, ...shared];
  const blueprint = buildBlueprint(spec, { today: day });
  const resources = blueprint.parts.flatMap((part) => part.resources);
  const intents = blueprint.parts.flatMap((part) => part.intents);
  const decisions = blueprint.parts.flatMap((part) => part.decisions);
  /** What a later stage puts again is undone there. */
  const amended = new Set(resources.flatMap(({ amends }) => amends ?? []));

  const keys = new Set(resources.map(({ key }) => key));

  /** Undoes one thing and asks only what proves the decision: does it fail, or have nothing left to look at? */
  function undo(decision: Decision, target: DecisionTarget): Outcome {
    const proofRules = rules.filter(({ id }) => decision.provedBy.includes(id));
    const proofIntents = intents.filter(({ id }) => decision.provedBy.includes(id));
    const state = stateIfWhole(withoutTarget(blueprint, target));
    if (state === undefined) return 'refused';
    const { findings, proven, notChecked } = verify(state, proofIntents, { rules: proofRules, today: day });
    if (findings.length > 0) return 'noticed';
    const held = new Set([...proven, ...notChecked].map(({ ruleId }) => ruleId));
    return [...proofRules, ...proofIntents].every(({ id }) => held.has(id)) ? 'survived' : 'noticed';
  }

  /** No state where something else refers to what is gone: no deployment gets past that. */
  function stateIfWhole(changed: Blueprint) {
    try {
      return stateOf(changed);
    } catch (error) {
      if (error instanceof Error && /there is no|has no hub|stands in no subnet/.test(error.message)) return undefined;
      throw error;
    }
  }

  test('every decision about Azure resources that is undone is noticed by what proves it, or held by something that is named', () => {
    const survivors: string[] = [];
    const used = new Set<Survivor>();
    let objects = 0;
    const count = { noticed: 0, refused: 0, survived: 0 };
    for (const decision of decisions) {
      for (const target of decision.resources) {
        const key = target.split('#')[0] ?? '';
        if (!keys.has(key)) {
          // A Kubernetes object: the tests against a real API server are about those.
          objects++;
          continue;
        }
        if (amended.has(key)) continue;
        const outcome = undo(decision, target);
        count[outcome]++;
        if (outcome !== 'survived') continue;
        const holder = reviewed.find(
          (one) => one.decision === decision.id && new RegExp(one.targets ?? '').test(target),
        );
        if (holder === undefined) survivors.push(`${decision.id}: ${target}`);
        else used.add(holder);
      }
    }
    console.log(
      `${decisions.length} decisions, ${count.noticed + count.refused + count.survived} targets undone: ${count.noticed} noticed by the decision’s own proof, ${count.refused} that nothing else can be deployed without, ${count.survived} held by something that is named; ${objects} Kubernetes objects not undone here`,
    );
    expect(survivors).toEqual([]);
    expect(own.filter((one) => !used.has(one))).toEqual([]);
    for (const { heldBy } of reviewed) expect(heldBy.length).toBeGreaterThan(20);
  });

  test('every decision about Azure resources names what proves it', () => {
    const known = new Set([...rules, ...intents].map(({ id }) => id));
    const aboutAzure = decisions.filter((one) => one.resources.some((target) => keys.has(target.split('#')[0] ?? '')));
    expect(
      aboutAzure
        .filter(({ provedBy }) => provedBy.length === 0)
        .map(({ id }) => id)
        .sort(),
    ).toEqual(unproved);
    expect(
      decisions.flatMap(({ id, provedBy }) => provedBy.filter((one) => !known.has(one)).map((one) => `${id}: ${one}`)),
    ).toEqual([]);
  });
});
