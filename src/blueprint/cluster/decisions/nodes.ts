import type { DecisionText } from '../../draft.ts';

/** Pools and what they stand on. */
export const nodeDecisions: readonly DecisionText[] = [
  {
    id: 'scopes-have-pools',
    title: 'Each scope has a pool of its own, which refuses what is not marked for it',
    because:
      'In-scope pods never share a node’s kernel with others. Labels attract and taints refuse: the original had labels alone, so that anything could run anywhere. One small pool without a taint is there for add-ons that tolerate nothing; no workload may use it.',
    alternatives: [
      { option: 'Three pools', whyNot: 'Flux and the mesh’s control plane tolerate no taint and would not start.' },
      {
        option: 'A cluster for each scope',
        whyNot: 'The strongest separation, and an option: the spec lists clusters.',
      },
    ],
    controls: ['pci-dss-4.0.1:2.2.3', 'pci-dss-4.0.1:1.3.1', 'pci-dss-4.0.1:12.5.2'],
    provedBy: ['pools-keep-scopes-apart', 'pools-of-different-scope-share-no-subnet'],
  },
  {
    id: 'nothing-rests-on-nodes',
    title: 'Nodes keep nothing: their disks are local, encrypted, and gone with them',
    because:
      'The system disk lies in the memory of the host and is encrypted there, caches and temporary files too. A node that is renewed starts from the image. Volumes are encrypted with our key.',
    alternatives: [{ option: 'Managed system disks', whyNot: 'What a node wrote would outlive it, in snapshots too.' }],
    controls: ['pci-dss-4.0.1:3.2.1', 'pci-dss-4.0.1:3.5.1', 'pci-dss-4.0.1:2.2.1'],
    provedBy: ['nodes-keep-nothing', 'cluster-disks-have-our-key'],
  },
  {
    id: 'volumes-are-disks-only',
    title: 'Volumes are disks: no shared files, no blobs, no snapshots',
    because:
      'Each driver is a way to put data where nobody looks for it. A disk belongs to one pod and is encrypted with our key.',
    alternatives: [
      {
        option: 'All drivers',
        whyNot: 'Shares and copies of volumes would be storage of card data outside the diagram.',
      },
    ],
    controls: ['pci-dss-4.0.1:2.2.4', 'pci-dss-4.0.1:3.2.1'],
    provedBy: ['clusters-mount-disks-only'],
  },
  {
    id: 'nodes-boot-trusted',
    title: 'Nodes boot signed software only, on Azure Linux',
    because:
      'Secure boot and a virtual module refuse a changed boot chain. Azure Linux has few packages, so few patches, and takes security patches without a new image.',
    alternatives: [
      {
        option: 'Azure Container Linux',
        whyNot: 'Immutable, and the better choice once patches between images reach it.',
      },
      { option: 'Ubuntu', whyNot: 'More packages than a node needs.' },
    ],
    controls: ['pci-dss-4.0.1:2.2.1', 'pci-dss-4.0.1:2.2.4', 'pci-dss-4.0.1:11.5.2'],
    provedBy: ['nodes-boot-trusted'],
  },
  {
    id: 'nobody-logs-in-to-nodes',
    title: 'Nobody logs in to a node',
    because: 'No SSH service runs there. A node that misbehaves is replaced; what it did is in the logs.',
    alternatives: [{ option: 'SSH with a key', whyNot: 'A shared account on every node of every scope.' }],
    controls: ['pci-dss-4.0.1:2.2.7', 'pci-dss-4.0.1:8.2.2', 'pci-dss-4.0.1:2.2.4'],
    provedBy: ['nodes-take-no-logins'],
  },
  {
    id: 'pools-span-zones',
    title: 'Pools span three zones and grow by themselves',
    because:
      'When a zone is lost the others have room. Nodes are never taken back by Azure for others; the sizes have the local disk that the system needs.',
    alternatives: [{ option: 'Spot nodes', whyNot: 'Azure takes them away in seconds.' }],
    controls: ['pci-dss-4.0.1:10.7.2'],
    provedBy: ['pools-span-zones'],
  },
  {
    id: 'pools-grow-calmly',
    title: 'The autoscaler grows the pools that we defined, and leaves nodes with local data alone',
    because:
      'Nodes come from four known pools with known ranges, which rules name. Automatic provisioning would choose sizes and subnets by itself.',
    alternatives: [
      { option: 'Automatic provisioning of nodes', whyNot: 'Scopes could no longer be read off a node’s address.' },
    ],
    controls: ['pci-dss-4.0.1:1.2.5', 'pci-dss-4.0.1:2.2.1'],
    provedBy: ['pools-are-made-by-hand'],
  },
];
