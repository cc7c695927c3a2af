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
    provedBy: ['workspaces-keep-logs-twelve-months'],
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
    provedBy: ['monitoring-is-private-only', 'what-is-private-has-an-endpoint'],
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
    provedBy: ['workspaces-take-no-keys'],
  },
];

export const monitoringDecisions: readonly DecisionText[] = [
  {
    id: 'every-network-is-logged',
    title: 'Every virtual network has a flow log, analysed every ten minutes',
    because:
      'Flow logs of the network see every machine and endpoint in it, also behind groups that AKS makes for itself, which the original’s logs of single security groups did not. Traffic Analytics puts them into the workspace, where alerts can ask them.',
    alternatives: [
      {
        option: 'Flow logs of security groups',
        whyNot: 'None can be made since June 2025, and all end in September 2027.',
      },
      { option: 'Analysis every hour', whyNot: 'An hour is long for data that leaves.' },
    ],
    controls: ['pci-dss-4.0.1:10.2.1', 'pci-dss-4.0.1:1.2.5', 'pci-dss-4.0.1:11.5.1'],
    provedBy: ['every-network-has-a-flow-log'],
  },
  {
    id: 'flow-logs-without-keys',
    title: 'Flow logs are written with an identity, not with the key of the storage account',
    because:
      'The account has its keys turned off: whoever held one could rewrite the record of the network. The identity may write blobs in this one account and nothing else.',
    alternatives: [
      { option: 'The account’s key', whyNot: 'It opens everything in the account and belongs to nobody.' },
    ],
    controls: ['pci-dss-4.0.1:10.3.2', 'pci-dss-4.0.1:8.6.2', 'pci-dss-4.0.1:7.2.5'],
    provedBy: ['log-storage-is-closed', 'no-broad-role-is-given'],
    assumptions: ['Flow logs of virtual networks are written with a user-assigned identity in every region used.'],
  },
  {
    id: 'log-storage-is-closed',
    title:
      'Storage for logs takes Azure’s own services only: no keys, no public blobs, no other network, no copies elsewhere',
    because:
      'Nobody has business in these accounts from outside: Azure writes, and investigators read through the workspace. Copies go to accounts of this tenant only, so that a stolen right does not carry the logs away.',
    alternatives: [
      {
        option: 'A private endpoint',
        whyNot: 'Nothing in the networks reads or writes here; an endpoint would be a way in.',
      },
      {
        option: 'Public access off altogether',
        whyNot: 'It is not certain that flow logs and exports still arrive then.',
      },
    ],
    controls: ['pci-dss-4.0.1:10.3.1', 'pci-dss-4.0.1:10.3.2', 'pci-dss-4.0.1:1.3.1', 'pci-dss-4.0.1:2.2.7'],
    provedBy: ['log-storage-is-closed'],
  },
  {
    id: 'log-storage-outlives-a-zone',
    title: 'Storage for logs lies in three zones of its region',
    because: 'The original kept flow logs in one data centre: its loss would have been the loss of the evidence.',
    alternatives: [
      {
        option: 'Geo-redundant storage',
        whyNot: 'It moves records of the network to another region, which not every user may do.',
      },
    ],
    controls: ['pci-dss-4.0.1:10.3.3'],
    provedBy: ['log-storage-is-closed'],
  },
  {
    id: 'logs-are-encrypted-twice',
    title: 'Storage for logs is encrypted by the service and by the infrastructure below it, with Microsoft’s keys',
    because:
      'Logs hold names, addresses and what people did. Two layers with two keys and two algorithms keep them closed when one of them fails.',
    alternatives: [
      {
        option: 'A key of our own',
        whyNot: 'Whoever disables that key stops the record and hides what was recorded: logs must not depend on it.',
      },
    ],
    controls: ['pci-dss-4.0.1:3.5.1', 'pci-dss-4.0.1:10.3.1'],
    provedBy: ['log-storage-is-closed'],
  },
  {
    id: 'deleted-logs-come-back',
    title: 'What is deleted from log storage can be brought back for as long as logs are kept, up to a year',
    because:
      'Flow logs are files that Azure rewrites every minute, and cannot be immutable. Deleting them is therefore made undone instead: nobody, the account’s owner included, can shorten what was deleted before.',
    alternatives: [
      {
        option: 'An immutable container for flow logs',
        whyNot: 'Azure rewrites the blob of the current hour each minute: writing would stop.',
      },
      { option: 'Versions of every blob', whyNot: 'Sixty versions an hour of every file.' },
    ],
    controls: ['pci-dss-4.0.1:10.3.2', 'pci-dss-4.0.1:10.5.1'],
    provedBy: ['log-storage-is-closed'],
  },
  {
    id: 'archived-logs-cannot-be-changed',
    title:
      'The tables of the audit trail are copied to containers in which nothing can be changed or deleted before its time',
    because:
      'An owner of the workspace can purge it. The copy lies under an immutability policy for as long as logs are kept; the export only appends. The policy is unlocked, so that a trial can still be taken down; locking it is one command, for good.',
    alternatives: [
      {
        option: 'Locked from the start',
        whyNot: 'Nobody, Microsoft included, can then remove the account for a year: that must be somebody’s wish.',
      },
      { option: 'The workspace alone', whyNot: 'Its owner may delete it and wait fourteen days.' },
    ],
    controls: ['pci-dss-4.0.1:10.3.2', 'pci-dss-4.0.1:10.3.3', 'pci-dss-4.0.1:10.3.4', 'pci-dss-4.0.1:10.5.1'],
    provedBy: ['archived-logs-are-immutable'],
    assumptions: [
      'An export writes append blobs into containers that are there already, under a policy that allows protected appends, into an account without shared keys.',
    ],
  },
  {
    id: 'large-tables-are-archived',
    title: 'The tables that fill fastest are searchable for the shorter time and archived for the rest',
    because:
      'Audit of the cluster, logs of containers and records of flows are most of the volume and are rarely asked after three months. Twelve months of history remain; what is older than the searchable time is restored by a search job. Every other table stays searchable as long as it is kept.',
    alternatives: [
      { option: 'All of it searchable', whyNot: 'It costs several times as much and is asked by nobody.' },
      { option: 'The cheaper plans for tables', whyNot: 'Their tables cannot raise alerts over time.' },
    ],
    controls: ['pci-dss-4.0.1:10.5.1'],
    provedBy: ['tables-are-kept-twelve-months'],
  },
  {
    id: 'monitoring-scope-is-private-only',
    title: 'Networks behind the private link scope reach only the workspaces and endpoints in it',
    because:
      'In open mode a stolen key of somebody else’s workspace is a way out for data: the traffic goes to Azure Monitor’s shared names. In private-only mode the scope takes what is linked to it and nothing else.',
    alternatives: [{ option: 'Open mode', whyNot: 'Logs are sent out of the network as easily as to us.' }],
    controls: ['pci-dss-4.0.1:1.3.2', 'pci-dss-4.0.1:10.3.2'],
    provedBy: ['monitoring-is-private-only'],
  },
  {
    id: 'one-monitoring-endpoint-a-region',
    title: 'A region reaches its monitoring through one private endpoint, in the spoke of its first cluster',
    because:
      'The names of Azure Monitor are the same for all: a second endpoint that resolves through the same hub would take the names from the first. Which endpoint a name leads to is one decision for all networks of a hub.',
    alternatives: [
      {
        option: 'An endpoint in each spoke',
        whyNot: 'The last one to be made would own the names, and the others would be cut off.',
      },
      {
        option: 'An endpoint in the hub',
        whyNot: 'The hub has no subnet for endpoints; it is the way for regions with several clusters.',
      },
    ],
    controls: ['pci-dss-4.0.1:1.4.2', 'pci-dss-4.0.1:10.7.2'],
    provedBy: ['monitoring-is-private-only', 'what-is-private-has-an-endpoint', 'private-endpoints-are-found-by-name'],
    assumptions: [
      'A region has one cluster. The agents of a second one have no way to this endpoint, since spokes do not reach each other.',
    ],
  },
  {
    id: 'agents-send-by-rule',
    title: 'Agents send what collection rules name, through an endpoint without a public door',
    because:
      'The rule says in one place what is collected, and the agent has an identity instead of the workspace key that the original handed to every machine. Sign-ins are collected from the lowest level, the rest of the system log from warnings on.',
    alternatives: [
      {
        option: 'The older agent with a workspace key',
        whyNot: 'It is unsupported since August 2024, and the key is off.',
      },
    ],
    controls: ['pci-dss-4.0.1:10.2.1', 'pci-dss-4.0.1:10.3.1', 'pci-dss-4.0.1:8.6.2'],
    provedBy: ['monitoring-is-private-only'],
  },
  {
    id: 'metrics-by-prometheus',
    title: 'Metrics of clusters go to a managed Prometheus workspace without a public door',
    because:
      'What alerts on load and health need is metrics, not logs: they are kept 18 months at a fraction of the price. The original’s metric alerts stood on a namespace that Microsoft has retired.',
    alternatives: [
      { option: 'A Prometheus of our own', whyNot: 'It would have to be run, stored, secured and watched.' },
    ],
    controls: ['pci-dss-4.0.1:10.7.2', 'pci-dss-4.0.1:10.4.1'],
    provedBy: ['monitoring-is-private-only'],
  },
  {
    id: 'sentinel-on-the-workspace',
    title: 'Sentinel looks over the workspace',
    because:
      'Automated review of logs needs rules that relate events over time and make incidents for people. The original turned it on without a rule; here the alert stage gives it some.',
    alternatives: [
      { option: 'Alerts alone', whyNot: 'They see one query at a time and make no incident that somebody closes.' },
    ],
    controls: ['pci-dss-4.0.1:10.4.1', 'pci-dss-4.0.1:10.4.1.1', 'pci-dss-4.0.1:12.10.5'],
    provedBy: ['sentinel-is-on'],
  },
];
