import { formatPrefix } from '../../kernel/address.ts';
import type { BuildContext } from '../context.ts';
import type { IntentDraft } from '../draft.ts';
import { imageBuilderServiceNames, packageNames, timeNames, toolNames } from '../firewall/destinations.ts';
import { hubRefs } from '../hub/refs.ts';
import { everythingButTcp, portsBut } from '../network/traffic.ts';
import { imageIntent } from './image-intent.ts';
import { imageSpokeRefs } from './refs.ts';

/** What holds where a proxy machine in the subnet of the build drives it. */
export function proxyIntents(context: BuildContext): readonly IntentDraft[] {
  const { spec } = context;
  const { build } = imageSpokeRefs(context);
  const hub = hubRefs(context, spec.imageSpoke.region);
  const { allowed, denied } = imageIntent;
  const here = [build];
  return [
    denied(
      'image-build-machine-is-reached-by-its-builder-only',
      'nothing but Azure’s load balancer and the subnet itself reaches the machines of a build',
      { from: ['any'], exceptFrom: [build, 'tag:AzureLoadBalancer'], to: here },
      '1.3.1',
      '1.4.2',
    ),
    denied(
      'image-build-machine-takes-ssh-only',
      'machines of a build reach each other over SSH and on the proxy’s port only',
      { from: here, to: here, traffic: everythingButTcp(22, 60001) },
      '1.2.5',
    ),
    allowed(
      'image-builder-reaches-its-machine',
      'the proxy reaches the machine over SSH',
      { from: here, to: here, traffic: [{ protocol: 'tcp', ports: [22] }] },
      '1.2.5',
    ),
    allowed(
      'image-builder-reaches-its-proxy',
      'Azure’s load balancer and the subnet itself reach the proxy on its port',
      { from: [build, 'tag:AzureLoadBalancer'], to: here, traffic: [{ protocol: 'tcp', ports: [60001] }] },
      '1.2.5',
    ),
    denied(
      'image-builder-reaches-its-proxy-alone',
      'Azure’s load balancer reaches the proxy on its port, and no other port of the subnet',
      { from: ['tag:AzureLoadBalancer'], to: here, traffic: everythingButTcp(60001) },
      '1.2.5',
      '1.3.1',
    ),
    allowed(
      'hub-resolves-names-for-image-builds',
      'machines of a build ask the hub’s firewall for names',
      {
        from: here,
        to: [hub.firewallEndpoint],
        traffic: [
          { protocol: 'udp', ports: [53] },
          { protocol: 'tcp', ports: [53] },
        ],
      },
      '1.2.5',
    ),
    denied(
      'image-build-egress-by-name-only',
      'machines of a build fetch from named sources, and reach Azure’s management and storage, only',
      {
        from: here,
        to: ['internet'],
        exceptTo: [...packageNames, ...toolNames, ...timeNames, ...imageBuilderServiceNames],
      },
      '1.3.2',
      '6.3.2',
    ),
    denied(
      'image-build-egress-on-named-ports-only',
      'machines of a build send to the Internet on TCP 80 and 443 and UDP 123 only',
      {
        from: here,
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
      'machines of a build use plain HTTP for signed packages only',
      { from: here, to: ['internet'], exceptTo: packageNames, traffic: [{ protocol: 'tcp', ports: [80] }] },
      '1.2.6',
    ),
    allowed(
      'image-builds-reach-packages',
      'machines of a build reach package mirrors',
      { from: here, to: packageNames, traffic: [{ protocol: 'tcp', ports: [80, 443] }] },
      '1.2.5',
    ),
    allowed(
      'image-builds-reach-tools',
      'machines of a build reach releases of its tools',
      { from: here, to: toolNames, traffic: [{ protocol: 'tcp', ports: [443] }] },
      '1.2.5',
    ),
    allowed(
      'image-builds-reach-by-name',
      'machines of a build reach Azure’s management, sign-in and storage',
      { from: here, to: imageBuilderServiceNames, traffic: [{ protocol: 'tcp', ports: [443] }] },
      '1.2.5',
    ),
    allowed(
      'image-builds-get-the-time',
      'machines of a build get the time from ntp.ubuntu.com',
      { from: here, to: timeNames, traffic: [{ protocol: 'udp', ports: [123] }] },
      '10.6.1',
    ),
    denied(
      'image-spoke-platform-dns-is-closed',
      'no machine asks Azure’s own resolver',
      { from: here, to: ['tag:AzurePlatformDNS'] },
      '1.3.2',
    ),
    denied(
      'image-spoke-does-not-enter-clusters',
      'nothing in the network reaches a cluster',
      { from: here, to: spec.clusters.map(({ network }) => formatPrefix(network.addressSpace)) },
      '1.3.1',
      '1.4.2',
      '11.4.5',
    ),
    denied(
      'image-spoke-does-not-enter-the-hub',
      'nothing in the network reaches the hub, but its firewall for names',
      {
        from: here,
        to: [hub.subnets.firewall, hub.subnets.gateway, hub.subnets.bastion],
        exceptTo: [hub.firewallEndpoint],
      },
      '1.3.2',
      '1.4.2',
    ),
  ];
}
