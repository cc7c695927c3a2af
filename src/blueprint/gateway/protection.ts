import type { Resource, Value } from '../../model/resource.ts';
import type { DecisionText } from '../draft.ts';
import { idOf } from '../handles.ts';

/** How a gateway is protected by a policy of its own kind, and the ciphers that go with it. */
export function policyProtection(policy: Resource): Readonly<Record<string, Value>> {
  return {
    sslPolicy: { policyType: 'Predefined', policyName: 'AppGwSslPolicy20220101S' },
    firewallPolicy: { id: idOf(policy) },
    globalConfiguration: { enableRequestBuffering: true, enableResponseBuffering: true },
  };
}

/** How a gateway of 2021 protects by itself: the core rules of OWASP, blocking. */
export const inlineProtection: Readonly<Record<string, Value>> = {
  sslPolicy: {
    policyType: 'Custom',
    minProtocolVersion: 'TLSv1_2',
    cipherSuites: ['TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384', 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256'],
  },
  webApplicationFirewallConfiguration: {
    enabled: true,
    firewallMode: 'Prevention',
    ruleSetType: 'OWASP',
    ruleSetVersion: '3.2',
    disabledRuleGroups: [],
    exclusions: [],
    requestBodyCheck: true,
    maxRequestBodySizeInKb: 128,
    fileUploadLimitInMb: 100,
  },
};

export const inlineDecisions: readonly DecisionText[] = [
  {
    id: 'requests-are-inspected-inside-the-gateway',
    title: 'The gateway’s own web application firewall blocks by the core rules 3.2 of OWASP',
    because:
      'It is what the reference implementation has: prevention, no exclusion, bodies inspected. It has no rules against bots, and its log may hold what a request carried.',
    alternatives: [
      {
        option: 'A policy with Microsoft’s own rules',
        whyNot: 'Its rule sets 2.1 and 2.2 came later; profile `current` has it.',
      },
    ],
    controls: ['pci-dss-4.0.1:6.4.2', 'pci-dss-4.0.1:6.2.4'],
    provedBy: ['gateways-block-attacks'],
  },
];
