import type { DecisionText } from '../draft.ts';

export const identityDecisions: readonly DecisionText[] = [
  {
    id: 'identities-without-secrets',
    title: 'Everything that acts on Azure has a managed identity of its own, made before it',
    because:
      'A managed identity has no secret that could be copied. One for each purpose keeps rights apart, and one that exists before its user can have its rights checked before anything runs with them.',
    alternatives: [
      { option: 'Service principals', whyNot: 'Their secrets must be kept, renewed, and can leak.' },
      {
        option: 'Identities that Azure makes with the resource',
        whyNot: 'Their rights come after the resource is already running, and vanish with it.',
      },
    ],
    controls: ['pci-dss-4.0.1:7.2.5', 'pci-dss-4.0.1:8.6.1', 'pci-dss-4.0.1:8.6.2'],
    provedBy: ['no-broad-role-is-given'],
  },
  {
    id: 'roles-of-our-own',
    title: 'Where Azure’s roles give too much, we define roles',
    because:
      'Network Contributor on a subnet lets its holder remove the subnet’s security group; Key Vault Contributor lets its holder open the vault. Three roles of ours name the few actions that are needed.',
    alternatives: [
      {
        option: 'The roles that Microsoft’s pages name',
        whyNot: 'The cluster, once broken, could then take down the walls around it.',
      },
    ],
    controls: ['pci-dss-4.0.1:7.2.1', 'pci-dss-4.0.1:7.2.2', 'pci-dss-4.0.1:7.2.5'],
    provedBy: ['custom-roles-name-their-actions', 'no-broad-role-is-given'],
  },
  {
    id: 'identity-of-the-control-plane',
    title: 'AKS acts through an identity that is ours',
    because:
      'The key of the cluster’s secrets and the zone of its name need rights before the cluster exists, and an identity that Azure makes with the cluster comes too late.',
    alternatives: [{ option: 'The cluster’s own identity', whyNot: 'AKS refuses it for keys and for private zones.' }],
    controls: ['pci-dss-4.0.1:7.2.5', 'pci-dss-4.0.1:8.6.1'],
    provedBy: ['clusters-act-through-our-identities'],
  },
  {
    id: 'cluster-joins-its-subnets',
    title: 'The cluster may use its subnets, and change nothing about them',
    because:
      'AKS puts nodes, pods, the API server and load balancers into ten subnets. Joining a subnet, its security group and its route table is all that takes; rules and routes stay the network team’s.',
    alternatives: [
      { option: 'Network Contributor on the network', whyNot: 'AKS’s identity could then open every security group.' },
    ],
    controls: ['pci-dss-4.0.1:7.2.2', 'pci-dss-4.0.1:7.2.5', 'pci-dss-4.0.1:1.2.2'],
    provedBy: ['no-broad-role-is-given', 'role-assignments-say-why', 'custom-roles-name-their-actions'],
    assumptions: [
      'AKS is content with the actions for joining, where its pages name Network Contributor or a custom role.',
    ],
  },
  {
    id: 'cluster-writes-its-name',
    title: 'The cluster writes its name into one zone, and links that zone to its network',
    because:
      'AKS keeps the record of the API server itself, since the address is its own. The right holds for that one zone of the hub, and for linking that one network.',
    alternatives: [
      {
        option: 'A record that we write',
        whyNot: 'The address is known only once the cluster is made, and may change.',
      },
    ],
    controls: ['pci-dss-4.0.1:7.2.2', 'pci-dss-4.0.1:7.2.5'],
    provedBy: ['no-broad-role-is-given', 'role-assignments-say-why'],
  },
  {
    id: 'cluster-uses-one-key',
    title: 'The cluster uses one key of the vault, and connects to the vault without seeing what is in it',
    because:
      'The right to encrypt and decrypt is on the key itself. To reach the key AKS makes a private endpoint, for which a role of ours is enough: it approves a connection and can neither read the vault nor change who may.',
    alternatives: [
      {
        option: 'Key Vault Contributor, as Microsoft’s page says',
        whyNot: 'Its holder can switch the vault to access policies and give himself every secret.',
      },
    ],
    controls: ['pci-dss-4.0.1:3.6.1', 'pci-dss-4.0.1:7.2.5'],
    provedBy: ['no-broad-role-is-given', 'cluster-secrets-are-encrypted-with-our-key'],
    assumptions: ['Approving private endpoint connections is all of Key Vault Contributor that AKS needs.'],
  },
  {
    id: 'cluster-uses-the-encryption-set',
    title: 'The cluster sees the set that encrypts its disks',
    because: 'Disks name the set when they are made; for that it must be readable. The key behind it is not.',
    alternatives: [{ option: 'A right on the key', whyNot: 'The set’s own identity has it; nobody else needs it.' }],
    controls: ['pci-dss-4.0.1:3.6.1', 'pci-dss-4.0.1:7.2.5'],
    provedBy: ['no-broad-role-is-given', 'cluster-disks-have-our-key'],
  },
  {
    id: 'kubelet-identity-made-before',
    title: 'Nodes pull images with an identity that we made',
    because:
      'Its right on the registry is there before the first node starts, which needs it to start at all. AKS may hand this one identity to nodes, and no other.',
    alternatives: [
      { option: 'The identity that AKS makes', whyNot: 'The first nodes would come up before it may pull anything.' },
    ],
    controls: ['pci-dss-4.0.1:7.2.5', 'pci-dss-4.0.1:8.6.1'],
    provedBy: ['clusters-act-through-our-identities', 'no-broad-role-is-given'],
  },
  {
    id: 'nodes-pull-released-images-only',
    title: 'Nodes read released images and AKS’s own, from the live registry only',
    because:
      'The condition on the right names the two places. A manifest that names anything else, in quarantine or anywhere, does not start.',
    alternatives: [
      {
        option: 'The right to pull everything',
        whyNot: 'Registries in this mode ignore it, and it says nothing about where.',
      },
    ],
    controls: ['pci-dss-4.0.1:6.3.2', 'pci-dss-4.0.1:7.2.5'],
    provedBy: ['registry-readers-are-limited-to-repositories', 'no-broad-role-is-given'],
  },
  {
    id: 'flux-reads-its-source-only',
    title: 'Flux reads one repository of the live registry',
    because: 'It fetches the signed configuration of the cluster, and needs no image.',
    alternatives: [{ option: 'The nodes’ right', whyNot: 'Whoever breaks Flux could read every image.' }],
    controls: ['pci-dss-4.0.1:7.2.5', 'pci-dss-4.0.1:6.5.1'],
    provedBy: ['registry-readers-are-limited-to-repositories', 'no-broad-role-is-given'],
  },
  {
    id: 'encryption-set-uses-one-key',
    title: 'The encryption set uses the one key that it is for',
    because: 'Its right is on the key, wraps and unwraps with it, and reads nothing else of the vault.',
    alternatives: [{ option: 'A right on the vault', whyNot: 'A later key in the vault would be covered too.' }],
    controls: ['pci-dss-4.0.1:3.6.1', 'pci-dss-4.0.1:7.2.5'],
    provedBy: ['disk-encryption-sets-hold-our-key', 'vault-rights-are-for-single-things', 'no-broad-role-is-given'],
  },
];

/** Rights on secrets, which are given once the secrets are there. */
export const secretReaderDecisions: readonly DecisionText[] = [
  {
    id: 'gateway-reads-its-certificates-only',
    title: 'Application Gateway reads two certificates of the vault',
    because:
      'It is the most exposed machine of all. It can read the certificate that it shows and the authority that it trusts, and not the keys of ingress and mesh behind it.',
    alternatives: [{ option: 'A right on the vault', whyNot: 'Breaking the edge would break the mesh.' }],
    controls: ['pci-dss-4.0.1:3.6.1', 'pci-dss-4.0.1:7.2.5'],
    provedBy: ['vault-rights-are-for-single-things', 'no-broad-role-is-given'],
  },
  {
    id: 'ingress-reads-its-certificate-only',
    title: 'The ingress reads its certificate, and nothing else of the vault',
    because: 'Its pods get the certificate through the secrets provider with an identity that is for that one secret.',
    alternatives: [{ option: 'The add-on’s identity', whyNot: 'Every node has it, and so has whatever runs there.' }],
    controls: ['pci-dss-4.0.1:3.6.1', 'pci-dss-4.0.1:7.2.5'],
    provedBy: ['vault-rights-are-for-single-things', 'no-broad-role-is-given'],
  },
];
