import type { TrafficText } from '../../model/intent.ts';
import type { BuildContext } from '../context.ts';
import type { IntentDraft } from '../draft.ts';
import { hubRefs, ownHubs } from '../hub/refs.ts';
import { everythingButTcp, portsBut } from '../network/traffic.ts';

/** Azure’s rule for these names VirtualNetwork on both sides, so that it holds for the other subnets of the hub too. */
const instancePorts = [5701, 8080];
const onlyPortsBut = (...ports: readonly number[]): readonly TrafficText[] =>
  (['tcp', 'udp'] as const).map((protocol) => ({ protocol, ports: portsBut(ports) }));

export function bastionIntents(context: BuildContext): readonly IntentDraft[] {
  return ownHubs(context).flatMap(({ region }): readonly IntentDraft[] => {
    const { bastion } = hubRefs(context, region).subnets;
    return [
      {
        family: 'bastion-takes-https-only',
        of: region,
        statement: `From the Internet, Bastion in ${region} takes HTTPS and nothing else`,
        expect: 'denied',
        from: ['internet'],
        to: [bastion],
        traffic: everythingButTcp(443),
        controls: ['pci-dss-4.0.1:1.3.1', 'pci-dss-4.0.1:2.2.7'],
      },
      {
        family: 'administrators-reach-bastion',
        of: region,
        statement: `Administrators reach Bastion in ${region} over HTTPS`,
        expect: 'allowed',
        from: ['internet'],
        to: [bastion],
        traffic: [{ protocol: 'tcp', ports: [443] }],
        controls: ['pci-dss-4.0.1:2.2.7'],
      },
      {
        family: 'bastion-sends-only-what-it-needs',
        of: region,
        statement: `Bastion in ${region} sends HTTPS to Azure and HTTP for certificate checks, and nothing else to the Internet`,
        expect: 'denied',
        from: [bastion],
        to: ['internet'],
        exceptTo: ['tag:AzureCloud'],
        traffic: [
          { protocol: 'tcp', ports: ['0-79', '81-65535'] },
          { protocol: 'udp', ports: ['0-79', '81-65535'] },
        ],
        controls: ['pci-dss-4.0.1:1.3.2'],
      },
      {
        family: 'bastion-asks-azure-over-https',
        of: region,
        statement: `Bastion in ${region} reaches Azure over HTTPS and HTTP, and on no other port`,
        expect: 'denied',
        from: [bastion],
        to: ['tag:AzureCloud'],
        traffic: [
          { protocol: 'tcp', ports: portsBut([80, 443]) },
          { protocol: 'udp', ports: portsBut([80]) },
        ],
        controls: ['pci-dss-4.0.1:1.2.5', 'pci-dss-4.0.1:1.3.2'],
      },
      {
        family: 'bastion-opens-sessions-only',
        of: region,
        statement: `Inside, Bastion in ${region} opens SSH and RDP and what its instances tell each other, and nothing else`,
        expect: 'denied',
        from: [bastion],
        to: ['any'],
        exceptTo: [bastion, 'internet'],
        traffic: onlyPortsBut(22, 3389, ...instancePorts),
        controls: ['pci-dss-4.0.1:1.2.5', 'pci-dss-4.0.1:1.3.1'],
      },
      {
        family: 'bastion-is-reached-from-outside-only',
        of: region,
        statement: `Inside, nothing connects to Bastion in ${region}, but for the ports of its instances from its own network`,
        expect: 'denied',
        from: ['any'],
        exceptFrom: [bastion, 'internet', 'tag:AzureLoadBalancer'],
        to: [bastion],
        traffic: onlyPortsBut(...instancePorts),
        controls: ['pci-dss-4.0.1:1.3.1', 'pci-dss-4.0.1:1.4.2'],
      },
      {
        family: 'bastion-works',
        of: region,
        statement: `Bastion in ${region} reaches Azure over HTTPS`,
        expect: 'allowed',
        from: [bastion],
        to: ['tag:AzureCloud'],
        traffic: [{ protocol: 'tcp', ports: [443] }],
        controls: ['pci-dss-4.0.1:1.2.5'],
      },
      {
        family: 'bastion-checks-certificates',
        of: region,
        statement: `Bastion in ${region} checks certificates over HTTP`,
        expect: 'allowed',
        from: [bastion],
        to: ['internet'],
        traffic: [{ protocol: 'tcp', ports: [80] }],
        controls: ['pci-dss-4.0.1:1.2.5'],
      },
      {
        family: 'bastion-hosts-reach-each-other',
        of: region,
        statement: `Instances of Bastion in ${region} reach each other on their two ports`,
        expect: 'allowed',
        from: [bastion],
        to: [bastion],
        traffic: [{ protocol: 'tcp', ports: [5701, 8080] }],
        controls: ['pci-dss-4.0.1:1.2.5'],
      },
      {
        family: 'load-balancer-probes-bastion',
        of: region,
        statement: `Azure’s load balancer probes Bastion in ${region} on 443`,
        expect: 'allowed',
        from: ['tag:AzureLoadBalancer'],
        to: [bastion],
        traffic: [{ protocol: 'tcp', ports: [443] }],
        controls: ['pci-dss-4.0.1:1.2.5'],
      },
      {
        family: 'load-balancer-probes-bastion-on-its-ports',
        of: region,
        statement: `Azure’s load balancer reaches Bastion in ${region} on its documented ports only`,
        expect: 'denied',
        from: ['tag:AzureLoadBalancer'],
        to: [bastion],
        traffic: [
          { protocol: 'tcp', ports: portsBut([443, 5701, 8080]) },
          { protocol: 'udp', ports: portsBut([5701, 8080]) },
        ],
        controls: ['pci-dss-4.0.1:1.2.5'],
      },
    ];
  });
}
