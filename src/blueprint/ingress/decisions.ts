import type { DecisionText } from '../draft.ts';

export const ingressDecisions: readonly DecisionText[] = [
  {
    id: 'ingress-by-gateway-api',
    title: 'The ingress is a Gateway of ours that the mesh runs, behind an internal load balancer at a fixed address',
    because:
      'The Gateway API is what Kubernetes goes on with; the mesh makes the proxy for it and keeps it patched. It stands in a namespace of ours, so that default deny, quota and certificate are ours as well. The load balancer keeps the client’s address, since policies judge by it.',
    alternatives: [
      {
        option: 'The add-on’s own ingress gateway',
        whyNot: 'It runs in a namespace that AKS owns, where no policy of ours may stand.',
      },
      { option: 'ingress-nginx', whyNot: 'Its project ended in March 2026.' },
    ],
    controls: ['pci-dss-4.0.1:1.3.1', 'pci-dss-4.0.1:1.4.1', 'pci-dss-4.0.1:6.3.3'],
    provedBy: [],
    assumptions: [
      'AKS’s add-on takes externalTrafficPolicy, scaling and disruption budget of a gateway from its ConfigMap.',
      'The gateway’s pods listen on the port of the Gateway itself, 443.',
    ],
  },
  {
    id: 'ingress-answers-the-gateway-only',
    title: 'The ingress accepts Application Gateway’s subnet, one host name, GET, and calls one component',
    because:
      'Security groups say the same one layer below. What comes in is inspected by the web application firewall first, or it does not come in.',
    alternatives: [{ option: 'Every address of the network', whyNot: 'Any pod or machine would come in uninspected.' }],
    controls: ['pci-dss-4.0.1:1.2.5', 'pci-dss-4.0.1:1.3.1', 'pci-dss-4.0.1:6.4.2'],
    provedBy: [],
  },
];
