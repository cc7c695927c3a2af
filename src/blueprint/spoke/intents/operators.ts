import type { IntentDraft } from '../../draft.ts';
import { everythingButTcp } from '../../network/traffic.ts';
import { nodeSubnets, podSubnets } from '../refs.ts';
import { type IntentInput, intentsOf, tcp, udpAndTcp } from './spoke-intent.ts';

/** Who administers, and how names and time are got. */
export function operatorIntents(input: IntentInput): readonly IntentDraft[] {
  const { refs, hub } = input;
  const { allowed, denied } = intentsOf(input);
  const jumpBoxes = refs.endpoints('managementOps');
  const bastion = [hub.subnets.bastion];
  const agents = refs.endpoints('managementAgents', 'acrAgents');
  const resolvers = refs.endpoints(...nodeSubnets, 'podsSystem', 'managementOps', 'managementAgents', 'acrAgents');
  const otherPods = refs.endpoints('podsPlatform', 'podsInScope', 'podsOutOfScope');
  return [
    denied(
      'jump-boxes-are-reached-through-bastion-only',
      'nothing but Bastion reaches the jump boxes',
      { from: ['any'], exceptFrom: bastion, to: jumpBoxes },
      '1.3.1',
      '2.2.7',
    ),
    denied(
      'jump-boxes-take-ssh-only',
      'Bastion reaches the jump boxes over SSH and in no other way',
      { from: bastion, to: jumpBoxes, traffic: everythingButTcp(22) },
      '1.2.5',
      '2.2.7',
    ),
    allowed(
      'bastion-reaches-jump-boxes',
      'Bastion reaches the jump boxes over SSH',
      { from: bastion, to: jumpBoxes, traffic: tcp(22) },
      '2.2.7',
    ),
    denied(
      'bastion-reaches-jump-boxes-only',
      'Bastion reaches no other subnet of the cluster’s network',
      {
        from: bastion,
        // Of private endpoints nothing is claimed where security groups do not apply to them.
        to: refs.endpoints(
          ...refs.subnets.filter(
            (id) =>
              id !== 'managementOps' && (id !== 'privateLinkEndpoints' || input.components.endpointRules === 'applied'),
          ),
        ),
      },
      '1.3.1',
      '1.4.2',
      '2.2.7',
    ),
    denied(
      'no-remote-login-inside',
      'no SSH or RDP to nodes from outside the nodes, nor to pods from outside the cluster',
      {
        from: ['any'],
        exceptFrom: refs.endpoints(...nodeSubnets, ...podSubnets),
        to: refs.endpoints(...nodeSubnets, ...podSubnets),
        traffic: tcp(22, 3389),
      },
      '1.2.6',
      '2.2.7',
    ),
    denied(
      'agents-are-not-reached',
      'nothing connects to deployment agents or build agents: they fetch their work',
      { from: ['any'], to: agents },
      '1.3.1',
    ),
    denied(
      'platform-dns-is-closed',
      'no subnet but Application Gateway’s asks Azure’s own resolver',
      {
        from: refs.endpoints(...refs.subnets.filter((id) => id !== 'applicationGateway')),
        to: ['tag:AzurePlatformDNS'],
      },
      '1.3.2',
    ),
    allowed(
      'hub-resolves-names',
      'nodes, the cluster’s DNS, operators and build agents ask the hub’s firewall for names',
      { from: resolvers, to: [hub.firewallEndpoint], traffic: udpAndTcp(53) },
      '1.2.5',
    ),
    denied(
      'pods-do-not-ask-the-hub',
      'pods other than the system’s ask no resolver but the cluster’s',
      { from: otherPods, to: [hub.subnets.firewall] },
      '1.3.2',
    ),
    allowed(
      'jump-boxes-get-the-time',
      'jump boxes get the time from ntp.ubuntu.com',
      { from: jumpBoxes, to: ['ntp.ubuntu.com'], traffic: [{ protocol: 'udp', ports: [123] }] },
      '10.6.1',
    ),
  ];
}
