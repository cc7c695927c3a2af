import { missingRule } from './missing-rule.ts';
import { ofType } from './resource-rule.ts';

/** Sentinel hangs on a workspace; its state and its rules are children of that workspace's id. */
const below = '/providers/microsoft.securityinsights/';

export const sentinelIsOn = missingRule({
  id: 'sentinel-is-on',
  statement: 'Every workspace that Sentinel looks over has rules that open incidents',
  controls: ['10.4.1', '10.4.1.1'],
  about: (state) => state.resources.some(({ id }) => id.toLowerCase().includes(below)),
  things: (state) => ofType(state, 'Microsoft.OperationalInsights/workspaces').map(({ id }) => id),
  fault(workspace, state) {
    const own = state.resources.filter(({ id }) => id.toLowerCase().startsWith(`${workspace.toLowerCase()}${below}`));
    const has = (segment: string) => own.some(({ id }) => id.toLowerCase().includes(`${below}${segment}/`));
    const name = workspace.slice(workspace.lastIndexOf('/') + 1);
    if (!has('onboardingstates')) return `Sentinel does not look over workspace ${name}.`;
    return has('alertrules') ? undefined : `Sentinel has no rule for workspace ${name}.`;
  },
});
