import { Problem } from '../../kernel/errors.ts';
import type { Spec } from '../../spec/spec.ts';
import { kubernetesProblems, kubernetesRule } from '../cluster/versions.ts';
import type { BuildContext } from '../context.ts';
import { componentEnds } from './ends.ts';

/**
 * What the spec asks for that has ended on the day of the build: a problem each, with the day, what to take instead, and who says so.
 * Without a day nothing has ended. What somebody has accepted with a reason is no problem here; Azure may refuse it all the same.
 */
export function supportProblems(context: BuildContext, accepted: readonly string[] = []): readonly Problem[] {
  const { spec, day } = context;
  if (day === undefined) return [];
  const ended = componentEnds.filter(
    ({ slot, component, until }) =>
      spec.components[slot] === component && day > until && !accepted.includes(ruleOf(slot)),
  );
  return [
    ...ended.map(
      ({ slot, name, until, ended: what, alternative, source }) =>
        new Problem({
          code: 'BLUEPRINT_COMPONENT_ENDED',
          kind: 'refused',
          message: `${name} ${what} on ${until}.`,
          ...placeOf(spec),
          why: `Parts of the cardholder data environment must be supported by their vendor (PCI DSS 6.3.3 and 12.3.4). Source: ${source}.`,
          hint: `Take ${alternative}: set \`profile: current\`. To see this profile as it was, build it with --as-of 2021-12-14. To go on all the same: --accept ${ruleOf(slot)}=REASON.`,
        }),
    ),
    ...kubernetesProblems(context, accepted.includes(kubernetesRule)),
  ];
}

/** The name by which the end of a slot's component is accepted. */
const ruleOf = (slot: string): string => `${slot.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}-ended`;

/** Rules of `supportProblems` that can be accepted. */
export const supportRules: readonly string[] = [
  ...new Set(componentEnds.map(({ slot }) => ruleOf(slot))),
  kubernetesRule,
];

/** The profile chose the component: its line is the one to change. */
function placeOf(spec: Spec): { readonly place?: NonNullable<ReturnType<Spec['places']['get']>> } {
  const place = spec.places.get('profile');
  return place === undefined ? {} : { place };
}
