import type { DecisionText } from '../draft.ts';

export const subscriptionDecisions: readonly DecisionText[] = [
  {
    id: 'groups-follow-duties',
    title: 'A resource group for each hub and each spoke, made by governance',
    because:
      'Roles and locks are given on resource groups. With networks in groups of their own, the network team can own them while operations and application teams hold no right there, and only governance can make or remove a group.',
    alternatives: [
      {
        option: 'One group for all networks',
        whyNot: 'A right on one cluster’s network would reach the others and the hub.',
      },
      {
        option: 'Networks in the workload’s group',
        whyNot: 'Whoever operates the cluster could then change the rules that isolate it.',
      },
    ],
    controls: ['pci-dss-4.0.1:7.2.1', 'pci-dss-4.0.1:7.2.2', 'pci-dss-4.0.1:6.5.4'],
    provedBy: ['clusters-share-no-group-with-networks'],
  },
  {
    id: 'watchers-where-azure-puts-them',
    title: 'Network watchers stand in the group NetworkWatcherRG, under the names that Azure gives them',
    because:
      'A region has one watcher in a subscription. Azure makes it with the first network, in this group and under this name; a watcher of another name would be refused where one is there already, and a flow log cannot do without.',
    alternatives: [
      {
        option: 'Wait for Azure to make them',
        whyNot: 'It does so some time after the first network, and not at all where the subscription has opted out.',
      },
    ],
    controls: ['pci-dss-4.0.1:10.2.1'],
    provedBy: ['network-watchers-stand-where-azure-puts-them'],
    assumptions: [
      'Where the group is there already, it is in the region of the first hub: Azure does not move a group.',
    ],
  },
];
