import type { Problem } from '../kernel/errors.ts';
import { specRules } from './checks/rules.ts';
import { meantKey, problemOf, problemsOfIssues, unknownKeys } from './issues.ts';
import { resolveSpec } from './resolve.ts';
import { type LandingZoneFile, type SectionName, sectionNames, sections } from './schema.ts';
import type { Source } from './source.ts';
import type { Spec } from './spec.ts';

/** A spec with what is wrong with it; when there is anything wrong, the spec is not to be used. */
export interface CheckedSpec {
  readonly spec: Spec;
  readonly problems: readonly Problem[];
}

/** What stands in for a required section that is missing or wrong, so that the others can be checked. */
const standIns: Readonly<Partial<Record<SectionName, unknown>>> = {
  organization: { name: 'stand-in' },
  azure: {
    tenantId: '11111111-1111-4111-8111-111111111111',
    subscriptionId: '11111111-1111-4111-8111-111111111111',
    clusterAdminGroupId: '11111111-1111-4111-8111-111111111111',
  },
  domains: { public: 'public.example', ingress: 'ingress.example' },
};

/** YAML reads the profile 2021 as a number where it has no quotes. */
const plain = (name: SectionName, value: unknown): unknown => (name === 'profile' && value === 2021 ? '2021' : value);

/** Checks each section by itself, then the rules between those sections that are right. */
export function checkSpec(source: Source): CheckedSpec {
  const value = source.value as Readonly<Record<string, unknown>>;
  const unknown = Object.keys(value).filter((key) => !sectionNames.includes(key as SectionName));
  const problems: Problem[] = [...source.problems, ...unknownKeys(unknown, [], source)];
  const wrong = new Set<SectionName>();
  const underivable = new Set<SectionName>();
  const parsed: Record<string, unknown> = {};
  for (const name of sectionNames) {
    const result = sections[name].safeParse(plain(name, value[name]));
    if (result.success) {
      parsed[name] = result.data;
    } else {
      wrong.add(name);
      const misspelt = value[name] === undefined && unknown.some((key) => meantKey(key, []) === name);
      if (!misspelt) problems.push(...problemsOfIssues(result.error.issues, source, [name]));
      parsed[name] = sections[name].parse(standIns[name]);
    }
  }
  const spec = resolveSpec(parsed as LandingZoneFile, source.values, (complaint, path) => {
    const section = path[0] as SectionName;
    if (wrong.has(section)) return;
    problems.push(problemOf(complaint, source, path));
    underivable.add(section);
  });
  for (const rule of specRules) {
    if (rule.reads.some((name) => wrong.has(name) || underivable.has(name))) continue;
    problems.push(...rule.check(spec).map((one) => problemOf(one, source, one.at, one.related)));
  }
  return { spec, problems };
}
