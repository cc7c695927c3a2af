import type { DecisionText } from '../draft.ts';

export const hubDecisions: readonly DecisionText[] = [
  {
    id: 'one-hub-a-region',
    title: 'One hub network in each region, owned by the network team',
    because:
      'What enters, leaves or is resolved by name passes one place in each region, where one team can inspect and log it. Workload teams own nothing in it.',
    alternatives: [
      {
        option: 'A firewall in each spoke',
        whyNot: 'Each copy of the rules can drift from the others, and each costs as much as the shared one.',
      },
      {
        option: 'Virtual WAN with a secured hub',
        whyNot: 'Its router adds routes of its own, so that isolation can no longer be read from the route tables.',
      },
    ],
    controls: ['pci-dss-4.0.1:1.2.1', 'pci-dss-4.0.1:1.4.1'],
    provedBy: ['internet-does-not-enter-the-hub', 'spoke-does-not-enter-the-hub', 'bastion-reaches-jump-boxes'],
  },
  {
    id: 'firewall-subnet-is-its-own-edge',
    title: 'The firewall’s subnet has no security group and no route table',
    because:
      'Azure refuses a security group there, and the firewall needs its default route to stay the Internet. The firewall itself denies what no rule allows.',
    alternatives: [
      {
        option: 'Forced tunnelling with a management subnet',
        whyNot: 'There is no edge behind this one to which the traffic could be sent.',
      },
    ],
    controls: ['pci-dss-4.0.1:1.3.2', 'pci-dss-4.0.1:1.4.1'],
    provedBy: [
      'internet-does-not-enter-the-hub',
      'subnet-has-network-security-group',
      'default-routes-lead-to-a-firewall',
    ],
  },
  {
    id: 'gateway-subnet-stays-empty',
    title: 'The gateway’s subnet is reserved and empty',
    because:
      'A VPN or ExpressRoute gateway needs a subnet of this name and cannot be added later if the range is used up. Azure supports no security group there; without a gateway nothing can live in it.',
    alternatives: [
      { option: 'Leave the subnet out', whyNot: 'A later gateway would force the hub to be renumbered.' },
      {
        option: 'Deploy a gateway now',
        whyNot: 'Nobody comes in that way: administrators use Bastion. An unused entrance is still an entrance.',
      },
    ],
    controls: ['pci-dss-4.0.1:1.2.5', 'pci-dss-4.0.1:1.3.1'],
    provedBy: ['internet-does-not-enter-the-hub'],
  },
  {
    id: 'bastion-subnet-without-route',
    title: 'Bastion’s subnet has no route table: the first of three subnets whose egress does not pass the firewall',
    because:
      'Azure refuses a route table on AzureBastionSubnet. Its security group takes the place: it lets out what Bastion documents and nothing else.',
    alternatives: [
      {
        option: 'No Bastion: administrators come over a VPN',
        whyNot: 'A VPN client joins the network; Bastion hands over one recorded session to one port.',
      },
    ],
    controls: ['pci-dss-4.0.1:1.3.2', 'pci-dss-4.0.1:1.4.1'],
    provedBy: ['bastion-sends-only-what-it-needs', 'default-routes-lead-to-a-firewall'],
  },
  {
    id: 'no-default-outbound-access',
    title: 'No subnet has Azure’s default way out',
    because:
      'Azure gives a machine without any way out a hidden public address unless the subnet says no. With it off, a lost route table means no egress instead of uninspected egress.',
    alternatives: [
      {
        option: 'Rely on the version’s default',
        whyNot: 'The default has changed with API versions; a value that is written down can be checked.',
      },
    ],
    controls: ['pci-dss-4.0.1:1.3.2', 'pci-dss-4.0.1:1.4.1'],
    provedBy: ['default-outbound-access-is-off'],
  },
];
