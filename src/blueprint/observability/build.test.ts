import { expect, test } from 'vitest';
import { buildBlueprint } from '../build.ts';
import { propertiesOf } from '../test-parts.ts';
import { defaultSpec, testSpec } from '../test-spec.ts';

const workspace = (spec: typeof defaultSpec) => propertiesOf(buildBlueprint(spec), 'hub/eastus2/workspace');

test('logs are kept for twelve months at least', () => {
  // PCI DSS 10.5.1, azure-2026-and-pci section 3.
  expect(workspace(defaultSpec).retentionInDays).toBe(365);
  expect(workspace(testSpec('retention: { logs: 730 }')).retentionInDays).toBe(730);
});

test('a workspace cannot keep everything searchable for longer than 730 days', () => {
  // Microsoft.OperationalInsights/workspaces: retentionInDays.
  expect(workspace(testSpec('retention: { logs: 1095 }')).retentionInDays).toBe(730);
});

test('the workspace has no public endpoint and no shared keys', () => {
  // original-azure C11: public ingestion and query were on.
  expect(workspace(defaultSpec)).toMatchObject({
    publicNetworkAccessForIngestion: 'Disabled',
    publicNetworkAccessForQuery: 'Disabled',
    features: { disableLocalAuth: true },
  });
});
