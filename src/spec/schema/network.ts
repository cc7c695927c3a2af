import * as z from 'zod';
import { clusterPlan, hubPlan, imageSpokePlan, type NetworkPlan } from '../address-plan.ts';
import { address } from '../checks/address.ts';
import { addressRange, noHostBits } from '../checks/address-range.ts';
import { clusterName, clusterNameLimit, clusterNamePattern } from '../checks/name.ts';
import { region } from '../checks/region.ts';
import { noReservedWord } from '../checks/reserved-word.ts';
import { resourceId } from '../checks/resource-id.ts';
import { isPrivate, notReserved } from '../checks/usable-range.ts';
import { firstOf } from '../complaint.ts';
import { regions } from '../data/regions.ts';
import { gateway, kubernetes, nodePools } from './cluster.ts';
import { list, text } from './field.ts';

const rangePattern = '^[0-9]{1,3}(\\.[0-9]{1,3}){3}/[0-9]{1,2}$';

const range = (description: string, example: string) =>
  text(
    { description, examples: [example], pattern: rangePattern },
    firstOf(addressRange, noHostBits, notReserved, isPrivate),
  );

const regionField = (description: string) =>
  text(
    {
      description,
      examples: ['eastus2'],
      enum: regions.filter((one) => one.zones).map((one) => one.name),
    },
    region,
  );

/** The subnets of a plan, each optional: what is left out is derived. */
function subnets<Name extends string>(plan: NetworkPlan<Name>) {
  const shape = Object.fromEntries(
    Object.entries<NetworkPlan<Name>['subnets'][Name]>(plan.subnets).map(([name, one]) => [
      name,
      range(`\`${one.azureName}\`: ${one.purpose} At least /${one.longest}.`, one.range).optional(),
    ]),
  ) as Record<Name, z.ZodOptional<ReturnType<typeof range>>>;
  return z
    .strictObject(shape)
    .prefault({} as never)
    .meta({
      description: `Ranges of the subnets. What is left out keeps its place in the default plan, counted from the start of \`addressSpace\`, if that is a /${plan.length}; otherwise each must be given. Profile \`2021\` has fewer subnets, in other places.`,
    });
}

const existingHub = z
  .strictObject({
    virtualNetworkId: text(
      {
        description: 'Resource id of its virtual network.',
        examples: [
          '/subscriptions/77777777-7777-4777-8777-777777777777/resourceGroups/rg-connectivity/providers/Microsoft.Network/virtualNetworks/vnet-hub',
        ],
      },
      resourceId('Microsoft.Network/virtualNetworks'),
    ),
    firewallPolicyId: text(
      {
        description: 'Resource id of the policy of its Azure Firewall: what the owner is asked for are rules below it.',
        examples: [
          '/subscriptions/77777777-7777-4777-8777-777777777777/resourceGroups/rg-connectivity/providers/Microsoft.Network/firewallPolicies/afwp-hub',
        ],
      },
      resourceId('Microsoft.Network/firewallPolicies'),
    ),
    firewallAddress: text(
      {
        description: 'Private address of its firewall: where routes lead, and who resolves names.',
        examples: ['10.50.0.4'],
      },
      address,
    ),
  })
  .optional()
  .meta({
    description:
      'A hub that is there and that somebody else owns. Nothing is made in it: `synth` writes what its owner is asked to add to `hub-owner/`. `network` then says its ranges.',
  });

export const hubs = list(
  z.strictObject({
    region: regionField('Region of the hub. One hub a region.'),
    existing: existingHub,
    network: z
      .strictObject({
        addressSpace: range(
          'Range of the hub network. By default 10.200.0.0/24 for the first hub, 10.200.1.0/24 for the second, and so on.',
          '10.200.0.0/24',
        ).optional(),
        subnets: subnets(hubPlan),
      })
      .prefault({})
      .meta({ description: 'The hub network.' }),
  }),
  {
    description:
      'The hubs: firewall, Bastion, gateway subnet, DNS. By default one for each region that a cluster uses, in the order of the clusters.',
  },
  { minItems: 1, maxItems: 32 },
).optional();

export const imageSpoke = z
  .strictObject({
    region: regionField('Region of the hub that it hangs on. By default that of the first hub.').optional(),
    network: z
      .strictObject({
        addressSpace: range(
          'Range of the network. By default 10.241.0.0/26, and 10.241.0.0/28 in profile `2021`.',
          '10.241.0.0/26',
        ).optional(),
        subnets: subnets(imageSpokePlan),
      })
      .prefault({})
      .meta({ description: 'The network where images are built.' }),
  })
  .prefault({})
  .meta({ description: 'The spoke where the images of jump boxes are built.' });

export const clusters = list(
  z.strictObject({
    name: text(
      {
        description: `Name of the cluster: lower case letters and digits, at most ${clusterNameLimit}; numbers in quotes. By default its place in the list: \`01\`, \`02\`.`,
        examples: ['01'],
        pattern: clusterNamePattern,
      },
      firstOf(clusterName, noReservedWord),
    ).optional(),
    region: regionField('Region of the cluster; there must be a hub in it.').default('eastus2'),
    network: z
      .strictObject({
        addressSpace: range(
          'Range of the spoke network. By default 10.240.0.0/16 for the first cluster, 10.242.0.0/16 for the second, 10.243.0.0/16 for the third, and so on.',
          '10.240.0.0/16',
        ).optional(),
        subnets: subnets(clusterPlan),
        ingressAddress: text(
          {
            description:
              'Fixed address of the internal load balancer in front of the ingress. By default the first usable one of `subnets.ingressServices`.',
            examples: ['10.240.4.4'],
          },
          address,
        ).optional(),
        services: range(
          'Range of the Kubernetes services. It is not routed outside the cluster, so that clusters may share it; it overlaps no network.',
          '172.16.0.0/16',
        ).default('172.16.0.0/16'),
        dnsServiceAddress: text(
          {
            description: 'Address of the cluster DNS inside `services`. By default the tenth after the first.',
            examples: ['172.16.0.10'],
          },
          address,
        ).optional(),
      })
      .prefault({})
      .meta({ description: 'The spoke network of the cluster.' }),
    kubernetes,
    nodePools,
    gateway,
  }),
  { description: 'The clusters, each with a spoke network of its own. One by default.' },
  { minItems: 1, maxItems: 32 },
).prefault([{}]);
