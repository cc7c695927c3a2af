import { describe, expect, test } from 'vitest';
import { group, network, properties, refusal, testWorld } from './test-world.ts';

const workspace = `${group}/Microsoft.OperationalInsights/workspaces/log-hub`;
const identity = `${group}/Microsoft.ManagedIdentity/userAssignedIdentities/id-aks`;
const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('Log Analytics workspaces', () => {
  test('are completed as the service does (REST reference, Workspaces - Create Or Update, sample response)', () => {
    const made = properties(testWorld().put(workspace, { properties: { retentionInDays: 90 } }));
    expect(made).toMatchObject({
      provisioningState: 'Succeeded',
      retentionInDays: 90,
      sku: { name: 'PerGB2018' },
      workspaceCapping: { dailyQuotaGb: -1 },
      publicNetworkAccessForIngestion: 'Enabled',
    });
    expect(made.customerId).toMatch(guid);
  });

  test('have the same customer id and keys in every run, and others for another name', () => {
    const facts = [workspace, workspace, `${workspace}-2`].map((id) => {
      const world = testWorld();
      return [properties(world.put(id)).customerId, world.action(id, 'sharedkeys')];
    });
    expect(facts[1]).toEqual(facts[0]);
    expect(facts[2]).not.toEqual(facts[0]);
    const keys = facts[0]?.[1] as { primarySharedKey: string; secondarySharedKey: string };
    // 64 bytes in Base64, as the service's keys.
    expect(Buffer.from(keys.primarySharedKey, 'base64')).toHaveLength(64);
    expect(keys.secondarySharedKey).not.toBe(keys.primarySharedKey);
  });

  test.each([
    // learn.microsoft.com, data retention and legacy pricing tiers.
    ['29 days', { retentionInDays: 29 }, 'InvalidParameter'],
    ['731 days', { retentionInDays: 731 }, 'InvalidParameter'],
    ['a tier that is not sold any more', { sku: { name: 'Standalone' } }, 'InvalidParameter'],
    ['a tier that is none', { sku: { name: 'Gold' } }, 'InvalidParameter'],
    [
      'a reservation of 150 GB',
      { sku: { name: 'CapacityReservation', capacityReservationLevel: 150 } },
      'InvalidParameter',
    ],
  ])('%s: %s', (_case, body, code) => {
    expect(refusal(() => testWorld().put(workspace, { properties: body })).code).toBe(code);
  });

  test.each(['log', '-log-hub', 'log_hub'])('%s is no name', (name) => {
    expect(refusal(() => testWorld().put(workspace.replace('log-hub', name))).code).toBe('InvalidResourceName');
  });
});

test('an identity has ids of its own', () => {
  const world = testWorld();
  const made = properties(world.put(identity));
  expect(made.tenantId).toBe(world.context.tenantId);
  expect(made.principalId).toMatch(guid);
  expect(made.clientId).toMatch(guid);
  expect(made.clientId).not.toBe(made.principalId);
  expect(refusal(() => world.put(identity.replace('id-aks', '-x'))).code).toBe('InvalidResourceName');
});

describe('diagnostic settings', () => {
  const nsg = `${network}/networkSecurityGroups/nsg`;
  const setting = (name: string, scope = nsg) => `${scope}/providers/Microsoft.Insights/diagnosticSettings/${name}`;
  const logs = [{ categoryGroup: 'allLogs', enabled: true }];
  const world = () => {
    const made = testWorld();
    made.put(workspace);
    made.put(nsg);
    return made;
  };

  test('hang on a resource', () => {
    const made = world().put(setting('all'), { properties: { workspaceId: workspace, logs } });
    expect(made.id).toBe(setting('all'));
    expect(properties(made)).toMatchObject({
      workspaceId: workspace,
      metrics: [],
      logs: [{ categoryGroup: 'allLogs' }],
    });
  });

  test.each([
    ['no sink', setting('s'), { logs }, 400],
    ['nothing to send', setting('s'), { workspaceId: workspace }, 400],
    [
      'category and group in one',
      setting('s'),
      { workspaceId: workspace, logs: [{ category: 'A', categoryGroup: 'audit', enabled: true }] },
      400,
    ],
    ['a workspace that is not there', setting('s'), { workspaceId: `${workspace}-x`, logs }, 404],
    ['a resource that is not there', setting('s', `${nsg}x`), { workspaceId: workspace, logs }, 404],
  ])('%s is refused', (_case, id, body, status) => {
    expect(refusal(() => world().put(id, { properties: body })).status).toBe(status);
  });

  test('one sink takes a category once (learn.microsoft.com, diagnostic settings troubleshooting: sink already used)', () => {
    const made = world();
    made.put(setting('one'), { properties: { workspaceId: workspace, logs } });
    const error = refusal(() => made.put(setting('two'), { properties: { workspaceId: workspace, logs } }));
    expect(error).toMatchObject({
      status: 409,
      code: 'Conflict',
      message: expect.stringContaining("is already used in diagnostic setting 'one'"),
    });
    made.put(setting('one'), { properties: { workspaceId: workspace, logs } });
  });
});

test('one network watcher a region and subscription', () => {
  const world = testWorld();
  world.put(`${network}/networkWatchers/NetworkWatcher_eastus2`);
  expect(refusal(() => world.put(`${network}/networkWatchers/other`)).code).toBe('NetworkWatcherCountLimitReached');
  world.put(`${network}/networkWatchers/other`, { location: 'westus2' });
});

test('a DDoS plan and an application security group stay while something uses them', () => {
  const world = testWorld();
  const plan = `${network}/ddosProtectionPlans/plan`;
  const asg = `${network}/applicationSecurityGroups/asg`;
  world.put(plan);
  world.put(asg);
  world.put(`${network}/virtualNetworks/v`, {
    properties: {
      addressSpace: { addressPrefixes: ['10.0.0.0/24'] },
      ddosProtectionPlan: { id: plan },
      enableDdosProtection: true,
    },
  });
  const rule = {
    protocol: '*',
    sourceApplicationSecurityGroups: [{ id: asg }],
    sourcePortRange: '*',
    destinationAddressPrefix: '*',
    destinationPortRange: '*',
    access: 'Allow',
    priority: 100,
    direction: 'Inbound',
  };
  world.put(`${network}/networkSecurityGroups/nsg`, {
    properties: { securityRules: [{ name: 'r', properties: rule }] },
  });
  expect(refusal(() => world.delete(plan)).code).toBe('DdosProtectionPlanInUse');
  expect(refusal(() => world.delete(asg)).code).toBe('InUseApplicationSecurityGroupCannotBeDeleted');
});
