import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { hasPolicies, policyFolder, policyReads, type Read } from '../../test/referee/policy-reads.ts';
import type { Resource } from '../model/resource.ts';
import { buildBlueprint } from './build.ts';
import { settingPaths } from './property-paths.ts';
import { dayOf2021, defaultSpec, specOf2021, twoRegionSpec } from './test-spec.ts';
import { leftUnset, leftUnsetIn2021 } from './test-unset.ts';

/** What checkov reads of our types: made by test/conformance/checkov-reads.py, and held equal to it by test/conformance/core/checkov.test.ts. */
const checkovReads = (
  JSON.parse(readFileSync(new URL('../../test/referee/checkov-reads.json', import.meta.url), 'utf8')) as readonly {
    readonly type: string;
    readonly path: string;
    readonly checks: readonly string[];
  }[]
).map(({ type, path, checks }): Read => ({ type, path, by: checks }));

/** Types that are decided as a whole: a right, an alert or a plan is one decision, in all that it says. */
const asWhole = new Set([
  'Microsoft.Authorization/roleDefinitions',
  'Microsoft.Insights/activityLogAlerts',
  'Microsoft.Insights/diagnosticSettings',
  'Microsoft.Security/pricings',
  'Microsoft.Security/securityContacts',
  'Microsoft.Storage/storageAccounts/blobServices/containers',
]);

const lower = (path: string): string => path.toLowerCase();
const touches = (one: string, other: string): boolean =>
  one === other || one.startsWith(`${other}.`) || other.startsWith(`${one}.`);

const today = new Date('2026-11-24T12:00:00Z');

describe.each([
  ['the default', defaultSpec, today, leftUnset],
  ['two regions', twoRegionSpec, today, leftUnset],
  ['profile 2021', specOf2021, dayOf2021, leftUnsetIn2021],
])('every setting of %s that somebody else’s check looks at', (_name, spec, day, unset) => {
  const blueprint = buildBlueprint(spec, { today: day });
  const resources = blueprint.parts.flatMap((part) => part.resources);
  const decisions = blueprint.parts.flatMap((part) => part.decisions);
  const types = new Set(resources.map(({ type }) => type));
  const claims = new Map<string, string[]>();
  for (const target of decisions.flatMap((decision) => decision.resources)) {
    const [key = '', path = ''] = target.split('#');
    claims.set(key, [...(claims.get(key) ?? []), path]);
  }

  /** A decision speaks for a setting by its path, or by the name of the rule, route or subnet that it is in. */
  const isDecided = (resource: Resource, path: string): boolean => {
    const claimed = claims.get(resource.key) ?? [];
    if (asWhole.has(resource.type)) return claimed.includes('');
    if (/^properties\.(securityRules|routes)\./.test(path))
      return claimed.some((one) => !one.includes('.') && one !== '');
    return claimed.some((one) => one !== '' && touches(lower(one), lower(path)));
  };
  const isSet = (resource: Resource, path: string): boolean =>
    settingPaths(resource).some((one) => touches(lower(one), lower(path)));

  /** Each setting that a check reads: with a decision, or left unset for a reason that names one. */
  const undecided = (reads: readonly Read[]): readonly string[] =>
    reads.flatMap(({ type, path, by }) =>
      resources
        .filter((resource) => resource.type === type && resource.amends === undefined)
        .filter((resource) => !isDecided(resource, path))
        .filter(
          (resource) =>
            isSet(resource, path) || !unset.some((one) => one.type === type && lower(one.path) === lower(path)),
        )
        .map((resource) => `${resource.key}#${path} (${by[0]})`),
    );

  test('checkov', () => {
    expect(undecided(checkovReads)).toEqual([]);
    expect(checkovReads.length).toBeGreaterThan(50);
  });

  test.skipIf(!hasPolicies && process.env.CI === undefined)('Azure’s built-in policies', () => {
    const reads = policyReads(types);
    expect(undecided(reads)).toEqual([]);
    expect(reads.length).toBeGreaterThan(70);
  });

  test('what is left unset is unset, is read by a check, and names a decision', () => {
    const read = new Set(
      [...checkovReads, ...(hasPolicies ? policyReads(types) : [])].map(({ type, path }) => `${type} ${lower(path)}`),
    );
    const ids = new Set(decisions.map(({ id }) => id));
    for (const { type, path, decision, because } of unset) {
      const name = `${type} ${path}`;
      if (hasPolicies) expect(read, name).toContain(`${type} ${lower(path)}`);
      const ofType = resources.filter((one) => one.type === type);
      expect(
        ofType.some((one) => !isSet(one, path)),
        `${name} is set`,
      ).toBe(true);
      expect(ids, name).toContain(decision);
      expect(because.length, name).toBeGreaterThan(20);
    }
  });
});

if (!hasPolicies) console.warn(`skipped: Azure’s built-in policies are not in ${policyFolder}`);
