import type { DecisionText } from '../draft.ts';

export const observabilityDecisions: readonly DecisionText[] = [
  {
    id: 'logs-kept-twelve-months',
    title: 'The workspace keeps every table, searchable, for as long as logs are kept',
    because:
      'Twelve months of history are required, three of them at once. The workspace’s own setting covers every table, those that appear later too; the cheaper split into searchable and archived must be set table by table, and a table that is forgotten loses its history after 30 days.',
    alternatives: [
      {
        option: 'Searchable for the shorter time, archived for the rest',
        whyNot:
          'It is a setting of single tables that do not all exist yet; it can only shorten what this decision keeps.',
      },
      {
        option: 'Export to a storage account',
        whyNot: 'It adds a copy that is not searchable; it is added beside, not instead.',
      },
    ],
    controls: ['pci-dss-4.0.1:10.5.1'],
    provedBy: [],
    assumptions: ['Beyond 730 days the rest of the retention time needs the archive settings of each table.'],
  },
  {
    id: 'logs-over-private-link',
    title: 'The workspace takes data and answers queries over private link only',
    because:
      'Logs of the cardholder data environment name its addresses and accounts. Resource logs of Azure services arrive over Azure’s own channel, which this setting leaves open; agents and people come through private endpoints.',
    alternatives: [
      {
        option: 'Public endpoints guarded by Entra roles',
        whyNot:
          'A leaked token would then be enough from anywhere, and agents would need a way out to a shared public service.',
      },
    ],
    controls: ['pci-dss-4.0.1:10.3.1', 'pci-dss-4.0.1:10.3.2', 'pci-dss-4.0.1:1.4.2'],
    provedBy: [],
    assumptions: [
      'Until the private link scope exists, people cannot query the workspace, though it already collects.',
    ],
  },
  {
    id: 'no-workspace-keys',
    title: 'The workspace’s shared keys are off',
    because: 'Whoever holds a workspace key can write log records as anybody. Entra identities are the only way in.',
    alternatives: [
      {
        option: 'Keys for agents that know nothing else',
        whyNot: 'The agents in use authenticate with managed identities.',
      },
    ],
    controls: ['pci-dss-4.0.1:10.3.2', 'pci-dss-4.0.1:8.6.2'],
    provedBy: [],
  },
];
