import type { DecisionText } from '../draft.ts';

export const imageSpokeDecisions: readonly DecisionText[] = [
  {
    id: 'images-built-apart',
    title: 'Images of jump boxes are built in a network of their own',
    because:
      'A build runs packages that are fetched from outside, as root. It happens where no cluster, no registry and no private endpoint can be reached, and leaves nothing but an image.',
    alternatives: [
      {
        option: 'Build in the cluster’s network',
        whyNot: 'A poisoned package would run next to the cardholder data environment.',
      },
      { option: 'Let the service make a network', whyNot: 'It would have a way to the Internet that nobody inspects.' },
    ],
    controls: ['pci-dss-4.0.1:1.4.1', 'pci-dss-4.0.1:2.2.3', 'pci-dss-4.0.1:6.3.2'],
    provedBy: [
      'image-spoke-does-not-enter-clusters',
      'image-spoke-does-not-enter-the-hub',
      'image-build-machine-is-reached-by-its-builder-only',
      'image-builder-reaches-its-machine',
    ],
  },
  {
    id: 'image-builder-without-proxy',
    title: 'The image builder drives the machine from a container subnet of ours, without a proxy machine',
    because:
      'With a subnet for its container group the builder speaks to the machine directly, over SSH, inside this network. No private link, no load balancer, and no proxy machine with the port 60001 that the original had to open to the whole network.',
    alternatives: [
      {
        option: 'One subnet and a proxy machine',
        whyNot: 'More machines, more open ports, and a link into Microsoft’s network.',
      },
    ],
    controls: ['pci-dss-4.0.1:1.2.5', 'pci-dss-4.0.1:1.3.1', 'pci-dss-4.0.1:2.2.4'],
    provedBy: [
      'image-builder-reaches-its-machine',
      'image-build-machine-is-reached-by-its-builder-only',
      'image-build-machine-takes-ssh-only',
      'image-builder-is-not-reached',
    ],
  },
  {
    id: 'image-builds-fetch-packages',
    title: 'A machine that becomes an image fetches packages of Ubuntu and Microsoft',
    because:
      'Security updates and the Azure CLI come from four mirrors. Ubuntu’s serve plain HTTP; the packages are signed, and the system checks the signatures.',
    alternatives: [
      {
        option: 'A mirror of our own',
        whyNot: 'It would have to be built, patched and trusted first; this decision then shrinks to one name.',
      },
    ],
    controls: ['pci-dss-4.0.1:1.2.5', 'pci-dss-4.0.1:1.2.6', 'pci-dss-4.0.1:6.3.3'],
    provedBy: [
      'image-builds-reach-packages',
      'image-build-egress-by-name-only',
      'image-build-egress-on-named-ports-only',
      'image-build-plain-http-for-packages-only',
    ],
  },
  {
    id: 'image-builds-fetch-tools',
    title: 'A machine that becomes an image fetches releases of kubectl, Helm, Flux and kubelogin',
    because:
      'These tools are released at the Kubernetes project, Helm and GitHub, not in the package mirrors. The template names version and checksum of each.',
    alternatives: [
      {
        option: 'Install scripts piped into a shell',
        whyNot: 'They fetch whatever is there on the day, from more places, unchecked.',
      },
    ],
    controls: ['pci-dss-4.0.1:1.2.5', 'pci-dss-4.0.1:6.3.2'],
    provedBy: ['image-builds-reach-tools', 'image-build-egress-by-name-only'],
    assumptions: ['GitHub serves release files from the two names given.'],
  },
  {
    id: 'image-builder-drives-builds',
    title: 'The image builder’s containers reach Azure Resource Manager, sign-in, and blob storage',
    because:
      'They start the machine, and write logs to a storage account that the service makes for each build under a new name. Hence the wildcard: it lets these containers reach any blob account. They hold no data of ours, and no other subnet has it.',
    alternatives: [
      { option: 'One account’s name', whyNot: 'It is not known before the build begins.' },
      { option: 'The service tag Storage', whyNot: 'It opens the same accounts, to every protocol.' },
    ],
    controls: ['pci-dss-4.0.1:1.2.5', 'pci-dss-4.0.1:1.3.2'],
    provedBy: [
      'image-builds-reach-by-name',
      'image-builder-egress-by-name-only',
      'image-builder-egress-over-https-only',
    ],
    assumptions: ['Microsoft does not publish the names that the image builder’s containers need: these are from use.'],
  },
  {
    id: 'image-builder-through-a-proxy',
    title: 'Builds are driven through a proxy machine in their own subnet',
    because:
      'Azure VM Image Builder of 2021 reaches a network of the customer in no other way: its calls come through Azure’s load balancer on port 60001 to a machine that it places beside the build, which goes on over SSH.',
    alternatives: [
      {
        option: 'Container groups in a subnet of their own',
        whyNot: 'They came in 2024 and are what profile `current` has: nothing then listens for the service.',
      },
    ],
    controls: ['pci-dss-4.0.1:1.2.5', 'pci-dss-4.0.1:1.3.1'],
    provedBy: [
      'image-build-machine-is-reached-by-its-builder-only',
      'image-builder-reaches-its-machine',
      'image-builder-reaches-its-proxy',
      'image-builder-reaches-its-proxy-alone',
    ],
  },
];
