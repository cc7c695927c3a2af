import { Problem } from '../../kernel/errors.ts';
import type { Spec } from '../../spec/spec.ts';
import { kubernetesProblems } from '../cluster/versions.ts';
import type { BuildContext } from '../context.ts';
import { componentEnds } from './ends.ts';

/**
 * What the spec asks for that has ended on the day of the build: a problem each, with the day, what to take instead, and who says so.
 * Without a day nothing has ended. A design that is not supported cannot be accepted with a reason: parts of a cardholder data
 * environment must be supported by their vendor, and most of these Azure itself refuses.
 */
export function supportProblems(context: BuildContext): readonly Problem[] {
  const { spec, day } = context;
  if (day === undefined) return [];
  const ended = componentEnds.filter(
    ({ slot, component, until }) => spec.components[slot] === component && day > until,
  );
  return [
    ...ended.map(
      ({ name, until, ended: what, alternative, source }) =>
        new Problem({
          code: 'BLUEPRINT_COMPONENT_ENDED',
          kind: 'refused',
          message: `${name} ${what} on ${until}.`,
          ...placeOf(spec),
          why: `Parts of the cardholder data environment must be supported by their vendor (PCI DSS 6.3.3 and 12.3.4). Source: ${source}.`,
          hint: `Take ${alternative}: set \`profile: current\`. To see this profile as it was, build it with --as-of 2021-12-14.`,
        }),
    ),
    ...kubernetesProblems(context),
  ];
}

/** The profile chose the component: its line is the one to change. */
function placeOf(spec: Spec): { readonly place?: NonNullable<ReturnType<Spec['places']['get']>> } {
  const place = spec.places.get('profile');
  return place === undefined ? {} : { place };
}
