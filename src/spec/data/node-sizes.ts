import type { Profile } from '../components.ts';

/** A size of virtual machine that nodes may have. */
export interface NodeSize {
  readonly name: string;
  readonly cores: number;
  /** GiB of the local temporary disk, where an ephemeral system disk lies. */
  readonly localDisk: number;
  /** The profile whose nodes may have it. */
  readonly profile: Profile;
}

/**
 * Sizes with all that nodes need: a local disk for the system (d), premium storage (s), encryption at the host, generation 2 for a
 * trusted launch. Source: Microsoft, size pages of the Ddsv5, Dadsv5, Edsv5 and Eadsv5 series: 37.5 GiB of local disk for each core.
 */
const families = ['D#ds_v5', 'D#ads_v5', 'E#ds_v5', 'E#ads_v5'] as const;
const cores = [2, 4, 8, 16, 32, 48, 64, 96] as const;
const localDiskPerCore = 37.5;

const sizesOf2026: readonly NodeSize[] = families.flatMap((family) =>
  cores.map((count) => ({
    name: `Standard_${family.replace('#', `${count}`)}`,
    cores: count,
    localDisk: count * localDiskPerCore,
    profile: 'current',
  })),
);

/**
 * The series of the reference implementation, with the cache disk on which an ephemeral system disk lies. Source: Microsoft, "DSv2
 * series", column of the cache size.
 */
const sizesOf2021: readonly NodeSize[] = [
  { name: 'Standard_DS2_v2', cores: 2, localDisk: 86, profile: '2021' },
  { name: 'Standard_DS3_v2', cores: 4, localDisk: 172, profile: '2021' },
  { name: 'Standard_DS4_v2', cores: 8, localDisk: 344, profile: '2021' },
  { name: 'Standard_DS5_v2', cores: 16, localDisk: 688, profile: '2021' },
];

export const nodeSizes: readonly NodeSize[] = [...sizesOf2026, ...sizesOf2021];

/** Pods on one node, by pool: the least number that leaves each pool's pod range its room. */
export const podsPerNode = { system: 50, platform: 50, inScope: 30, outOfScope: 30 } as const;
