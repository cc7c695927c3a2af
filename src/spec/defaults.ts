import type { Complaint } from './complaint.ts';
import type { Profile } from './components.ts';
import type { ClusterSpec, NodePoolSpec, NodePoolsSpec } from './spec.ts';

/** What the file may say of a pool, and of the version. */
type PoolFile = { readonly [Key in 'size' | 'minimum' | 'maximum']?: NodePoolSpec[Key] | undefined };
type KubernetesFile = {
  readonly [Key in keyof ClusterSpec['kubernetes']]?: ClusterSpec['kubernetes'][Key] | undefined;
};
export type PoolName = keyof NodePoolsSpec;

const d4 = 'Standard_D4ds_v5';

/**
 * The pools of each profile. GiB of the system disk: it fits the local disk of the smallest size that is allowed. Those of 2021 are
 * the reference implementation's.
 */
export const poolDefaults: Readonly<Record<Profile, NodePoolsSpec>> = {
  current: {
    system: { size: d4, minimum: 3, maximum: 5, systemDisk: 128 },
    platform: { size: d4, minimum: 2, maximum: 4, systemDisk: 128 },
    inScope: { size: d4, minimum: 2, maximum: 5, systemDisk: 128 },
    outOfScope: { size: d4, minimum: 2, maximum: 5, systemDisk: 128 },
  },
  '2021': {
    system: { size: 'Standard_DS2_v2', minimum: 3, maximum: 4, systemDisk: 80 },
    inScope: { size: 'Standard_DS3_v2', minimum: 2, maximum: 5, systemDisk: 120 },
    outOfScope: { size: 'Standard_DS3_v2', minimum: 2, maximum: 5, systemDisk: 120 },
  },
};

const kubernetesDefaults: Readonly<Record<Profile, ClusterSpec['kubernetes']>> = {
  current: { support: 'long-term', tier: 'premium' },
  // AKS had one paid tier and no long-term support.
  '2021': { version: '1.21', support: 'standard', tier: 'standard' },
};

export function kubernetesOf(profile: Profile, file: KubernetesFile): ClusterSpec['kubernetes'] {
  const defaults = kubernetesDefaults[profile];
  const version = file.version ?? defaults.version;
  return {
    ...(version === undefined ? {} : { version }),
    support: file.support ?? defaults.support,
    tier: file.tier ?? defaults.tier,
  };
}

/** The pools of the profile, with what the file says about them. */
export function nodePoolsOf(
  profile: Profile,
  file: Readonly<Partial<Record<PoolName, PoolFile | undefined>>>,
  complain: (complaint: Complaint, pool: PoolName) => void,
): NodePoolsSpec {
  const defaults = poolDefaults[profile];
  const pool = (own: NodePoolSpec, given: PoolFile | undefined): NodePoolSpec => ({
    size: given?.size ?? own.size,
    minimum: given?.minimum ?? own.minimum,
    maximum: given?.maximum ?? own.maximum,
    systemDisk: own.systemDisk,
  });
  if (defaults.platform === undefined && file.platform !== undefined) {
    complain(
      {
        code: 'SPEC_POOL_NOT_IN_PROFILE',
        message: 'The profile has no platform pool.',
        why: 'Its services run on the system pool, as in the reference implementation.',
        hint: 'Remove the pool, or set `profile: current`.',
        atKey: true,
      },
      'platform',
    );
  }
  return {
    system: pool(defaults.system, file.system),
    ...(defaults.platform === undefined ? {} : { platform: pool(defaults.platform, file.platform) }),
    inScope: pool(defaults.inScope, file.inScope),
    outOfScope: pool(defaults.outOfScope, file.outOfScope),
  };
}
