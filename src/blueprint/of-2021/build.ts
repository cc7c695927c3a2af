import type { BuildContext } from '../context.ts';
import type { PartDraft } from '../draft.ts';
import { spokeRefs } from '../spoke/refs.ts';

/** What profile `2021` does not have yet, said where whoever reads the decisions or the report finds it. */
export function buildGapsOf2021(context: BuildContext): PartDraft {
  const claims = context.spec.clusters.map((cluster) => {
    const { network, subnetName } = spokeRefs(context, cluster);
    return { decision: 'not-built-in-2021', target: `${network.key}#${subnetName('managementOps')}` as const };
  });
  return {
    name: 'of-2021',
    resources: [],
    claims,
    decisions: [
      {
        id: 'not-built-in-2021',
        title: 'Not built in profile 2021: jump boxes and their image',
        because:
          'The networks, the vaults, the registry, the cluster, the gateway, the policies and the alerts of the reference implementation are built; this part of it is not yet. The subnet of the jump boxes is there and closed to all but Bastion.',
        alternatives: [{ option: 'Leave them out without a word', whyNot: 'Somebody would take them for granted.' }],
        controls: ['pci-dss-4.0.1:2.2.7', 'pci-dss-4.0.1:10.4.1'],
        provedBy: ['jump-boxes-are-reached-through-bastion-only'],
        assumptions: ['Profile 2021 has no jump boxes: administrators have to come from elsewhere.'],
      },
    ],
    intents: [],
  };
}
