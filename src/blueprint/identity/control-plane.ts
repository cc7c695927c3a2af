import type { ClusterSpec } from '../../spec/spec.ts';
import type { ClusterRefs } from '../cluster/refs.ts';
import type { BuildContext } from '../context.ts';
import { apiServerZone } from '../dns/zones.ts';
import { hubRefs } from '../hub/refs.ts';
import { nodeSubnets, podSubnets, type SubnetId, spokeRefs } from '../spoke/refs.ts';
import type { Grant } from './grants.ts';

/** The subnets into which AKS puts something: nodes, pods, the API server, load balancers. */
const clusterSubnets: readonly SubnetId[] = [...nodeSubnets, ...podSubnets, 'apiServer', 'ingressServices'];

/** What AKS does in our name: on the network, which is the network team's, nothing but take part in it. */
export function controlPlaneGrants(context: BuildContext, cluster: ClusterSpec, refs: ClusterRefs): readonly Grant[] {
  const spoke = spokeRefs(context, cluster);
  const hub = hubRefs(context, cluster.region);
  const who = 'control-plane' as const;
  const { apiServer, ownKeys, podIdentity } = context.spec.components;
  const onNetwork = clusterSubnets
    .filter((id) => spoke.subnets.includes(id))
    .flatMap((id): readonly Grant[] => {
      const subnet = spoke.subnetName(id);
      const word = subnet.replace(/^snet-/, '');
      return [
        {
          who,
          word: `subnet-${word}`,
          role: { custom: 'subnet-user' },
          group: spoke.network.group,
          on: { type: 'Microsoft.Network/virtualNetworks/subnets', name: `${spoke.network.name}/${subnet}` },
          why: `The cluster puts network cards or load balancers into ${subnet}.`,
          decision: 'cluster-joins-its-subnets',
        },
        {
          who,
          word: `group-${word}`,
          role: { custom: 'subnet-user' },
          group: spoke.network.group,
          on: { type: 'Microsoft.Network/networkSecurityGroups', name: `nsg-${spoke.network.name}-${word}` },
          why: `What the cluster puts into ${subnet} comes under its security group.`,
          decision: 'cluster-joins-its-subnets',
        },
      ];
    });
  return [
    ...onNetwork,
    {
      who,
      word: 'routes',
      role: { custom: 'subnet-user' },
      group: spoke.network.group,
      on: { type: 'Microsoft.Network/routeTables', name: `rt-${spoke.network.name}` },
      why: 'AKS checks that the subnets of its nodes have a way out before it makes them.',
      decision: 'cluster-joins-its-subnets',
    },
    {
      who,
      word: 'network',
      role: { custom: 'network-linker' },
      group: spoke.network.group,
      on: { type: 'Microsoft.Network/virtualNetworks', name: spoke.network.name },
      why: 'AKS links the zone of the API server to the cluster’s network.',
      decision: 'cluster-writes-its-name',
    },
    {
      who,
      word: 'zone',
      role: 'private dns zone contributor',
      group: hub.group,
      on: { type: 'Microsoft.Network/privateDnsZones', name: apiServerZone(cluster.region, apiServer) },
      why: 'AKS writes the name of the API server into this zone.',
      decision: 'cluster-writes-its-name',
    },
    ...(ownKeys === 'disks-and-secrets' ? keyGrants(refs) : []),
    encryptionSetGrant(refs),
    {
      who,
      word: 'kubelet',
      role: 'managed identity operator',
      group: refs.group,
      on: { type: 'Microsoft.ManagedIdentity/userAssignedIdentities', name: refs.identities.kubelet.name },
      why: 'AKS gives nodes the identity with which they pull images.',
      decision: 'kubelet-identity-made-before',
    },
    ...(podIdentity === 'pod-identity' ? [podIdentityGrant(refs)] : []),
  ];
}

/** What AKS does with keys of ours. */
function keyGrants(refs: ClusterRefs): readonly Grant[] {
  const who = 'control-plane' as const;
  return [
    {
      who,
      word: 'key',
      role: 'key vault crypto user',
      group: refs.group,
      on: { type: 'Microsoft.KeyVault/vaults/keys', name: refs.keys.clusterSecrets.name },
      why: 'The API server encrypts and decrypts the cluster’s secrets with this key.',
      decision: 'cluster-uses-one-key',
    },
    {
      who,
      word: 'vault',
      role: { custom: 'vault-endpoint-approver' },
      group: refs.group,
      on: { type: 'Microsoft.KeyVault/vaults', name: refs.vault.name },
      why: 'AKS makes a private endpoint of its own to reach the key.',
      decision: 'cluster-uses-one-key',
    },
  ];
}

function encryptionSetGrant(refs: ClusterRefs): Grant {
  return {
    who: 'control-plane',
    word: 'encryption-set',
    role: 'reader',
    group: refs.group,
    on: { type: 'Microsoft.Compute/diskEncryptionSets', name: refs.encryptionSet.name },
    why: 'Disks that AKS makes name this set.',
    decision: 'cluster-uses-the-encryption-set',
  };
}

/** With the pod identity add-on the cluster itself puts the identity of a pod on its nodes. */
function podIdentityGrant(refs: ClusterRefs): Grant {
  return {
    who: 'control-plane',
    word: 'ingress',
    role: 'managed identity operator',
    group: refs.group,
    on: { type: 'Microsoft.ManagedIdentity/userAssignedIdentities', name: refs.identities.ingress.name },
    why: 'The pod identity add-on gives nodes the identity of the ingress.',
    decision: 'pods-have-assigned-identities',
  };
}
