import { formatPrefix } from '../../kernel/address.ts';
import type { HubSpec, ImageSpokeSpec } from '../../spec/spec.ts';
import { allowIn, allowOut, denyPlatformDns, overUdpAndTcp, type SecurityRule } from '../network/security-group.ts';

export interface ImageSpokeRules {
  readonly build: readonly SecurityRule[];
  /** Empty where there are no container groups. */
  readonly containers: readonly SecurityRule[];
}

const outOf = (
  from: readonly string[],
  hub: HubSpec,
): Readonly<Record<'dns' | 'packages' | 'service', readonly SecurityRule[]>> => ({
  dns: overUdpAndTcp((protocol) =>
    allowOut('AllowDnsOut', 'dns-through-the-hub', {
      protocol,
      from,
      to: [formatPrefix(hub.network.subnets.firewall)],
      ports: ['53'],
    }),
  ),
  packages: [
    allowOut('AllowPackagesOut', 'image-builds-fetch-packages', {
      protocol: 'Tcp',
      from,
      to: ['Internet'],
      ports: ['80', '443'],
    }),
    allowOut('AllowTimeOut', 'time-only-where-needed', { protocol: 'Udp', from, to: ['Internet'], ports: ['123'] }),
  ],
  service: [
    allowOut('AllowServiceOut', 'image-builder-drives-builds', {
      protocol: 'Tcp',
      from,
      to: ['Internet'],
      ports: ['443'],
    }),
  ],
});

/** The machine that becomes the image, and what drives it over SSH: nothing else meets there. */
export function imageSpokeRules({ network }: ImageSpokeSpec, hub: HubSpec): ImageSpokeRules {
  const build = [formatPrefix(network.subnets.build)];
  const out = outOf(build, hub);
  if (network.subnets.containers === undefined) {
    return { build: [...proxyRules(build), ...out.dns, ...out.packages], containers: [] };
  }
  const containers = [formatPrefix(network.subnets.containers)];
  const ssh = { protocol: 'Tcp', from: containers, to: build, ports: ['22'] } as const;
  const fromContainers = outOf(containers, hub);
  return {
    build: [
      denyPlatformDns,
      allowIn('AllowBuilderSshIn', 'image-builder-without-proxy', ssh),
      ...out.dns,
      ...out.packages,
    ],
    containers: [
      denyPlatformDns,
      allowOut('AllowBuilderSshOut', 'image-builder-without-proxy', ssh),
      ...fromContainers.dns,
      ...fromContainers.service,
    ],
  };
}

/**
 * With a proxy machine in the subnet of the build: Azure's load balancer brings the service's calls to it on 60001, and it drives the
 * build over SSH. Source: Microsoft, "Azure VM Image Builder networking options".
 */
function proxyRules(here: readonly string[]): readonly SecurityRule[] {
  const decision = 'image-builder-through-a-proxy';
  const inside = { protocol: 'Tcp', from: here, to: here } as const;
  return [
    denyPlatformDns,
    allowIn('AllowLoadBalancerIn', decision, {
      protocol: 'Tcp',
      from: ['AzureLoadBalancer'],
      to: here,
      ports: ['60001'],
    }),
    allowIn('AllowProxyIn', decision, { ...inside, ports: ['60001'] }),
    allowIn('AllowBuilderSshIn', decision, { ...inside, ports: ['22'] }),
    allowOut('AllowBuilderSshOut', decision, { ...inside, ports: ['22'] }),
    allowOut('AllowProxyOut', decision, { ...inside, ports: ['60001'] }),
  ];
}
