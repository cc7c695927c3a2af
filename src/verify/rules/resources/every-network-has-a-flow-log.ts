import type { ArmResource } from '../../../model/resource.ts';
import type { State } from '../../../model/state.ts';
import { idKey } from '../../arm-view.ts';
import { since } from '../offers.ts';
import { missingRule } from './missing-rule.ts';
import { list, ofType, setting } from './resource-rule.ts';

const networkType = 'Microsoft.Network/virtualNetworks';
const logType = 'Microsoft.Network/networkWatchers/flowLogs';

export const everyNetworkHasAFlowLog = missingRule({
  id: 'every-network-has-a-flow-log',
  statement: 'Every virtual network has a flow log that is on, kept and analysed',
  controls: ['10.2.1', '10.5.1', '11.5.1'],
  // They are children of watchers, which lists of resources may leave out: a state without any says nothing of them.
  about: (state) => ofType(state, logType).length > 0,
  things: (state) => ofType(state, networkType).map(({ id }) => id),
  fault(network, state) {
    const name = `network ${network.slice(network.lastIndexOf('/') + 1)}`;
    if (logOf(network, state) !== undefined) return faultOf(network, name, state);
    // Before networks had logs, those of the security groups of their subnets told the same.
    return [
      ...securityGroupsOf(network, state).map((group) =>
        faultOf(group, `security group ${group.slice(group.lastIndexOf('/') + 1)}`, state),
      ),
      ...since('flow logs of networks', faultOf(network, name, state)),
    ];
  },
});

function logOf(target: string, state: State): ArmResource | undefined {
  return ofType(state, logType).find(
    (one) =>
      idKey(String(setting(one, 'properties.targetResourceId'))) === idKey(target) &&
      setting(one, 'properties.enabled') === true,
  );
}

function faultOf(target: string, name: string, state: State): string | undefined {
  const log = logOf(target, state);
  if (log === undefined) return `${name.charAt(0).toUpperCase()}${name.slice(1)} has no flow log that is on.`;
  const analysis = 'properties.flowAnalyticsConfiguration.networkWatcherFlowAnalyticsConfiguration.enabled';
  if (setting(log, analysis) !== true) return `The flow log of ${name} is not analysed.`;
  const days = Number(setting(log, 'properties.retentionPolicy.days'));
  return days >= 365 || days === 0 ? undefined : `The flow log of ${name} is kept for ${days} days.`;
}

function securityGroupsOf(network: string, state: State): readonly string[] {
  const found = ofType(state, networkType).find(({ id }) => id === network);
  const ids = list(found, 'properties.subnets').flatMap((subnet) => {
    const id = setting(subnet, 'properties.networkSecurityGroup.id');
    return typeof id === 'string' ? [id] : [];
  });
  return [...new Set(ids)];
}
