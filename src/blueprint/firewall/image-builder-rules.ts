import type { BuildContext } from '../context.ts';
import { claimed, joined } from '../draft.ts';
import type { HubRefs } from '../hub/refs.ts';
import { imageBuilderServiceNames, packageNames, timeNames, toolNames } from './destinations.ts';
import { ipGroup } from './ip-group.ts';
import { http, https, type RuleSet } from './rules.ts';

/** What building images needs, by the subnet that needs it. */
export function imageBuilderRules({ spec, naming }: BuildContext, hub: HubRefs): RuleSet {
  const { placement, region } = hub;
  const { subnets } = spec.imageSpoke.network;
  const builds = ipGroup(
    placement,
    { key: `hub/${region}/ip-group-image-builds`, name: naming.hub('ipg-image-builds', region) },
    [subnets.build],
  );
  const containers =
    subnets.containers === undefined
      ? undefined
      : ipGroup(
          placement,
          { key: `hub/${region}/ip-group-image-containers`, name: naming.hub('ipg-image-containers', region) },
          [subnets.containers],
        );
  return {
    groups: joined(
      claimed(builds, 'sources-by-subnet'),
      ...(containers === undefined ? [] : [claimed(containers, 'sources-by-subnet')]),
    ),
    collections: [
      {
        name: 'allow-network',
        priority: 100,
        action: 'Allow',
        rules: [
          {
            kind: 'network',
            name: 'time-image-builds',
            decision: 'time-only-where-needed',
            from: [builds],
            protocol: 'UDP',
            ports: ['123'],
            names: timeNames,
          },
        ],
      },
      {
        name: 'allow-names',
        priority: 200,
        action: 'Allow',
        rules: [
          {
            kind: 'application',
            name: 'packages',
            decision: 'image-builds-fetch-packages',
            from: [builds],
            protocols: [http, https],
            names: packageNames,
          },
          {
            kind: 'application',
            name: 'tools',
            decision: 'image-builds-fetch-tools',
            from: [builds],
            protocols: [https],
            names: toolNames,
          },
          {
            kind: 'application',
            name: 'image-builder-service',
            decision: 'image-builder-drives-builds',
            // Without container groups it is the machine itself that talks to the service.
            from: [containers ?? builds],
            protocols: [https],
            names: imageBuilderServiceNames,
          },
        ],
      },
    ],
  };
}
