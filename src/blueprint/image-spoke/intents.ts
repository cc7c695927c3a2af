import { formatPrefix } from '../../kernel/address.ts';
import type { BuildContext } from '../context.ts';
import type { IntentDraft } from '../draft.ts';
import { imageBuilderServiceNames, packageNames, timeNames, toolNames } from '../firewall/destinations.ts';
import { hubRefs } from '../hub/refs.ts';
import { everythingButTcp, portsBut } from '../network/traffic.ts';
import { imageIntent } from './image-intent.ts';
import { proxyIntents } from './proxy-intents.ts';
import { imageSpokeRefs } from './refs.ts';

export function imageSpokeIntents(context: BuildContext): readonly IntentDraft[] {
  const { spec } = context;
  const { build, containers } = imageSpokeRefs(context);
  if (spec.imageSpoke.network.subnets.containers === undefined) return proxyIntents(context);
  const hub = hubRefs(context, spec.imageSpoke.region);
  const { allowed, denied } = imageIntent;
  return [
    denied(
      'image-build-machine-is-reached-by-its-builder-only',
      'nothing but the image builder’s containers reaches a machine that becomes an image',
      { from: ['any'], exceptFrom: [containers], to: [build] },
      '1.3.1',
      '1.4.2',
    ),
    denied(
      'image-build-machine-takes-ssh-only',
      'the image builder reaches the machine over SSH and in no other way',
      { from: [containers], to: [build], traffic: everythingButTcp(22) },
      '1.2.5',
    ),
    allowed(
      'image-builder-reaches-its-machine',
      'the image builder reaches the machine over SSH',
      { from: [containers], to: [build], traffic: [{ protocol: 'tcp', ports: [22] }] },
      '1.2.5',
    ),
    denied(
      'image-builder-is-not-reached',
      'nothing connects to the image builder’s containers',
      { from: ['any'], to: [containers] },
      '1.3.1',
    ),
    denied(
      'image-build-egress-by-name-only',
      'a machine that becomes an image fetches from named sources only',
      { from: [build], to: ['internet'], exceptTo: [...packageNames, ...toolNames, ...timeNames] },
      '1.3.2',
      '6.3.2',
    ),
    denied(
      'image-build-egress-on-named-ports-only',
      'a machine that becomes an image sends to the Internet on TCP 80 and 443 and UDP 123 only',
      {
        from: [build],
        to: ['internet'],
        traffic: [
          { protocol: 'tcp', ports: portsBut([80, 443]) },
          { protocol: 'udp', ports: portsBut([123]) },
          { protocol: 'icmp' },
        ],
      },
      '1.2.5',
      '1.3.2',
    ),
    denied(
      'image-build-plain-http-for-packages-only',
      'a machine that becomes an image uses plain HTTP for signed packages only',
      { from: [build], to: ['internet'], exceptTo: packageNames, traffic: [{ protocol: 'tcp', ports: [80] }] },
      '1.2.6',
    ),
    allowed(
      'image-builds-reach-packages',
      'a machine that becomes an image reaches package mirrors',
      { from: [build], to: packageNames, traffic: [{ protocol: 'tcp', ports: [80, 443] }] },
      '1.2.5',
    ),
    allowed(
      'image-builds-reach-tools',
      'a machine that becomes an image reaches releases of its tools',
      { from: [build], to: toolNames, traffic: [{ protocol: 'tcp', ports: [443] }] },
      '1.2.5',
    ),
    allowed(
      'image-builds-get-the-time',
      'a machine that becomes an image gets the time from ntp.ubuntu.com',
      { from: [build], to: timeNames, traffic: [{ protocol: 'udp', ports: [123] }] },
      '10.6.1',
    ),
    denied(
      'image-builder-egress-by-name-only',
      'the image builder’s containers reach Azure’s management, sign-in and storage only',
      { from: [containers], to: ['internet'], exceptTo: imageBuilderServiceNames },
      '1.3.2',
    ),
    denied(
      'image-builder-egress-over-https-only',
      'the image builder’s containers send HTTPS to the Internet and nothing else',
      { from: [containers], to: ['internet'], traffic: everythingButTcp(443) },
      '1.2.5',
      '1.3.2',
    ),
    allowed(
      'image-builds-reach-by-name',
      'the image builder’s containers reach Azure’s management, sign-in and storage',
      { from: [containers], to: imageBuilderServiceNames, traffic: [{ protocol: 'tcp', ports: [443] }] },
      '1.2.5',
    ),
    denied(
      'image-spoke-platform-dns-is-closed',
      'no machine asks Azure’s own resolver',
      { from: [build, containers], to: ['tag:AzurePlatformDNS'] },
      '1.3.2',
    ),
    allowed(
      'hub-resolves-names-for-image-builds',
      'machines and containers ask the hub’s firewall for names',
      {
        from: [build, containers],
        to: [hub.firewallEndpoint],
        traffic: [
          { protocol: 'udp', ports: [53] },
          { protocol: 'tcp', ports: [53] },
        ],
      },
      '1.2.5',
    ),
    denied(
      'image-spoke-does-not-enter-clusters',
      'nothing in the network reaches a cluster',
      { from: [build, containers], to: spec.clusters.map(({ network }) => formatPrefix(network.addressSpace)) },
      '1.3.1',
      '1.4.2',
      '11.4.5',
    ),
    denied(
      'image-spoke-does-not-enter-the-hub',
      'nothing in the network reaches the hub, but its firewall for names',
      {
        from: [build, containers],
        to: [hub.subnets.firewall, hub.subnets.gateway, hub.subnets.bastion],
        exceptTo: [hub.firewallEndpoint],
      },
      '1.3.2',
      '1.4.2',
    ),
  ];
}
