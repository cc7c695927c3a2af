import type { DecisionText } from '../../draft.ts';

/** The way in, private endpoints, and people. */
export const edgeDecisions: readonly DecisionText[] = [
  {
    id: 'gateway-takes-https-from-the-internet',
    title: 'Application Gateway takes HTTPS from the Internet, and nothing else does or is',
    because:
      'One entrance, behind a web application firewall, on one port. There is no redirect from HTTP: a card holder’s browser never sends in the clear.',
    alternatives: [
      { option: 'HTTP with a redirect', whyNot: 'The first request would carry cookies and paths in the clear.' },
      {
        option: 'A public load balancer for the ingress',
        whyNot: 'Nothing would look at requests before they reach the cluster.',
      },
    ],
    controls: ['pci-dss-4.0.1:1.2.5', 'pci-dss-4.0.1:1.3.1', 'pci-dss-4.0.1:4.2.1', 'pci-dss-4.0.1:6.4.2'],
    provedBy: [
      'browsers-reach-the-gateway',
      'gateway-is-reached-from-outside-only',
      'gateway-takes-https-only',
      'internet-reaches-the-gateway-only',
    ],
  },
  {
    id: 'gateway-management-from-its-manager-only',
    title: 'Application Gateway’s management ports are open to Azure’s gateway manager and load balancer only',
    because:
      'Azure requires TCP 65200 to 65535 from GatewayManager, with any destination, and its load balancer’s probes. The original left the ports open to everybody.',
    alternatives: [
      {
        option: 'Private gateway with network isolation',
        whyNot:
          'A feature to register before the gateway is made; it makes these rules needless and is the way once it is generally on.',
      },
    ],
    controls: ['pci-dss-4.0.1:1.2.5', 'pci-dss-4.0.1:1.3.1'],
    provedBy: [
      'gateway-takes-https-only',
      'gateway-management-is-narrow',
      'gateway-manager-manages-the-gateway',
      'load-balancer-probes-the-gateway',
    ],
  },
  {
    id: 'gateway-egress-stays-open',
    title: 'Application Gateway’s subnet sends to the Internet without the firewall, and asks Azure’s own resolver',
    because:
      'Version 2 of the gateway does not work with a default route to an appliance, and Azure refuses a group that closes its way out. It resolves names at 168.63.129.16 whatever its network says. The subnet holds nothing but the gateway; inside, its group lets it reach the ingress and the private endpoints only.',
    alternatives: [
      { option: 'Route through the firewall', whyNot: 'Not supported: the gateway’s health and updates fail.' },
      { option: 'Network isolation', whyNot: 'Needs a registered feature before the gateway is made.' },
    ],
    controls: ['pci-dss-4.0.1:1.3.2', 'pci-dss-4.0.1:1.4.1'],
    provedBy: ['gateway-egress-stays-open', 'gateway-reaches-nothing-else-inside', 'default-routes-lead-to-a-firewall'],
    assumptions: [
      'Azure accepts a final denial in the gateway’s group as long as the Internet stays open, and gateway instances need no traffic among themselves.',
    ],
  },
  {
    id: 'gateway-reads-its-certificate',
    title: 'Application Gateway reads its certificate at the vault’s private endpoint',
    because:
      'The vault has no public door. The gateway is the only one at the edge that reaches a private endpoint, on 443.',
    alternatives: [
      { option: 'A certificate in the template', whyNot: 'Its private key would stand in deployment history.' },
    ],
    controls: ['pci-dss-4.0.1:1.2.5', 'pci-dss-4.0.1:3.6.1'],
    provedBy: ['gateway-reaches-the-vault', 'gateway-reaches-nothing-else-inside'],
    assumptions: ['The gateway reads listener certificates from a vault that has a private endpoint only.'],
  },
  {
    id: 'only-the-gateway-reaches-the-ingress',
    title: 'Nothing but Application Gateway reaches the ingress, at one address and port',
    because:
      'What has not passed the web application firewall must not reach the ingress, from inside the cluster’s network either. The load balancer in front of the ingress rewrites nothing with floating IP: nodes then see its address and port, and the group of the subnet that the address comes from is not asked. Both are modelled: the rule stands in the group of that subnet, of the platform’s nodes, and of the ingress’s pods.',
    alternatives: [
      {
        option: 'A rule in one of the groups',
        whyNot: 'Which of them is asked depends on how the load balancer delivers.',
      },
      {
        option: 'Open to the network',
        whyNot: 'Pods and jump boxes could then go around the web application firewall.',
      },
    ],
    controls: ['pci-dss-4.0.1:1.3.1', 'pci-dss-4.0.1:1.4.2', 'pci-dss-4.0.1:6.4.2'],
    provedBy: [
      'gateway-reaches-the-ingress',
      'only-the-gateway-reaches-the-ingress',
      'ingress-takes-https-only',
      'ingress-takes-one-port',
    ],
    assumptions: [
      'AKS’s load balancers use floating IP: groups of nodes see the frontend’s address and port, and the group of the frontend’s own subnet is not asked.',
      'The ingress’s pods listen on 443, the port of the Gateway’s listener.',
    ],
  },
  {
    id: 'private-endpoints-from-named-subnets',
    title: 'Private endpoints take 443 from the cluster, its operators and its build agents',
    because:
      'Vault, registries and monitoring are reached over HTTPS, from the subnets that use them. Endpoints never begin a connection.',
    alternatives: [
      { option: 'Open to the whole network', whyNot: 'Each later subnet would reach the vault without a decision.' },
    ],
    controls: ['pci-dss-4.0.1:1.2.5', 'pci-dss-4.0.1:1.3.1', 'pci-dss-4.0.1:1.4.2'],
    provedBy: [
      'private-endpoints-take-https-only',
      'private-endpoints-are-for-this-cluster',
      'private-endpoints-are-reached',
    ],
  },
  {
    id: 'rules-apply-to-private-endpoints',
    title: 'Security groups and routes apply to private endpoints',
    because:
      'Azure leaves private endpoints out of both unless the subnet says otherwise; the original’s rules for them had no effect.',
    alternatives: [{ option: 'Azure’s default', whyNot: 'The rules would look right and do nothing.' }],
    controls: ['pci-dss-4.0.1:1.2.8', 'pci-dss-4.0.1:1.3.1'],
    provedBy: ['private-endpoints-take-https-only', 'private-endpoints-are-for-this-cluster'],
  },
  {
    id: 'jump-boxes-through-bastion-only',
    title: 'Jump boxes take SSH from Bastion’s subnet, and nothing else',
    because:
      'Administration enters at one place, with a recorded session. Even inside the cluster’s network nobody reaches a jump box.',
    alternatives: [
      {
        option: 'SSH from the network',
        whyNot: 'A broken pod could then try keys on the machine that administers the cluster.',
      },
    ],
    controls: ['pci-dss-4.0.1:1.3.1', 'pci-dss-4.0.1:2.2.7', 'pci-dss-4.0.1:8.4.2'],
    provedBy: [
      'jump-boxes-are-reached-through-bastion-only',
      'jump-boxes-take-ssh-only',
      'bastion-reaches-jump-boxes',
      'bastion-reaches-jump-boxes-only',
      'no-remote-login-inside',
    ],
  },
  {
    id: 'operators-reach-the-api-server',
    title: 'Jump boxes and deployment agents reach the API server on 443',
    because:
      'The API server has no public door, and commands through Azure’s own channel are off: these two subnets are where it is administered from.',
    alternatives: [
      {
        option: 'Run commands through Azure Resource Manager',
        whyNot: 'They run as the cluster’s administrator and are not recorded as sessions.',
      },
    ],
    controls: ['pci-dss-4.0.1:1.2.5', 'pci-dss-4.0.1:2.2.7'],
    provedBy: [
      'api-server-is-reached',
      'operators-reach-the-api-port-only',
      'api-server-is-reached-by-the-cluster-only',
    ],
  },
];
