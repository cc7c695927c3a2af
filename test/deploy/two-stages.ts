import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openAuditLog } from '../../src/audit/log.ts';
import { clientsOf } from '../../src/cli/local-target.ts';
import { type DeployOptions, deploy } from '../../src/deploy/deploy.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { silentHost } from '../../src/kernel/host.ts';
import { type Milliseconds, milliseconds, minutes } from '../../src/kernel/units.ts';
import { createLocalAzure, type LocalAzure } from '../../src/local-azure/local-azure.ts';
import { createMemoryStore } from '../../src/local-azure/store/index.ts';
import type { RoleName } from '../../src/model/role.ts';
import type { Stage, StageName } from '../../src/model/stage.ts';
import type { ReadDeployment } from '../../src/synth/read.ts';

/** Two stages, two roles: one makes a resource group, the other a network in it. */
export const subscriptionId = '5ab5c21b-0000-4000-8000-0000000000aa';
export const subscription = `/subscriptions/${subscriptionId}`;
export const group = `${subscription}/resourceGroups/rg-net`;

export function entry(stage: StageName, role: RoleName, template: unknown, scope = group): ReadDeployment {
  const text = JSON.stringify(template);
  return {
    entry: { template: `${stage}.json`, scope, name: stage, stage, role, runsFrom: 'anywhere', location: 'eastus2' },
    scope:
      scope === group
        ? { kind: 'resourceGroup', subscriptionId, resourceGroup: 'rg-net' }
        : { kind: 'subscription', subscriptionId },
    template: text,
    parameters: {},
    place: { file: 'deployments.yaml', line: 1, column: 1 },
  };
}

export const groups = entry(
  'subscription',
  'governance',
  {
    $schema: 'https://schema.management.azure.com/schemas/2018-05-01/subscriptionDeploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    resources: [
      { type: 'Microsoft.Resources/resourceGroups', apiVersion: '2025-04-01', name: 'rg-net', location: 'eastus2' },
    ],
  },
  subscription,
);

export const network = (prefix: string) =>
  entry('hub', 'network', {
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    resources: [
      {
        type: 'Microsoft.Network/virtualNetworks',
        apiVersion: '2025-09-01',
        name: 'vnet-hub',
        location: 'eastus2',
        properties: {
          addressSpace: { addressPrefixes: ['10.0.0.0/24'] },
          subnets: [{ name: 'snet-a', properties: { addressPrefix: prefix } }],
        },
      },
    ],
  });

export const stages: readonly Stage[] = [
  {
    name: 'subscription',
    role: 'governance',
    title: '',
    runsFrom: 'anywhere',
    needs: [],
    gives: [],
    expected: minutes(1),
  },
  {
    name: 'hub',
    role: 'network',
    title: '',
    runsFrom: 'anywhere',
    needs: ['subscription'],
    gives: [],
    expected: minutes(1),
  },
];

/** A local Azure of its own and a log of its own: what one person's runs share. */
export interface Site {
  readonly azure: LocalAzure;
  readonly folder: string;
  run(
    deployments: readonly ReadDeployment[],
    more?: Partial<DeployOptions>,
  ): { readonly host: ReturnType<typeof silentHost>; readonly result: ReturnType<typeof deploy> };
  /** `action stage` of every entry. */
  actions(): readonly string[];
  close(): Promise<void>;
}

export function openSite(operationLatency: Milliseconds = milliseconds(5)): Site {
  const folder = mkdtempSync(path.join(tmpdir(), 'deploy-'));
  const azure = createLocalAzure({
    store: createMemoryStore(),
    clock: systemClock,
    subscriptions: [{ subscriptionId, displayName: 'test' }],
    operationLatency,
  });
  return {
    azure,
    folder,
    run: (deployments, more = {}) => {
      const host = silentHost(systemClock);
      const result = deploy({
        deployments,
        stages,
        client: clientsOf(azure).client(),
        audit: openAuditLog(folder, systemClock),
        host,
        who: { principal: 'tester', kind: 'test' },
        ...more,
      });
      return { host, result };
    },
    actions: () =>
      openAuditLog(folder, systemClock)
        .entries()
        .map((one) => `${one.action} ${one.stage ?? ''}`.trim()),
    close: async () => {
      await azure.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
