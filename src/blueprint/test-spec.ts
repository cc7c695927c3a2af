import { parseSpec } from '../spec/load.ts';
import type { Spec } from '../spec/spec.ts';

const required = `
organization: { name: contoso }
azure:
  tenantId: 11111111-1111-4111-8111-111111111111
  subscriptionId: 22222222-2222-4222-8222-222222222222
  clusterAdminGroupId: 33333333-3333-4333-8333-333333333333
domains: { public: bicycle.contoso.com, ingress: aks-ingress.contoso.com }
`;

/** The spec that says as little as may be said, with more sections after it. */
export function testSpec(more = ''): Spec {
  return parseSpec(`${required}${more}`, 'landing-zone.yaml');
}

export const defaultSpec = testSpec();

/** The reference implementation of December 2021, and the day of its release. */
export const specOf2021 = testSpec('profile: "2021"');
export const dayOf2021 = new Date('2021-12-14T12:00:00Z');

/** Two clusters beside each other on one hub, and allowances. */
export const twoClusterSpec = testSpec(`
clusters: [{ name: '01' }, { name: '02' }]
egress:
  - { name: payment-provider, cluster: '01', from: in-scope, to: [api.pay.example.com], reason: Payments are settled there., owner: payments@contoso.com, expires: '2027-06-30' }
  - { name: weather, from: out-of-scope, to: ['*.weather.example.com'], port: 8443, reason: The page shows the weather., owner: web@contoso.com, expires: '2026-06-30' }
  - { name: base-images, from: build-agents, to: [mcr.microsoft.com], reason: Builds start from these images., owner: images@contoso.com, expires: '2027-12-31' }
`);

/** Two regions, each with a hub and a cluster. */
export const twoRegionSpec = testSpec(`
clusters: [{ name: east, region: eastus2 }, { name: west, region: westus3 }]
`);
