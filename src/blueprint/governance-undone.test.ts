import { describe, expect, test } from 'vitest';
import type { Blueprint } from '../model/blueprint.ts';
import type { Resource } from '../model/resource.ts';
import { verify } from '../verify/verify.ts';
import { buildBlueprint } from './build.ts';
import { defaultSpec } from './test-spec.ts';
import { stateOf } from './test-state.ts';

const blueprint = buildBlueprint(defaultSpec, { today: new Date('2026-11-24T12:00:00Z') });

describe('undoing', () => {
  const intentsOf = (of: Blueprint) => of.parts.flatMap((part) => part.intents);
  /** A resource is gone, or changed, and everything else is as it was. */
  const changed = (find: (one: Resource) => boolean, change?: (one: Resource) => Resource): Blueprint => ({
    ...blueprint,
    parts: blueprint.parts.map((part) => ({
      ...part,
      resources: part.resources.flatMap((one) => (find(one) ? (change === undefined ? [] : [change(one)]) : [one])),
    })),
  });
  const found = (of: Blueprint) => verify(stateOf(of), []).findings.map(({ ruleId }) => ruleId);
  const set = (one: Resource, values: Readonly<Record<string, unknown>>): Resource =>
    ({ ...one, properties: { ...(one.properties as object), ...values } }) as Resource;
  const workspaces = 'Microsoft.OperationalInsights/workspaces';
  const policies = 'Microsoft.Network/firewallPolicies';
  const bastions = 'Microsoft.Network/bastionHosts';
  const type = (wanted: string) => (one: Resource) => one.type === wanted;

  test.each<[string, (one: Resource) => boolean, ((one: Resource) => Resource) | undefined]>([
    ['defender-plans-are-on', (one) => one.key === 'defender/Containers', undefined],
    ['defender-plans-are-on', (one) => one.key === 'defender/Arm', (one) => set(one, { enforce: 'False' })],
    [
      'security-contacts-are-named',
      type('Microsoft.Security/securityContacts'),
      (one) => set(one, { isEnabled: false }),
    ],
    [
      'custom-roles-grant-no-wildcard-over-everything',
      (one) => one.key === 'policy/role-network',
      (one) => set(one, { permissions: [{ actions: ['Microsoft.Network/*'] }] }),
    ],
    ['policies-deny-what-they-can', (one) => one.key === 'policy/aks-is-private', undefined],
    [
      'policies-deny-what-they-can',
      (one) => one.key === 'policy/aks-is-private',
      (one) => set(one, { enforcementMode: 'DoNotEnforce' }),
    ],
    ['compliance-initiative-is-assigned', (one) => one.key === 'policy/pci-dss-4-0-1', undefined],
    [
      'mending-policies-have-rights',
      (one) => one.key.includes('/may-') || one.key.includes('compliance-may'),
      undefined,
    ],
    ['every-network-has-a-flow-log', (one) => one.key.endsWith('spoke-01/virtual-network/flow-log'), undefined],
    [
      'log-storage-is-closed',
      type('Microsoft.Storage/storageAccounts'),
      (one) => set(one, { allowSharedKeyAccess: true }),
    ],
    ['log-storage-is-closed', type('Microsoft.Storage/storageAccounts/blobServices'), undefined],
    ['archived-logs-are-immutable', (one) => one.name.includes('am-aksaudit/default'), undefined],
    [
      'tables-are-kept-twelve-months',
      type('Microsoft.OperationalInsights/workspaces/tables'),
      (one) => set(one, { totalRetentionInDays: 90 }),
    ],
    [
      'monitoring-is-private-only',
      type('Microsoft.Insights/privateLinkScopes'),
      (one) => set(one, { accessModeSettings: { ingestionAccessMode: 'Open', queryAccessMode: 'PrivateOnly' } }),
    ],
    ['sentinel-is-on', (one) => one.key.includes('/incident-'), undefined],
    ['what-logs-has-a-diagnostic-setting', (one) => one.key === 'hub/eastus2/firewall/diagnostics', undefined],
    ['activity-log-is-exported', (one) => one.key === 'subscription/activity-log', undefined],
    [
      'alerts-reach-somebody',
      (one) => one.key.endsWith('action-group-security'),
      (one) => set(one, { enabled: false }),
    ],
    [
      'image-tools-have-digests',
      type('Microsoft.VirtualMachineImages/imageTemplates'),
      (one) =>
        set(one, {
          customize: [{ type: 'Shell', name: 'x', inline: ['curl -s https://get.example/install | sudo bash'] }],
        }),
    ],
    [
      'scale-sets-are-hard',
      type('Microsoft.Compute/virtualMachineScaleSets'),
      (one) => set(one, { upgradePolicy: { mode: 'Manual' } }),
    ],
    [
      'no-machine-has-a-public-address',
      type('Microsoft.Compute/virtualMachineScaleSets'),
      (one) =>
        JSON.parse(
          JSON.stringify(one).replace(
            '"privateIPAddressVersion":"IPv4"',
            '"publicIPAddressConfiguration":{"name":"p"}',
          ),
        ) as Resource,
    ],
    ['workspaces-keep-logs-twelve-months', type(workspaces), (one) => set(one, { retentionInDays: 90 })],
    ['workspaces-take-no-keys', type(workspaces), (one) => set(one, { features: {} })],
    ['public-addresses-span-zones', type('Microsoft.Network/publicIPAddresses'), (one) => ({ ...one, zones: ['1'] })],
    [
      'firewalls-do-not-open-tls',
      type(policies),
      (one) => set(one, { transportSecurity: { certificateAuthority: { name: 'ca' } } }),
    ],
    ['firewalls-deny-known-attacks', type(policies), (one) => set(one, { intrusionDetection: { mode: 'Alert' } })],
    ['firewalls-deny-known-attacks', type(policies), (one) => set(one, { threatIntelMode: 'Alert' })],
    ['bastions-record-sessions', type(bastions), (one) => set(one, { enableSessionRecording: false })],
    ['bastions-carry-nothing-out', type(bastions), (one) => set(one, { enableTunneling: true })],
    ['budgets-tell-somebody', type('Microsoft.Consumption/budgets'), (one) => set(one, { notifications: {} })],
    [
      'galleries-forget-nothing-at-once',
      type('Microsoft.Compute/galleries'),
      (one) => set(one, { softDeletePolicy: {} }),
    ],
    [
      'network-watchers-stand-where-azure-puts-them',
      type('Microsoft.Network/networkWatchers'),
      (one) => ({ ...one, scope: { kind: 'resourceGroup', name: 'rg-other' } }),
    ],
    [
      'clusters-share-no-group-with-networks',
      type('Microsoft.ContainerService/managedClusters'),
      (one) => ({ ...one, scope: { kind: 'resourceGroup', name: 'rg-contoso-prod-hub-eastus2' } }),
    ],
    ['sentinel-has-questions', type(`${workspaces}/savedSearches`), undefined],
    ['private-endpoints-are-found-by-name', (one) => one.type.endsWith('/privateDnsZoneGroups'), undefined],
    ['private-endpoints-are-found-by-name', (one) => /zone-privatelink.azurecr.io\/link-/.test(one.key), undefined],
    ['private-clusters-are-found-by-name', (one) => /azmk8s.io\/link-/.test(one.key), undefined],
    ['what-is-private-has-an-endpoint', (one) => /registry-live\/endpoint/.test(one.key), undefined],
    [
      'routed-networks-name-their-dns',
      (one) => one.key === 'spoke-01/virtual-network',
      (one) => set(one, { dhcpOptions: undefined }),
    ],
  ])('is noticed: %s', (rule, find, change) => {
    expect(blueprint.parts.flatMap((part) => part.resources).some(find)).toBe(true);
    expect(found(changed(find, change))).toContain(rule);
    expect(intentsOf(blueprint).length).toBeGreaterThan(0);
  });
});
