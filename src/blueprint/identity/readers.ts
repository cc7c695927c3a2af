import type { Components } from '../../spec/components.ts';
import type { ClusterRefs } from '../cluster/refs.ts';
import { gitopsRepository } from '../gitops/source.ts';
import type { Grant } from './grants.ts';
import { repositoryCondition } from './repository-condition.ts';

/** Where released images lie in the live registry; AKS caches its own beside them. */
export const releasedImages = 'live/';
export const platformImages = 'aks-managed-repository/';

/** What reads from the registry, and what uses the key of the disks. */
export function readerGrants(refs: ClusterRefs, { registries: kind }: Components): readonly Grant[] {
  return kind === 'quarantine-and-live' ? repositoryGrants(refs) : [registryGrant(refs)];
}

/** One right on all of a registry: Azure of 2021 has none for a repository. */
function registryGrant({ group, registries }: ClusterRefs): Grant {
  return {
    who: 'kubelet',
    word: 'images',
    role: 'acr pull',
    group,
    on: { type: 'Microsoft.ContainerRegistry/registries', name: registries.live.name },
    why: 'Nodes pull images.',
    decision: 'nodes-pull-from-one-registry',
  };
}

function repositoryGrants(refs: ClusterRefs): readonly Grant[] {
  const { group, registries } = refs;
  const live = { type: 'Microsoft.ContainerRegistry/registries', name: registries.live.name };
  return [
    {
      who: 'disks',
      word: 'key',
      role: 'key vault crypto service encryption user',
      group,
      on: { type: 'Microsoft.KeyVault/vaults/keys', name: refs.keys.disks.name },
      why: 'Disks are encrypted with this key.',
      decision: 'encryption-set-uses-one-key',
      oneAtATime: refs.diskKeyWrites,
    },
    {
      who: 'kubelet',
      word: 'images',
      role: 'container registry repository reader',
      group,
      on: live,
      condition: repositoryCondition([releasedImages, platformImages]),
      why: 'Nodes pull released images and those of AKS.',
      decision: 'nodes-pull-released-images-only',
    },
    {
      who: 'flux',
      word: 'source',
      role: 'container registry repository reader',
      group,
      on: live,
      condition: repositoryCondition([gitopsRepository]),
      why: 'Flux fetches the cluster’s configuration.',
      decision: 'flux-reads-its-source-only',
    },
  ];
}
