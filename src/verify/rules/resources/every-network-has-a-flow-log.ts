import { idKey } from '../../arm-view.ts';
import { missingRule } from './missing-rule.ts';
import { ofType, setting } from './resource-rule.ts';

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
    const logs = ofType(state, logType).filter(
      (one) => idKey(String(setting(one, 'properties.targetResourceId'))) === idKey(network),
    );
    const name = network.slice(network.lastIndexOf('/') + 1);
    const [log] = logs.filter((one) => setting(one, 'properties.enabled') === true);
    if (log === undefined) return `Network ${name} has no flow log that is on.`;
    const analysis = 'properties.flowAnalyticsConfiguration.networkWatcherFlowAnalyticsConfiguration.enabled';
    if (setting(log, analysis) !== true) return `The flow log of network ${name} is not analysed.`;
    const days = Number(setting(log, 'properties.retentionPolicy.days'));
    return days >= 365 || days === 0 ? undefined : `The flow log of network ${name} is kept for ${days} days.`;
  },
});
