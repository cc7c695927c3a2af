import type { ClusterSpec } from '../../spec/spec.ts';
import type { BuildContext } from '../context.ts';
import type { Placement } from '../placement.ts';

export interface Named {
  readonly key: string;
  readonly name: string;
}

/** Who acts inside and around a cluster without a secret. */
export const identityNames = ['control-plane', 'kubelet', 'disks', 'gateway', 'flux', 'ingress'] as const;
export type IdentityName = (typeof identityNames)[number];

/** Names and keys of what belongs to one cluster, for the parts that build it and those that refer to it. */
export interface ClusterRefs {
  readonly group: string;
  readonly region: string;
  readonly placements: Readonly<Record<'supply' | 'cluster' | 'cluster-identity' | 'gitops', Placement>>;
  /** Keys, secrets and certificates of the cluster; the key of its disks is in a vault by itself. */
  readonly vault: Named;
  readonly diskVault: Named;
  /** The same one twice where two prefixes of it stand for them. */
  readonly registries: Readonly<Record<'quarantine' | 'live', Named>>;
  readonly keys: Readonly<Record<'clusterSecrets' | 'disks', Named>>;
  readonly encryptionSet: Named;
  /** The right on the key of the disks comes before the set that uses it: Azure tries the key when the set is made. */
  readonly diskKeyWrites: string;
  readonly identities: Readonly<Record<IdentityName, Named>>;
  readonly cluster: Named;
}

export function clusterRefs({ naming, tags, spec }: BuildContext, { name, region }: ClusterSpec): ClusterRefs {
  const group = naming.clusterGroup(name);
  const placement = <Stage extends Placement['stage']>(stage: Stage): Placement => ({
    stage,
    deployment: `${stage}-${name}`,
    group,
    region,
    tags,
  });
  const key = (word: string): string => `cluster-${name}/${word}`;
  const worldwide = (word: string, kind: string): Named => ({ key: key(word), name: naming.worldwide(kind, name) });
  const vault = worldwide('vault', 'kv');
  const diskVault = worldwide('disk-vault', 'kvd');
  return {
    group,
    region,
    placements: {
      supply: placement('supply'),
      cluster: placement('cluster'),
      'cluster-identity': placement('cluster-identity'),
      gitops: placement('gitops'),
    },
    vault,
    diskVault,
    registries:
      spec.components.registries === 'quarantine-and-live'
        ? { quarantine: worldwide('registry-quarantine', 'crq'), live: worldwide('registry-live', 'crl') }
        : { quarantine: worldwide('registry', 'cr'), live: worldwide('registry', 'cr') },
    keys: {
      clusterSecrets: { key: key('key-cluster-secrets'), name: `${vault.name}/cluster-secrets` },
      disks: { key: key('key-disks'), name: `${diskVault.name}/disks` },
    },
    encryptionSet: { key: key('encryption-set'), name: naming.cluster('des', name) },
    diskKeyWrites: key('disk-key'),
    identities: Object.fromEntries(
      identityNames.map((word) => [
        word,
        { key: key(`identity-${word}`), name: `${naming.cluster('id', name)}-${word}` },
      ]),
    ) as Record<IdentityName, Named>,
    cluster: { key: key('cluster'), name: naming.cluster('aks', name) },
  };
}
