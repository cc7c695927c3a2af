import { expect, test } from 'vitest';
import { buildBlueprint } from '../build.ts';
import { partOf } from '../test-parts.ts';
import { defaultSpec, twoRegionSpec } from '../test-spec.ts';

test('a group for each hub, each spoke, the building of images, and what parts need besides', () => {
  const groups = (spec: typeof defaultSpec) =>
    partOf(buildBlueprint(spec), 'subscription').resources.map(({ name, location }) => `${name} ${location}`);
  expect(groups(defaultSpec)).toEqual([
    'rg-contoso-prod-governance eastus2',
    'rg-contoso-prod-hub-eastus2 eastus2',
    'rg-contoso-prod-monitoring-eastus2 eastus2',
    'NetworkWatcherRG eastus2',
    'rg-bu0001a0005-prod-images eastus2',
    'rg-bu0001a0005-prod-jump-box-images eastus2',
    'rg-bu0001a0005-prod-spoke-01 eastus2',
    'rg-bu0001a0005-prod-cluster-01 eastus2',
  ]);
  expect(groups(twoRegionSpec)).toEqual([
    'rg-contoso-prod-governance eastus2',
    'rg-contoso-prod-hub-eastus2 eastus2',
    'rg-contoso-prod-hub-westus3 westus3',
    'rg-contoso-prod-monitoring-eastus2 eastus2',
    'rg-contoso-prod-monitoring-westus3 westus3',
    'NetworkWatcherRG eastus2',
    'rg-bu0001a0005-prod-images eastus2',
    'rg-bu0001a0005-prod-jump-box-images eastus2',
    'rg-bu0001a0005-prod-spoke-east eastus2',
    'rg-bu0001a0005-prod-spoke-west westus3',
    'rg-bu0001a0005-prod-cluster-east eastus2',
    'rg-bu0001a0005-prod-cluster-west westus3',
  ]);
});

test('what is made at the subscription is groups, rights, policies, Defender, the budget and the export of its log', () => {
  const outside = buildBlueprint(defaultSpec, { today: new Date('2026-11-24T00:00:00Z') })
    .parts.flatMap((part) => part.resources)
    .filter(({ scope }) => scope.kind === 'subscription')
    .map(({ type }) => type);
  expect(new Set(outside)).toEqual(
    new Set([
      'Microsoft.Authorization/policyAssignments',
      'Microsoft.Authorization/policyDefinitions',
      'Microsoft.Authorization/roleDefinitions',
      'Microsoft.Consumption/budgets',
      'Microsoft.Insights/diagnosticSettings',
      'Microsoft.Resources/resourceGroups',
      'Microsoft.Security/pricings',
      'Microsoft.Security/securityContacts',
    ]),
  );
});
