import { formatPrefix } from '../../kernel/address.ts';
import type { HubSpec, ImageSpokeSpec } from '../../spec/spec.ts';
import { allowIn, allowOut, denyPlatformDns, overUdpAndTcp, type SecurityRule } from '../network/security-group.ts';

export interface ImageSpokeRules {
  readonly build: readonly SecurityRule[];
  readonly containers: readonly SecurityRule[];
}

/** The machine that becomes the image, and the container group that drives it over SSH: nothing else meets there. */
export function imageSpokeRules({ network }: ImageSpokeSpec, hub: HubSpec): ImageSpokeRules {
  const build = [formatPrefix(network.subnets.build)];
  const containers = [formatPrefix(network.subnets.containers)];
  const firewall = [formatPrefix(hub.network.subnets.firewall)];
  const dns = (from: readonly string[]): readonly SecurityRule[] =>
    overUdpAndTcp((protocol) =>
      allowOut('AllowDnsOut', 'dns-through-the-hub', { protocol, from, to: firewall, ports: ['53'] }),
    );
  const ssh = { protocol: 'Tcp', from: containers, to: build, ports: ['22'] } as const;
  return {
    build: [
      denyPlatformDns,
      allowIn('AllowBuilderSshIn', 'image-builder-without-proxy', ssh),
      ...dns(build),
      allowOut('AllowPackagesOut', 'image-builds-fetch-packages', {
        protocol: 'Tcp',
        from: build,
        to: ['Internet'],
        ports: ['80', '443'],
      }),
      allowOut('AllowTimeOut', 'time-only-where-needed', {
        protocol: 'Udp',
        from: build,
        to: ['Internet'],
        ports: ['123'],
      }),
    ],
    containers: [
      denyPlatformDns,
      allowOut('AllowBuilderSshOut', 'image-builder-without-proxy', ssh),
      ...dns(containers),
      allowOut('AllowServiceOut', 'image-builder-drives-builds', {
        protocol: 'Tcp',
        from: containers,
        to: ['Internet'],
        ports: ['443'],
      }),
    ],
  };
}
