import { idKey } from '../../arm-view.ts';
import { list, ofType, resourceRule, setting, together } from './resource-rule.ts';

/** Types whose public access can be off, and to which the only way is then a private endpoint. */
const [registries, ...others] = [
  'Microsoft.ContainerRegistry/registries',
  'Microsoft.KeyVault/vaults',
  'Microsoft.Insights/privateLinkScopes',
] as const;

const rule = (type: string) =>
  resourceRule({
    id: 'what-is-private-has-an-endpoint',
    statement: 'What is closed to the Internet has a private endpoint through which it can be reached',
    controls: ['1.3.1', '1.4.4'],
    type,
    about: (one) =>
      type === 'Microsoft.Insights/privateLinkScopes' ||
      String(setting(one, 'properties.publicNetworkAccess')).toLowerCase() === 'disabled',
    faults: ({ id }, state) => {
      const reached = ofType(state, 'Microsoft.Network/privateEndpoints')
        .flatMap((endpoint) => list(endpoint, 'properties.privateLinkServiceConnections'))
        .some((connection) => idKey(String(setting(connection, 'properties.privateLinkServiceId'))) === idKey(id));
      return [reached ? undefined : 'is closed to the Internet and has no private endpoint'];
    },
  });

export const whatIsPrivateHasAnEndpoint = together(rule(registries), ...others.map(rule));
