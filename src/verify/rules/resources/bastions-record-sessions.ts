import { resourceRule, setting, wants } from './resource-rule.ts';

export const bastionsRecordSessions = resourceRule({
  id: 'bastions-record-sessions',
  statement: 'Bastion records every session, where its tier can',
  controls: ['10.2.1.2', '8.2.2'],
  type: 'Microsoft.Network/bastionHosts',
  about: (host) => String(setting(host, 'sku.name')).toLowerCase() === 'premium',
  faults: (host) => [wants(host, 'properties.enableSessionRecording', true)],
});
