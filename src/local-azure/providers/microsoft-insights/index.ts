import type { ResourceTypeProvider } from '../contract.ts';
import { actionGroups } from './action-groups.ts';
import { activityLogAlerts } from './activity-log-alerts.ts';
import { components } from './components.ts';
import { dataCollectionEndpoints } from './data-collection-endpoints.ts';
import { dataCollectionRuleAssociations } from './data-collection-rule-associations.ts';
import { dataCollectionRules } from './data-collection-rules.ts';
import { diagnosticSettings } from './diagnostic-settings.ts';
import { metricAlerts } from './metric-alerts.ts';
import { privateLinkScopes } from './private-link-scopes.ts';
import { scopedResources } from './private-link-scopes-scoped-resources.ts';
import { scheduledQueryRules } from './scheduled-query-rules.ts';
import { workbooks } from './workbooks.ts';

export const insightsProviders: readonly ResourceTypeProvider[] = [
  actionGroups,
  activityLogAlerts,
  components,
  dataCollectionEndpoints,
  dataCollectionRuleAssociations,
  dataCollectionRules,
  diagnosticSettings,
  metricAlerts,
  privateLinkScopes,
  scheduledQueryRules,
  scopedResources,
  workbooks,
];
