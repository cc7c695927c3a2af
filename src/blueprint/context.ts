import { Problem } from '../kernel/errors.ts';
import { tagLimit } from '../spec/checks/tag.ts';
import type { ClusterSpec, EgressSpec, HubSpec, Spec } from '../spec/spec.ts';
import { type Naming, namingOf } from './naming.ts';

/** What every part is built from. */
export interface BuildContext {
  readonly spec: Spec;
  readonly naming: Naming;
  /** Allowances that have not expired. */
  readonly egress: readonly EgressSpec[];
  /** First day of the month of `today`, `2026-11-01`. */
  readonly month?: string;
  /** The day of the build, as an ISO date: what is supported then, and which allowances hold. */
  readonly day?: string | undefined;
  /** The tags of every resource. */
  readonly tags: Readonly<Record<string, string>>;
  hubIn(region: string): HubSpec;
}

export interface BuildOptions {
  /** The day that decides which allowances have expired. @default none has */
  readonly today?: Date;
  /** Rules of `supportRules` that somebody has accepted with a reason. @default none */
  readonly accepted?: readonly string[];
}

export function contextOf(spec: Spec, options: BuildOptions): BuildContext {
  const naming = namingOf(spec);
  const day = options.today?.toISOString().slice(0, 10);
  return {
    spec,
    naming,
    day,
    egress: spec.egress.filter((allowance) => day === undefined || allowance.expires >= day),
    ...(day === undefined ? {} : { month: `${day.slice(0, 7)}-01` }),
    tags: tagsOf(spec, naming),
    hubIn: (region) => {
      const hub = spec.hubs.find((one) => one.region === region);
      if (hub !== undefined) return hub;
      throw new Problem({
        code: 'BLUEPRINT_NO_HUB',
        message: `No hub is in region ${region}, where a spoke needs one.`,
        hint: 'Add a hub in that region, or move the spoke.',
      });
    },
  };
}

/**
 * The user's tags, and ours as far as they fit. Azure compares names of tags without regard to case: where the user has one of ours,
 * the user's stands.
 */
function tagsOf(spec: Spec, naming: Naming): Readonly<Record<string, string>> {
  const given = new Set(Object.keys(spec.tags).map((name) => name.toLowerCase()));
  const own = Object.entries({ workload: naming.workload, environment: spec.environment });
  const fitting = own.filter(([name]) => !given.has(name)).slice(0, Math.max(0, tagLimit - given.size));
  return { ...Object.fromEntries(fitting), ...spec.tags };
}

/** The allowances of one cluster. */
export function egressOf(context: BuildContext, cluster: ClusterSpec): readonly EgressSpec[] {
  return context.egress.filter((allowance) => allowance.cluster === undefined || allowance.cluster === cluster.name);
}
