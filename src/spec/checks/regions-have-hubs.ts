import { nearest } from '../../kernel/nearest.ts';
import type { Path } from '../path.ts';
import type { SpecRule } from './spec-rule.ts';

/** Every spoke hangs on a hub of its own region. */
export const regionsHaveHubs: SpecRule = {
  reads: ['hubs', 'clusters', 'imageSpoke'],
  check: (spec) => {
    const hubs = spec.hubs.map((one) => one.region);
    const spokes: readonly { readonly label: string; readonly region: string; readonly path: Path }[] = [
      ...spec.clusters.map((one, i) => ({
        label: `The cluster ${one.name}`,
        region: one.region,
        path: ['clusters', i, 'region'],
      })),
      { label: 'The image spoke', region: spec.imageSpoke.region, path: ['imageSpoke', 'region'] },
    ];
    return spokes
      .filter((spoke) => !hubs.includes(spoke.region))
      .map((spoke) => {
        const meant = nearest(spoke.region, hubs);
        return {
          code: 'SPEC_HUB_MISSING',
          message: `${spoke.label} is in ${spoke.region}, where there is no hub.`,
          why: 'All that leaves a spoke goes through the firewall of the hub in its region.',
          hint: `${meant === undefined ? '' : `Did you mean ${meant}? `}Add a hub for ${spoke.region}, or remove \`hubs\` to get one for each region.`,
          at: spoke.path,
          related: [['hubs']],
        };
      });
  },
};
