import type { BuildContext } from '../context.ts';
import { type Built, claimed, decided, joined, type PartDraft } from '../draft.ts';
import { idOf } from '../handles.ts';
import { type HubRefs, hubRefs, hubSubnetNames, ownHubs } from '../hub/refs.ts';
import { publicAddress } from '../network/public-address.ts';
import { securityGroup } from '../network/security-group.ts';
import { networkResource } from '../placement.ts';
import { bastionDecisions } from './decisions.ts';
import { bastionIntents } from './intents.ts';
import { bastionRules } from './security-rules.ts';

export function buildBastions(context: BuildContext): PartDraft {
  const built = ownHubs(context).map(({ region }) => bastion(context, hubRefs(context, region)));
  return { name: 'bastion', ...joined(...built), decisions: bastionDecisions, intents: bastionIntents(context) };
}

/** What a tier can, and what of it is used: Basic has no choices. */
const hosts = {
  premium: {
    scaleUnits: 2,
    enableSessionRecording: true,
    disableCopyPaste: true,
    enableFileCopy: false,
    enableTunneling: false,
    enableIpConnect: false,
    enableShareableLink: false,
    enableKerberos: false,
    enablePrivateOnlyBastion: false,
  },
  basic: {},
} as const;

/** The settings of a host of each tier that follow each decision. */
const hostSettings: Readonly<Record<keyof typeof hosts, Readonly<Record<string, readonly string[]>>>> = {
  premium: {
    'sessions-are-recorded': ['sku', 'properties.enableSessionRecording'],
    'nothing-is-carried-out-of-a-session': [
      'properties.disableCopyPaste',
      'properties.enableFileCopy',
      'properties.enableTunneling',
      'properties.enableIpConnect',
      'properties.enableShareableLink',
    ],
    'bastion-with-a-public-address': ['properties.ipConfigurations', 'properties.enablePrivateOnlyBastion'],
  },
  basic: {
    'bastion-with-a-public-address': ['properties.ipConfigurations'],
    'bastion-without-recording': ['sku'],
  },
};

function bastion({ naming, spec }: BuildContext, hub: HubRefs): Built {
  const { placement, region } = hub;
  const group = securityGroup(
    placement,
    { key: `hub/${region}/nsg-bastion`, name: naming.hub('nsg-bastion', region) },
    bastionRules,
  );
  const address = publicAddress(placement, {
    key: `hub/${region}/public-address-bastion`,
    name: naming.hub('pip-bastion', region),
  });
  const host = networkResource(placement, {
    key: `hub/${region}/bastion`,
    type: 'bastionHosts',
    name: naming.hub('bas', region),
    sku: { name: spec.components.bastion === 'premium' ? 'Premium' : 'Basic' },
    properties: {
      ipConfigurations: [
        {
          name: 'hub',
          properties: {
            subnet: { id: idOf(hub.network, ['subnets', hubSubnetNames.bastion]) },
            publicIPAddress: { id: idOf(address) },
            privateIPAllocationMethod: 'Dynamic',
          },
        },
      ],
      ...hosts[spec.components.bastion],
    },
  });
  return joined(
    group,
    claimed(address, 'bastion-with-a-public-address', 'addresses-across-zones'),
    decided(host, hostSettings[spec.components.bastion]),
  );
}
