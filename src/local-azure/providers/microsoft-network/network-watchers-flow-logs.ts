import type { ArmResource } from '../../../model/resource.ts';
import { isOffered } from '../../life-cycles/is-offered.ts';
import type { ProviderContext, PutInput, ResourceTypeProvider } from '../contract.ts';
import { nameIn, parentOf, sameId } from '../ids.ts';
import { defined, type Members, membersOf, numberOf, textOf } from '../members.ts';
import { propertiesOf, resourceOf, takeIn, withEtag } from '../resource-form.ts';
import { networkApiVersionsSince } from './api-versions.ts';
import { checkName, requireResource } from './network-checks.ts';
import { invalidReference, networkError } from './network-errors.ts';

const type = 'Microsoft.Network/networkWatchers/flowLogs';

const targets = [
  'Microsoft.Network/virtualNetworks',
  'Microsoft.Network/virtualNetworks/subnets',
  'Microsoft.Network/networkInterfaces',
  'Microsoft.Network/networkSecurityGroups',
];

/**
 * Flow logs, below the watcher of their region. NsgFlowLogCreationBlocked is the service's code, as users report it;
 * FlowLogTargetAlreadyHasFlowLog and the message about workspaces are named here.
 */
export const flowLogs: ResourceTypeProvider = {
  type,
  apiVersions: networkApiVersionsSince('2019-11-01'),
  location: 'required',
  longRunning: true,
  put(input, context) {
    const { envelope, properties } = takeIn(type, input.body);
    checkName(input.id);
    const watcher = context.view.get(parentOf(input.id));
    if (watcher?.location !== envelope.location) throw invalidReference(parentOf(input.id), input.id);
    const target = checkTarget(input, properties, envelope, context);
    const by = { id: input.id, path: 'properties.storageId', location: textOf(envelope.location) };
    const storage = requireResource(
      context,
      textOf(properties.storageId) ?? '',
      by,
      'Microsoft.Storage/storageAccounts',
    );
    const retention = membersOf(properties.retentionPolicy);
    const days = numberOf(retention.days) ?? 0;
    if (days < 0 || days > 365)
      throw networkError('InvalidRequestFormat', `Flow log ${input.id}: the retention is 0 to 365 days, not ${days}.`);
    const log = resourceOf(
      type,
      input,
      envelope,
      defined({
        ...properties,
        targetResourceId: target.id,
        targetResourceGuid: propertiesOf(target).resourceGuid ?? context.stableGuid(target.id, 'resourceGuid'),
        storageId: storage.id,
        enabled: properties.enabled ?? true,
        retentionPolicy: { days, enabled: retention.enabled ?? days > 0 },
        format: { type: 'JSON', version: 2, ...membersOf(properties.format) },
        flowAnalyticsConfiguration: analytics(input.id, membersOf(properties.flowAnalyticsConfiguration), context),
        provisioningState: 'Succeeded',
      }),
    );
    return { put: [log], delete: [] };
  },
  read: (stored) => withEtag(stored),
};

function checkTarget(input: PutInput, properties: Members, envelope: Members, context: ProviderContext): ArmResource {
  const wanted = textOf(properties.targetResourceId) ?? '';
  const target = context.view.get(wanted);
  if (target === undefined || !targets.some((known) => sameId(known, target.type)))
    throw invalidReference(wanted, input.id);
  const located = target.location ?? context.view.get(parentOf(target.id))?.location;
  if (located !== envelope.location) throw invalidReference(wanted, input.id);
  if (
    sameId(target.type, 'Microsoft.Network/networkSecurityGroups') &&
    input.existing === undefined &&
    !isOffered('flow log of a security group', context)
  ) {
    throw networkError(
      'NsgFlowLogCreationBlocked',
      'On September 30, 2027, Network Security Group (NSG) flow logs will be retired. As part of this retirement, creation of new NSG flow logs is blocked starting June 30, 2025, but you will be able to continue using and modifying settings for existing NSG flow logs that are previously deployed/configured until Sept 30th 2027. We recommend migrating to virtual network flow logs, which overcome the limitations of NSG flow logs. For migration, please refer to https://learn.microsoft.com/en-us/azure/network-watcher/nsg-flow-logs-migrate.',
    );
  }
  const twin = context.view
    .children(parentOf(input.id), 'flowLogs')
    .find((log) => !sameId(log.id, input.id) && sameId(String(propertiesOf(log).targetResourceId), target.id));
  if (twin !== undefined) {
    throw networkError(
      'FlowLogTargetAlreadyHasFlowLog',
      `Resource ${target.id} has the flow log ${nameIn(twin.id)} already.`,
    );
  }
  return target;
}

/** Traffic analytics reads every 10 or 60 minutes, into a workspace that is there. */
function analytics(id: string, given: Members, context: ProviderContext): Members {
  const inner = membersOf(given.networkWatcherFlowAnalyticsConfiguration);
  if (inner.enabled !== true) return { networkWatcherFlowAnalyticsConfiguration: { ...inner, enabled: false } };
  const by = {
    id,
    path: 'properties.flowAnalyticsConfiguration.networkWatcherFlowAnalyticsConfiguration.workspaceResourceId',
  };
  const workspace = requireResource(
    context,
    textOf(inner.workspaceResourceId) ?? '',
    by,
    'Microsoft.OperationalInsights/workspaces',
  );
  const interval = numberOf(inner.trafficAnalyticsInterval) ?? 60;
  if (interval !== 10 && interval !== 60)
    throw networkError(
      'InvalidRequestFormat',
      `Flow log ${id}: traffic analytics runs every 10 or 60 minutes, not ${interval}.`,
    );
  return {
    networkWatcherFlowAnalyticsConfiguration: {
      ...inner,
      trafficAnalyticsInterval: interval,
      workspaceResourceId: workspace.id,
      workspaceRegion: inner.workspaceRegion ?? workspace.location,
      workspaceId: inner.workspaceId ?? propertiesOf(workspace).customerId,
    },
  };
}
