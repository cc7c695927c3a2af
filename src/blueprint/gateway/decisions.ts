import type { DecisionText } from '../draft.ts';

export const gatewayDecisions: readonly DecisionText[] = [
  {
    id: 'requests-are-inspected',
    title: 'A web application firewall inspects and blocks, with Microsoft’s newest rules and those against bots',
    because:
      'Every request is inspected whole, body and files too, before it reaches the ingress. A match is stopped, not only logged. There is no exclusion and no exception: each would be a way past.',
    alternatives: [
      { option: 'Detection only', whyNot: 'An attack would be known after it has succeeded.' },
      { option: 'The core rule set 3.2', whyNot: 'The oldest that is still supported, with more false alarms.' },
      { option: 'The firewall’s settings on the gateway itself', whyNot: 'They retire in March 2027.' },
    ],
    controls: ['pci-dss-4.0.1:6.4.2', 'pci-dss-4.0.1:6.2.4', 'pci-dss-4.0.1:11.5.1'],
    provedBy: ['gateways-block-attacks'],
  },
  {
    id: 'no-card-data-in-the-firewall-log',
    title: 'The firewall’s log names what matched, without its value',
    because:
      'A request that is blocked may carry a card number, and the log keeps what matched. Values of arguments, bodies, cookies and headers are masked.',
    alternatives: [{ option: 'Whole matches', whyNot: 'The log would be a store of card data.' }],
    controls: ['pci-dss-4.0.1:3.4.1', 'pci-dss-4.0.1:3.5.1', 'pci-dss-4.0.1:10.3.1'],
    provedBy: ['gateway-logs-are-scrubbed'],
  },
  {
    id: 'gateway-speaks-https-only',
    title: 'The gateway listens on 443 for one name, and on nothing else',
    because:
      'There is no port 80, not even to send browsers on: the first request would carry cookies and paths in the clear. Browsers are told to ask for HTTPS for a year. Requests for another name, or for none, get no answer.',
    alternatives: [
      {
        option: 'A redirect from HTTP',
        whyNot: 'Convenient for people who type the name, and open for whoever listens.',
      },
    ],
    controls: ['pci-dss-4.0.1:4.2.1', 'pci-dss-4.0.1:1.2.6', 'pci-dss-4.0.1:2.2.5'],
    provedBy: ['gateways-speak-https-only', 'gateway-takes-https-only'],
  },
  {
    id: 'gateway-takes-strong-ciphers',
    title: 'TLS 1.2 and 1.3, with ciphers that keep past traffic secret',
    because: 'Microsoft’s strict policy of 2022 has no cipher without forward secrecy and none in CBC mode.',
    alternatives: [
      {
        option: 'A list of our own',
        whyNot: 'It would have to be watched; the named policy is known to every assessor.',
      },
    ],
    controls: ['pci-dss-4.0.1:4.2.1', 'pci-dss-4.0.1:12.3.3'],
    provedBy: ['gateways-take-strong-ciphers'],
  },
  {
    id: 'certificates-come-from-the-vault',
    title: 'The gateway fetches its certificate from the vault, with an identity that reads nothing else',
    because:
      'No certificate stands in a template, parameter or deployment history. The address has no version, so that the gateway takes renewals by itself.',
    alternatives: [
      { option: 'A certificate in the template', whyNot: 'Its private key would stay in deployment history.' },
    ],
    controls: ['pci-dss-4.0.1:3.6.1', 'pci-dss-4.0.1:4.2.1.1', 'pci-dss-4.0.1:8.6.2'],
    provedBy: ['gateway-certificates-come-from-a-vault', 'gateway-reaches-the-vault'],
  },
  {
    id: 'encrypted-to-the-ingress',
    title: 'Behind the gateway requests are encrypted again, for an ingress that proves who it is',
    because:
      'The gateway checks the ingress’s certificate against our authority, with name and expiry. What pretends to be the ingress gets nothing.',
    alternatives: [
      { option: 'HTTP inside', whyNot: 'The network is private, but it is shared by nodes of every scope.' },
      { option: 'TLS without a check', whyNot: 'Encrypted to whoever answers.' },
    ],
    controls: ['pci-dss-4.0.1:4.2.1', 'pci-dss-4.0.1:1.4.2'],
    provedBy: ['gateways-encrypt-to-their-backends', 'only-the-gateway-reaches-the-ingress'],
  },
  {
    id: 'probe-asks-the-ingress',
    title: 'The gateway asks the ingress whether it can serve',
    because:
      'It asks for the ingress’s own health, over the same encrypted way as requests. The original asked for an icon of the workload, so that an icon could take payments down.',
    alternatives: [
      { option: 'The default probe', whyNot: 'Any answer between 200 and 399 counts, of whatever answers.' },
    ],
    controls: ['pci-dss-4.0.1:10.7.2', 'pci-dss-4.0.1:2.2.1'],
    provedBy: ['gateways-probe-their-backends'],
  },
  {
    id: 'gateway-outlives-a-zone',
    title: 'At least two instances in three zones',
    because: 'The loss of an instance, or its update, interrupts nobody. The original allowed none when idle.',
    alternatives: [{ option: 'Start from nothing', whyNot: 'The first customer after a quiet night waits minutes.' }],
    controls: ['pci-dss-4.0.1:10.7.2'],
    provedBy: ['gateways-outlive-a-zone'],
  },
  {
    id: 'gateway-has-one-public-address',
    title: 'The one public address of a cluster’s network is the gateway’s',
    because:
      'Browsers come to it, and to nothing else. It is the network team’s, in the network’s group, so that operating the cluster gives no right on it.',
    alternatives: [
      { option: 'In the cluster’s group', whyNot: 'Whoever operates the cluster could then open the edge.' },
    ],
    controls: ['pci-dss-4.0.1:1.3.1', 'pci-dss-4.0.1:1.4.1'],
    provedBy: ['gateways-reach-their-backends', 'internet-reaches-the-gateway-only', 'browsers-reach-the-gateway'],
  },
];
