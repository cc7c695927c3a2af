import type { SecurityRule } from '../network/security-group.ts';

const network = ['VirtualNetwork'];
const anywhere = ['*'];

/**
 * The rules that Bastion requires, all of them and no other. Source: Microsoft, "Configure NSG rules for Azure Bastion"
 * (2026-02-24): without any of them Bastion gets no updates. The manager's rule stands before the Internet's, which would hide it.
 */
export const bastionRules: readonly SecurityRule[] = [
  {
    name: 'AllowGatewayManagerIn',
    decision: 'bastion-security-group-as-documented',
    direction: 'Inbound',
    access: 'Allow',
    protocol: 'Tcp',
    from: ['GatewayManager'],
    to: anywhere,
    ports: ['443'],
  },
  {
    name: 'AllowHttpsIn',
    decision: 'bastion-security-group-as-documented',
    direction: 'Inbound',
    access: 'Allow',
    protocol: 'Tcp',
    from: ['Internet'],
    to: anywhere,
    ports: ['443'],
  },
  {
    name: 'AllowLoadBalancerIn',
    decision: 'bastion-security-group-as-documented',
    direction: 'Inbound',
    access: 'Allow',
    protocol: 'Tcp',
    from: ['AzureLoadBalancer'],
    to: anywhere,
    ports: ['443'],
  },
  {
    name: 'AllowHostCommunicationIn',
    decision: 'bastion-security-group-as-documented',
    direction: 'Inbound',
    access: 'Allow',
    protocol: '*',
    from: network,
    to: network,
    ports: ['8080', '5701'],
  },
  {
    name: 'AllowSshRdpOut',
    decision: 'bastion-security-group-as-documented',
    direction: 'Outbound',
    access: 'Allow',
    protocol: '*',
    from: anywhere,
    to: network,
    ports: ['22', '3389'],
  },
  {
    name: 'AllowAzureCloudOut',
    decision: 'bastion-security-group-as-documented',
    direction: 'Outbound',
    access: 'Allow',
    protocol: 'Tcp',
    from: anywhere,
    to: ['AzureCloud'],
    ports: ['443'],
  },
  {
    name: 'AllowHostCommunicationOut',
    decision: 'bastion-security-group-as-documented',
    direction: 'Outbound',
    access: 'Allow',
    protocol: '*',
    from: network,
    to: network,
    ports: ['8080', '5701'],
  },
  {
    name: 'AllowHttpOut',
    decision: 'bastion-security-group-as-documented',
    direction: 'Outbound',
    access: 'Allow',
    protocol: '*',
    from: anywhere,
    to: ['Internet'],
    ports: ['80'],
  },
];
