import type { Prefix } from '../../kernel/address.ts';
import type { SubnetPlan } from '../address-plan.ts';
import { addressPlans } from '../address-plans.ts';
import type { Path } from '../path.ts';
import type { SectionName } from '../schema.ts';
import type { Spec } from '../spec.ts';

export interface CheckedSubnet {
  readonly name: string;
  readonly range: Prefix;
  readonly plan: SubnetPlan;
  readonly path: Path;
}

export interface CheckedNetwork {
  readonly label: string;
  readonly range: Prefix;
  readonly path: Path;
  readonly subnets: readonly CheckedSubnet[];
}

export const networkSections: readonly SectionName[] = ['profile', 'hubs', 'imageSpoke', 'clusters'];

/** Every virtual network of the spec, in the order of the file. */
export function networksOf(spec: Spec): readonly CheckedNetwork[] {
  const plans = addressPlans[spec.profile];
  const network = (
    label: string,
    path: Path,
    range: Prefix,
    subnets: object,
    plan: Readonly<Partial<Record<string, SubnetPlan>>>,
  ): CheckedNetwork => ({
    label,
    range,
    path: [...path, 'addressSpace'],
    subnets: Object.entries(subnets as Record<string, Prefix>).flatMap(([name, subnet]) => {
      const planned = plan[name];
      return planned === undefined ? [] : [{ name, range: subnet, plan: planned, path: [...path, 'subnets', name] }];
    }),
  });
  return [
    ...spec.hubs.map(({ region, network: { addressSpace, subnets } }, i) =>
      network(`the hub network in ${region}`, ['hubs', i, 'network'], addressSpace, subnets, plans.hub.subnets),
    ),
    network(
      'the network of the image spoke',
      ['imageSpoke', 'network'],
      spec.imageSpoke.network.addressSpace,
      spec.imageSpoke.network.subnets,
      plans.imageSpoke.subnets,
    ),
    ...spec.clusters.map(({ name, network: { addressSpace, subnets } }, i) =>
      network(
        `the network of cluster ${name}`,
        ['clusters', i, 'network'],
        addressSpace,
        subnets,
        plans.cluster.subnets,
      ),
    ),
  ];
}
