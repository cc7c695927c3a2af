import type { CostLine } from '../../model/cost-line.ts';
import type { Resource } from '../../model/resource.ts';
import { nodeSizes } from '../../spec/data/node-sizes.ts';

type Line = Omit<CostLine, 'resource'>;

interface Machines {
  readonly size: string;
  readonly count: number;
  readonly ofCluster: boolean;
}

interface Pool {
  readonly vmSize: string;
  readonly minCount?: number;
  readonly count: number;
}

/** The machines that run at the least: each pool's minimum, each scale set's capacity. */
export function machinesOf({ type, sku, properties, amends }: Resource): readonly Machines[] {
  if (type === 'Microsoft.Compute/virtualMachineScaleSets') {
    const { name, capacity } = sku as unknown as { readonly name: string; readonly capacity: number };
    return [{ size: name, count: capacity, ofCluster: false }];
  }
  if (type !== 'Microsoft.ContainerService/managedClusters' || amends !== undefined) return [];
  const { agentPoolProfiles } = properties as unknown as { readonly agentPoolProfiles: readonly Pool[] };
  return agentPoolProfiles.map(({ vmSize, minCount, count }) => ({
    size: vmSize,
    count: minCount ?? count,
    ofCluster: true,
  }));
}

/** AKS's own fee, and the nodes. The tier was called Paid in 2021, and is Standard today. */
export function clusterLines(resource: Resource): readonly Line[] {
  const { tier } = resource.sku as unknown as { readonly tier: string };
  const fee = tier === 'Paid' ? 'standard' : tier.toLowerCase();
  return [
    ...(fee === 'free' ? [] : [{ meter: `cluster/${fee}`, quantity: 1, unit: 'hour' as const }]),
    ...machinesOf(resource).map(({ size, count }) => ({
      meter: `machine/${size}`,
      quantity: count,
      unit: 'hour' as const,
    })),
  ];
}

/** Cores of the sizes of 2021 that the original names (Microsoft, Dsv2 series). */
const olderSizes: Readonly<Record<string, number>> = {
  Standard_DS1_v2: 1,
  Standard_DS2_v2: 2,
  Standard_DS3_v2: 4,
};

/** Throws RangeError for a size that nobody has looked up. */
export function coresOf(size: string): number {
  const cores = nodeSizes.find(({ name }) => name === size)?.cores ?? olderSizes[size];
  if (cores === undefined) throw new RangeError(`how many cores ${size} has is not known`);
  return cores;
}
