import type { DecisionText } from '../draft.ts';

export const vaultDecisions: readonly DecisionText[] = [
  {
    id: 'vaults-of-one-cluster',
    title: 'Each cluster has vaults of its own',
    because:
      'Private endpoints stand in the network of one cluster and are reached from there only. A right on one cluster’s vault then says nothing about another’s, and a cluster can be retired with its keys.',
    alternatives: [
      {
        option: 'One vault for all clusters',
        whyNot: 'Whoever breaks one cluster would stand before the certificates of all.',
      },
    ],
    controls: ['pci-dss-4.0.1:3.6.1', 'pci-dss-4.0.1:7.2.1'],
    provedBy: ['vaults-are-private', 'private-endpoints-are-for-this-cluster'],
  },
  {
    id: 'vaults-are-private',
    title: 'Vaults have no public endpoint, and let no service of Azure past',
    because:
      'The keys of certificates and of the cluster’s secrets are read at a private endpoint only. Application Gateway reads its certificate there too, and AKS makes an endpoint of its own for the key of its secrets.',
    alternatives: [
      {
        option: 'A firewall that admits trusted services',
        whyNot: 'The list of trusted services is Microsoft’s, and each of them acts for all its customers.',
      },
    ],
    controls: ['pci-dss-4.0.1:1.4.2', 'pci-dss-4.0.1:1.4.4', 'pci-dss-4.0.1:3.6.1'],
    provedBy: ['vaults-are-private', 'trusted-services-reach-disk-keys-only'],
    assumptions: [
      'Keys can be made through Azure Resource Manager in a vault that has no public endpoint.',
      'Application Gateway reads a listener’s certificate from a vault that has a private endpoint only.',
    ],
  },
  {
    id: 'disk-keys-in-a-vault-of-their-own',
    title: 'The key of the disks is in a vault by itself, the only one that trusted services of Azure reach',
    because:
      'Disks are encrypted by a service that has no address in anybody’s network, so its vault must let trusted services past. Nothing else is in that vault: no certificate and no key of the cluster’s secrets becomes reachable that way.',
    alternatives: [
      {
        option: 'The same vault for everything',
        whyNot: 'The exception for one key would hold for every certificate.',
      },
      { option: 'Keys of the platform', whyNot: 'They cannot be withdrawn by us.' },
    ],
    controls: ['pci-dss-4.0.1:3.6.1', 'pci-dss-4.0.1:3.7.1', 'pci-dss-4.0.1:1.4.2'],
    provedBy: ['trusted-services-reach-disk-keys-only', 'disk-encryption-sets-hold-our-key', 'keys-live-in-hardware'],
  },
  {
    id: 'vaults-authorize-by-role',
    title: 'Vaults are opened by Azure roles, and to no platform feature',
    because:
      'A role is given for one secret or key, is listed with all others, and can be time-limited. Access policies count for the whole vault, and machines, disks and templates that may read a vault by themselves stand outside both.',
    alternatives: [
      {
        option: 'Access policies',
        whyNot: 'Whoever may write the vault’s settings could give himself every secret.',
      },
    ],
    controls: ['pci-dss-4.0.1:3.6.1', 'pci-dss-4.0.1:7.2.1', 'pci-dss-4.0.1:7.2.2'],
    provedBy: ['vaults-authorize-by-role'],
  },
  {
    id: 'nothing-in-a-vault-is-lost',
    title: 'What is deleted from a vault can be restored for 90 days, by nobody’s leave',
    because:
      'Without its key a cluster’s secrets and disks are gone for good. Purge protection holds against the owner of the subscription too; it cannot be taken back.',
    alternatives: [
      {
        option: 'Soft deletion for seven days',
        whyNot: 'Whoever deletes a vault can purge it in the same minute.',
      },
    ],
    controls: ['pci-dss-4.0.1:3.7.2', 'pci-dss-4.0.1:3.6.1'],
    provedBy: ['vaults-cannot-be-purged'],
    assumptions: [
      'A landing zone that is removed and made again recovers its vaults: their names stay taken for 90 days.',
    ],
  },
  {
    id: 'keys-live-in-hardware',
    title: 'Keys are made in hardware and never leave it',
    because:
      'RSA with 3072 bits has the strength of 128 bits. A key that was made in the module and is not exportable can be used by those who hold a role, and copied by nobody.',
    alternatives: [
      { option: 'Keys in software', whyNot: 'They are protected by the service’s own keys instead of a module.' },
      {
        option: 'A managed module of our own',
        whyNot: 'Its price is that of the whole cluster; the keys are worth the same.',
      },
    ],
    controls: ['pci-dss-4.0.1:3.6.1', 'pci-dss-4.0.1:3.7.1'],
    provedBy: ['keys-live-in-hardware', 'vaults-have-hardware'],
  },
  {
    id: 'keys-rotate',
    title: 'Keys are renewed every year and end after two',
    because:
      'A defined cryptoperiod is required. The vault makes a new version by itself; disks follow the newest. The cluster names the version of its key: the next deployment of its stage moves it on, and the old version stays valid for a year, as AKS asks.',
    alternatives: [
      { option: 'Renewal by hand', whyNot: 'It is forgotten, and then done in a hurry.' },
      { option: 'No end', whyNot: 'A key without an end is never renewed either.' },
    ],
    controls: ['pci-dss-4.0.1:3.7.4', 'pci-dss-4.0.1:3.7.1'],
    provedBy: ['keys-rotate', 'disk-encryption-sets-hold-our-key'],
  },
  {
    id: 'cluster-secrets-have-a-key',
    title: 'Secrets of the cluster are encrypted with a key in our vault',
    because:
      'What Kubernetes keeps as a secret is encrypted before it reaches the disk, with a key that Microsoft’s operators do not hold. The key encrypts and decrypts, and does nothing else.',
    alternatives: [
      {
        option: 'Encryption by the platform',
        whyNot: 'It protects against lost disks, not against whoever reads the store.',
      },
    ],
    controls: ['pci-dss-4.0.1:3.5.1', 'pci-dss-4.0.1:3.6.1', 'pci-dss-4.0.1:8.6.2'],
    provedBy: ['cluster-secrets-are-encrypted-with-our-key', 'keys-live-in-hardware'],
    assumptions: ['The plug-in for the key needs no other operation than encrypt and decrypt.'],
  },
  {
    id: 'disks-have-our-key',
    title: 'Disks are encrypted twice: with the platform’s key and with ours',
    because:
      'Whoever holds one of the keys reads nothing. Withdrawing ours makes every volume of the cluster unreadable within the hour.',
    alternatives: [{ option: 'The platform’s key alone', whyNot: 'We could neither rotate nor withdraw it.' }],
    controls: ['pci-dss-4.0.1:3.5.1', 'pci-dss-4.0.1:3.6.1'],
    provedBy: ['disk-encryption-sets-hold-our-key', 'cluster-disks-have-our-key'],
  },
];
