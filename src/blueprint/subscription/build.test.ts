import { expect, test } from 'vitest';
import { buildBlueprint } from '../build.ts';
import { partOf } from '../test-parts.ts';
import { defaultSpec, twoRegionSpec } from '../test-spec.ts';

test('a group for each hub, each spoke, and the building of images', () => {
  const groups = (spec: typeof defaultSpec) =>
    partOf(buildBlueprint(spec), 'subscription').resources.map(({ name, location }) => `${name} ${location}`);
  expect(groups(defaultSpec)).toEqual([
    'rg-contoso-prod-hub-eastus2 eastus2',
    'rg-bu0001a0005-prod-images eastus2',
    'rg-bu0001a0005-prod-spoke-01 eastus2',
  ]);
  expect(groups(twoRegionSpec)).toEqual([
    'rg-contoso-prod-hub-eastus2 eastus2',
    'rg-contoso-prod-hub-westus3 westus3',
    'rg-bu0001a0005-prod-images eastus2',
    'rg-bu0001a0005-prod-spoke-east eastus2',
    'rg-bu0001a0005-prod-spoke-west westus3',
  ]);
});

test('nothing but groups is made at the subscription', () => {
  const outside = buildBlueprint(defaultSpec)
    .parts.flatMap((part) => part.resources)
    .filter(({ scope }) => scope.kind === 'subscription')
    .map(({ type }) => type);
  expect(new Set(outside)).toEqual(new Set(['Microsoft.Resources/resourceGroups']));
});
