import { formatPrefix } from '../../../kernel/address.ts';
import { registryAgentDiagnostics, registryAgentTags } from '../../firewall/destinations.ts';
import { allowIn, allowOut, denyPlatformDns, type SecurityRule } from '../../network/security-group.ts';
import { ports } from '../ports.ts';
import type { operatorSubnets } from '../refs.ts';
import { allowancesOut, dnsOut, httpsOut, privateEndpointsOut, type RuleInput } from './spoke-rules.ts';

function operatorRules(input: RuleInput, own: (typeof operatorSubnets)[number]): readonly SecurityRule[] {
  const { refs } = input;
  return [
    denyPlatformDns,
    allowOut('AllowApiServerOut', 'operators-reach-the-api-server', {
      protocol: 'Tcp',
      from: refs.ranges(own),
      to: refs.ranges(refs.apiServer),
      ports: [ports.https],
    }),
    privateEndpointsOut(input, own),
    ...dnsOut(input, own),
    httpsOut(input, own, 'operators-reach-azure'),
    ...allowancesOut(input, own, [443]),
  ];
}

export function jumpBoxRules(input: RuleInput): readonly SecurityRule[] {
  const { refs, hub } = input;
  const here = refs.ranges('managementOps');
  return [
    ...operatorRules(input, 'managementOps'),
    allowIn('AllowBastionSshIn', 'jump-boxes-through-bastion-only', {
      protocol: 'Tcp',
      from: [formatPrefix(hub.network.subnets.bastion)],
      to: here,
      ports: [ports.ssh],
    }),
    allowOut('AllowTimeOut', 'time-only-where-needed', {
      protocol: 'Udp',
      from: here,
      to: ['Internet'],
      ports: [ports.time],
    }),
  ];
}

/** Nobody connects to an agent: it fetches its work. */
export function deploymentAgentRules(input: RuleInput): readonly SecurityRule[] {
  return operatorRules(input, 'managementAgents');
}

/** Agents of the registries: the five services that Microsoft names, a rule each, since a rule holds one tag (statement 50). */
export function registryAgentRules(input: RuleInput): readonly SecurityRule[] {
  const { refs, cluster } = input;
  const decision = 'build-agents-through-the-firewall';
  return [
    denyPlatformDns,
    ...registryAgentTags(cluster.region).map((tag) =>
      allowOut(`Allow${tag.split('.')[0]}Out`, decision, {
        protocol: 'Tcp',
        from: refs.ranges('acrAgents'),
        to: [tag],
        ports: tag === registryAgentDiagnostics.tag ? [ports.https, `${registryAgentDiagnostics.port}`] : [ports.https],
      }),
    ),
    privateEndpointsOut(input, 'acrAgents'),
    ...dnsOut(input, 'acrAgents'),
    // To the rest of the Internet only what an allowance names, and then by name at the firewall.
    ...allowancesOut(input, 'acrAgents', []),
  ];
}
