import type { BuildContext } from '../context.ts';
import type { IntentDraft } from '../draft.ts';
import { hubRefs, ownHubs } from './refs.ts';

export function hubIntents(context: BuildContext): readonly IntentDraft[] {
  return ownHubs(context).map(({ region }): IntentDraft => {
    const { subnets } = hubRefs(context, region);
    return {
      family: 'internet-does-not-enter-the-hub',
      of: region,
      statement: `Nothing from the Internet enters the firewall's subnet or the gateway's subnet of the hub in ${region}`,
      expect: 'denied',
      from: ['internet'],
      to: [subnets.firewall, subnets.gateway],
      controls: ['pci-dss-4.0.1:1.3.1', 'pci-dss-4.0.1:1.4.2'],
    };
  });
}
