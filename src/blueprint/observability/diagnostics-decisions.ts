import type { DecisionText } from '../draft.ts';

export const diagnosticsDecisions: readonly DecisionText[] = [
  {
    id: 'everything-that-logs-is-logged',
    title: 'Every resource that records something sends all of it to the workspace of its region',
    because:
      'One list says which types record what, and every resource of such a type gets its setting from it: none can be forgotten. The original left out public addresses, machines, workspaces and the full audit log of the cluster, so that nobody could see who had read a secret.',
    alternatives: [
      {
        option: 'A setting written with each resource',
        whyNot: 'The one that is missing is noticed on the day that it is needed.',
      },
      {
        option: 'Policies that deploy settings',
        whyNot:
          'They act minutes after the resource exists, and what happens in these minutes is lost. They mend; they do not build.',
      },
      { option: 'Audit categories only', whyNot: 'Which category matters is known after an incident.' },
    ],
    controls: ['pci-dss-4.0.1:10.2.1', 'pci-dss-4.0.1:10.2.2', 'pci-dss-4.0.1:10.3.3', 'pci-dss-4.0.1:10.4.1'],
    provedBy: ['what-logs-has-a-diagnostic-setting'],
  },
  {
    id: 'changes-of-the-subscription-are-logged',
    title: 'The activity log of the subscription goes to the workspace',
    because:
      'Azure keeps it for 90 days and then forgets who opened a rule or gave a right. In the workspace it is kept as long as everything else and can be asked together with it. One setting for the subscription: a second would pay for each line twice.',
    alternatives: [
      { option: 'Azure’s own 90 days', whyNot: 'Twelve months are required; the original exported nothing.' },
    ],
    controls: ['pci-dss-4.0.1:10.2.1', 'pci-dss-4.0.1:10.5.1'],
    provedBy: ['activity-log-is-exported'],
  },
];
