import type { Components } from '../../spec/components.ts';
import type { ClusterSpec } from '../../spec/spec.ts';
import { managedIdentity } from '../access/managed-identity.ts';
import { type ClusterRefs, clusterRefs, type IdentityName, identityNames } from '../cluster/refs.ts';
import type { BuildContext } from '../context.ts';
import { type Built, decided, joined, type PartDraft } from '../draft.ts';
import { controlPlaneGrants } from './control-plane.ts';
import { customRoleDefinitions } from './custom-roles.ts';
import { identityDecisions } from './decisions.ts';
import { identityDecisions2021 } from './decisions-2021.ts';
import { granted } from './grants.ts';
import { readerGrants } from './readers.ts';

/** Every identity around a cluster with its rights, before there is anything that acts through them. */
export function buildIdentities(context: BuildContext): PartDraft {
  return {
    name: 'identity',
    ...joined(
      customRoleDefinitions(context),
      ...context.spec.clusters.map((cluster) => identities(context, cluster, clusterRefs(context, cluster))),
    ),
    decisions: [...identityDecisions, ...identityDecisions2021],
    intents: [],
  };
}

/** The decision that each identity is there for. */
const purposes: Readonly<Record<IdentityName, string>> = {
  'control-plane': 'identity-of-the-control-plane',
  kubelet: 'kubelet-identity-made-before',
  disks: 'encryption-set-uses-one-key',
  gateway: 'identities-without-secrets',
  flux: 'flux-reads-its-source-only',
  ingress: 'identities-without-secrets',
};

/** Disks have an identity where their key is ours, Flux where it reads from a registry. */
function isUsed(name: IdentityName, { ownKeys, gitops }: Components): boolean {
  if (name === 'disks') return ownKeys === 'disks-and-secrets';
  return name !== 'flux' || gitops === 'oci-artifact';
}

function identities(context: BuildContext, cluster: ClusterSpec, refs: ClusterRefs): Built {
  return joined(
    ...identityNames
      .filter((name) => isUsed(name, context.spec.components))
      .map((name) =>
        decided(managedIdentity(refs.placements.supply, refs.identities[name]), {
          'identities-without-secrets': [],
          [purposes[name]]: [],
        }),
      ),
    ...[...controlPlaneGrants(context, cluster, refs), ...readerGrants(refs, context.spec.components)].map((grant) =>
      granted(context, refs, grant),
    ),
  );
}
