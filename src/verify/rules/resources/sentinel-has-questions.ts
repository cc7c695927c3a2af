import { ofType, resourceRule } from './resource-rule.ts';

const type = 'Microsoft.OperationalInsights/workspaces';

export const sentinelHasQuestions = resourceRule({
  id: 'sentinel-has-questions',
  statement: 'A workspace with Sentinel has saved searches and a workbook for those who ask it',
  controls: ['10.4.1', '12.10.5'],
  type,
  // It hangs on the workspace, or is a solution of it, which was the way before.
  about: ({ id, name }, state) =>
    state.resources.some((one) =>
      one.id.toLowerCase().startsWith(`${id.toLowerCase()}/providers/microsoft.securityinsights/`),
    ) ||
    ofType(state, 'Microsoft.OperationsManagement/solutions').some(
      (one) => one.name.toLowerCase() === `securityinsights(${name.toLowerCase()})`,
    ),
  faults: ({ id }, state) => [
    ofType(state, `${type}/savedSearches`).some((one) => one.id.toLowerCase().startsWith(`${id.toLowerCase()}/`))
      ? undefined
      : 'has no saved search',
    ofType(state, 'Microsoft.Insights/workbooks').length > 0 ? undefined : 'has no workbook',
  ],
});
