import type { Path } from '../path.ts';
import type { SectionName } from '../schema.ts';
import type { Spec } from '../spec.ts';
import type { SpecRule } from './spec-rule.ts';

interface Named {
  readonly section: SectionName;
  readonly code: string;
  readonly what: string;
  readonly why: string;
  readonly names: (spec: Spec) => readonly { readonly name: string; readonly path: Path }[];
}

const lists: readonly Named[] = [
  {
    section: 'hubs',
    code: 'SPEC_HUB_TWICE',
    what: 'hubs in the region',
    why: 'The spokes of a region hang on its one hub.',
    names: (spec) => spec.hubs.map((one, i) => ({ name: one.region, path: ['hubs', i, 'region'] })),
  },
  {
    section: 'clusters',
    code: 'SPEC_NAME_TWICE',
    what: 'clusters with the name',
    why: 'Their networks and resource groups would have the same names.',
    names: (spec) => spec.clusters.map((one, i) => ({ name: one.name, path: ['clusters', i, 'name'] })),
  },
  {
    section: 'egress',
    code: 'SPEC_NAME_TWICE',
    what: 'allowances with the name',
    why: 'The name is that of the firewall rule.',
    names: (spec) => spec.egress.map((one, i) => ({ name: one.name, path: ['egress', i, 'name'] })),
  },
  {
    section: 'images',
    code: 'SPEC_NAME_TWICE',
    what: 'digests of the image',
    why: 'An image that runs has one digest.',
    names: (spec) => spec.images.map((one, i) => ({ name: one.name, path: ['images', i, 'name'] })),
  },
  {
    section: 'cardholderData',
    code: 'SPEC_NAME_TWICE',
    what: 'components with the name',
    why: 'A component has one scope.',
    names: (spec) =>
      spec.cardholderData.components.map((one, i) => ({
        name: one.name,
        path: ['cardholderData', 'components', i, 'name'],
      })),
  },
];

const unique = ({ section, code, what, why, names }: Named): SpecRule => ({
  reads: section === 'hubs' ? ['hubs', 'clusters'] : [section],
  check: (spec) => {
    const first = new Map<string, Path>();
    return names(spec).flatMap(({ name, path }) => {
      const other = first.get(name);
      if (other === undefined) {
        first.set(name, path);
        return [];
      }
      return [
        {
          code,
          message: `There are two ${what} ${name}.`,
          why,
          hint: 'Change one of them.',
          at: path,
          related: [other],
        },
      ];
    });
  },
});

/** What is told apart by name or region occurs once. */
export const namesAreUnique: readonly SpecRule[] = lists.map(unique);
