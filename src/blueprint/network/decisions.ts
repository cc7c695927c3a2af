import type { DecisionText } from '../draft.ts';

/** What holds for every network of the landing zone. */
export const networkDecisions: readonly DecisionText[] = [
  {
    id: 'deny-by-default',
    title: 'Every security group ends with a denial of all traffic, in both directions',
    because:
      'Azure adds rules of its own to each group that let whole networks talk to each other, and everything out to the Internet. A denial before them leaves only what a rule names. It holds inside a subnet too.',
    alternatives: [
      {
        option: 'Deny inbound only',
        whyNot: 'What has been broken into could then send wherever a route leads.',
      },
      {
        option: 'Leave it to the firewall',
        whyNot: 'Traffic inside a network never passes the firewall.',
      },
    ],
    controls: ['pci-dss-4.0.1:1.2.5', 'pci-dss-4.0.1:1.3.1', 'pci-dss-4.0.1:1.3.2'],
    provedBy: [
      'internet-reaches-the-gateway-only',
      'in-scope-pods-are-reached-by-few',
      'service-pods-are-reached-by-the-cluster-only',
      'agents-are-not-reached',
      'silent-subnets-send-nothing-out',
      'egress-on-named-ports-only',
      'image-builder-is-not-reached',
      'subnet-has-network-security-group',
      'load-balancer-probes-bastion-on-its-ports',
      'bastion-sends-only-what-it-needs',
      'image-build-machine-is-reached-by-its-builder-only',
      'image-spoke-does-not-enter-the-hub',
      'spoke-does-not-enter-the-hub',
      'bastion-reaches-jump-boxes-only',
    ],
  },
  {
    id: 'egress-through-firewall',
    title: 'Every subnet sends what has no better route to the firewall, but for three',
    because:
      'One route, 0.0.0.0/0 to the firewall, makes the firewall the only way out. Three subnets cannot have it, each by a decision of its own: AzureFirewallSubnet, AzureBastionSubnet and Application Gateway’s. GatewaySubnet is empty.',
    alternatives: [
      { option: 'A NAT gateway for each network', whyNot: 'It hides who sends and looks at nothing.' },
      {
        option: 'Outbound type of the cluster without any egress',
        whyNot: 'Flux and other extensions are not supported there.',
      },
    ],
    controls: ['pci-dss-4.0.1:1.3.2', 'pci-dss-4.0.1:1.4.1', 'pci-dss-4.0.1:1.4.2'],
    provedBy: [
      'egress-by-name-only',
      'image-build-egress-by-name-only',
      'default-routes-lead-to-a-firewall',
      'next-hops-are-reachable',
    ],
  },
  {
    id: 'no-learned-routes',
    title: 'Route tables of spokes take no routes from gateways',
    because:
      'A gateway that is added later would bring routes of another network into the spokes, more specific than the one to the firewall.',
    alternatives: [
      {
        option: 'Rely on there being no gateway',
        whyNot: 'The day that one is added, nobody thinks of the spokes’ route tables.',
      },
    ],
    controls: ['pci-dss-4.0.1:1.2.8', 'pci-dss-4.0.1:1.3.2'],
    provedBy: ['default-routes-lead-to-a-firewall'],
  },
  {
    id: 'hub-and-spoke-peering',
    title: 'Each spoke is peered with the hub of its region, and with nothing else',
    because:
      'Peering does not lead on: two spokes of one hub do not reach each other through it, and no firewall rule lets them. The spoke’s half admits forwarded traffic, because answers from the Internet come from the firewall with a source outside the hub; the hub’s half does not, since no spoke forwards anything.',
    alternatives: [
      { option: 'Spokes peered with each other', whyNot: 'Traffic between clusters would not pass the firewall.' },
      {
        option: 'Forwarded traffic on both halves',
        whyNot: 'A machine in a spoke could then send packets of others into the hub.',
      },
    ],
    controls: ['pci-dss-4.0.1:1.2.1', 'pci-dss-4.0.1:1.4.1', 'pci-dss-4.0.1:1.4.2'],
    provedBy: [
      'network-does-not-enter-other-spokes',
      'image-spoke-does-not-enter-clusters',
      'jump-boxes-get-the-time',
      'bastion-reaches-jump-boxes',
      'peerings-are-connected-on-both-sides',
      'peered-networks-do-not-overlap',
    ],
  },
  {
    id: 'addresses-across-zones',
    title: 'Public addresses and the firewall span three availability zones',
    because: 'When a zone fails, egress and administration go on; nobody is tempted to open another way.',
    alternatives: [{ option: 'Resources in one zone', whyNot: 'Its loss would take the whole region’s way out.' }],
    controls: ['pci-dss-4.0.1:10.7.2'],
    provedBy: ['public-addresses-span-zones'],
  },
];
