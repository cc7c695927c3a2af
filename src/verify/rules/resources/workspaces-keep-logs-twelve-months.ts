import { resourceRule, setting, wants } from './resource-rule.ts';

/** PCI DSS 10.5.1: twelve months. */
const days = 365;

export const workspacesKeepLogsTwelveMonths = resourceRule({
  id: 'workspaces-keep-logs-twelve-months',
  statement: 'Log workspaces keep every table for twelve months, in a plan that can',
  controls: ['10.5.1'],
  type: 'Microsoft.OperationalInsights/workspaces',
  faults: (workspace) => [
    Number(setting(workspace, 'properties.retentionInDays')) >= days
      ? undefined
      : `keeps its tables for less than ${days} days`,
    wants(workspace, 'properties.sku.name', 'PerGB2018', 'CapacityReservation', 'LACluster'),
  ],
});
