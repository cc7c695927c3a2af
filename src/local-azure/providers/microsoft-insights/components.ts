import { isOffered, lastDayOf } from '../../life-cycles/is-offered.ts';
import type { ResourceTypeProvider } from '../contract.ts';
import { defined, textOf } from '../members.ts';
import { propertiesOf, resourceOf, takeIn, withEtag } from '../resource-form.ts';
import { badRequest, requireFound } from '../service-checks.ts';

const type = 'Microsoft.Insights/components';

/** Application Insights. ClassicComponentRetired is named here. */
export const components: ResourceTypeProvider = {
  type,
  apiVersions: ['2020-02-02', '2020-02-02-preview', '2018-05-01-preview', '2015-05-01'],
  location: 'required',
  longRunning: false,
  put(input, context) {
    const { envelope, properties } = takeIn(type, input.body);
    const workspace = textOf(properties.WorkspaceResourceId);
    if (workspace !== undefined) requireFound(context, workspace, 'Microsoft.OperationalInsights/workspaces');
    const before = propertiesOf(input.existing).WorkspaceResourceId;
    if (
      workspace === undefined &&
      before === undefined &&
      !isOffered('application insights without a workspace', context)
    ) {
      throw badRequest(
        'ClassicComponentRetired',
        `A component needs a workspace (WorkspaceResourceId) since ${lastDayOf('application insights without a workspace')}.`,
      );
    }
    const key = context.stableGuid(input.id, 'InstrumentationKey');
    const appId = context.stableGuid(input.id, 'AppId');
    const region = String(envelope.location);
    const component = resourceOf(
      type,
      input,
      envelope,
      defined({
        ...properties,
        WorkspaceResourceId: workspace ?? before,
        ApplicationId: input.name,
        AppId: appId,
        Name: input.name,
        TenantId: context.subscriptionId,
        InstrumentationKey: key,
        ConnectionString: `InstrumentationKey=${key};IngestionEndpoint=https://${region}-0.in.applicationinsights.azure.com/;LiveEndpoint=https://${region}.livediagnostics.monitor.azure.com/;ApplicationId=${appId}`,
        IngestionMode: workspace === undefined ? 'ApplicationInsights' : 'LogAnalytics',
        publicNetworkAccessForIngestion: properties.publicNetworkAccessForIngestion ?? 'Enabled',
        publicNetworkAccessForQuery: properties.publicNetworkAccessForQuery ?? 'Enabled',
        RetentionInDays: properties.RetentionInDays ?? 90,
        provisioningState: 'Succeeded',
      }),
    );
    return { put: [component], delete: [] };
  },
  read: (stored) => withEtag(stored),
};
