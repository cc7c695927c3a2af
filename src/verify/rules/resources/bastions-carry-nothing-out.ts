import { resourceRule, setting, wants } from './resource-rule.ts';

export const bastionsCarryNothingOut = resourceRule({
  id: 'bastions-carry-nothing-out',
  statement: 'Bastion carries no clipboard, file or tunnel, and goes nowhere but to what it is asked for by resource',
  controls: ['3.4.2', '7.2.2'],
  type: 'Microsoft.Network/bastionHosts',
  // The Basic tier has none of these features, and no switch for the clipboard.
  about: (host) => ['standard', 'premium'].includes(String(setting(host, 'sku.name')).toLowerCase()),
  faults: (host) => [
    wants(host, 'properties.disableCopyPaste', true),
    ...['enableFileCopy', 'enableTunneling', 'enableIpConnect', 'enableShareableLink'].map((feature) =>
      setting(host, `properties.${feature}`) === true ? `has ${feature} on` : undefined,
    ),
  ],
});
