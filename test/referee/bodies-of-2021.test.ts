import { expect, test } from 'vitest';
import { buildBlueprint } from '../../src/blueprint/build.ts';
import { initialSpec } from '../../src/spec/init.ts';
import { parseSpec } from '../../src/spec/load.ts';
import { synthesize } from '../../src/synth/synthesize.ts';
import { AzureTypes } from './azure-types.ts';
import { checkResource, listedType } from './check-body.ts';
import { describeWithAzureTypes } from './reference-gate.ts';
import { emittedBodies } from './template-bodies.ts';

/** The day of the reference implementation's release v1.21.2.3. */
const today = new Date('2021-12-14T00:00:00Z');
const spec = parseSpec(initialSpec('2021'), 'landing-zone.yaml');
const { bodies, warnings } = emittedBodies(synthesize(buildBlueprint(spec, { today })));
const own = bodies;

test('profile 2021: no body is in a version that came later, and the template engine finds nothing odd', () => {
  expect(own.length).toBeGreaterThan(100);
  const later = own.filter(({ entry }) => String(entry.apiVersion).slice(0, 10) > '2021-12-14');
  expect(later.map(({ where }) => where)).toEqual([]);
  expect(warnings).toEqual([]);
});

describeWithAzureTypes('profile 2021 against Microsoft’s types of its versions', () => {
  const types = new AzureTypes();
  const typeOf = ({ entry }: (typeof own)[number]) =>
    `${listedType(String(entry.type), String(entry.name))}@${String(entry.apiVersion)}`;
  const isListed = (body: (typeof own)[number]): boolean => {
    const [type = '', version = ''] = typeOf(body).split('@');
    return types.find(type, version) !== undefined;
  };

  test('every body whose version is published there is valid', () => {
    const listed = own.filter(isListed);
    const faults = listed.flatMap((body) =>
      checkResource(types, body.entry).map(({ kind, path, detail }) => `${body.where}: ${kind} ${path} ${detail}`),
    );
    expect(faults).toEqual([]);
    console.log(`${listed.length} of ${own.length} bodies of profile 2021 are valid against their types of 2021`);
  });

  /** The next version of a type that is published there: what it knew in 2021 it knows still. */
  const nextListed = (body: (typeof own)[number]): string | undefined => {
    const [type = '', version = ''] = typeOf(body).split('@');
    return types.versionsOf(type).filter((one) => one > version)[0];
  };

  test('every other body is valid against the next version that is published there', () => {
    const others = own.filter((body) => !isListed(body) && nextListed(body) !== undefined);
    const faults = others.flatMap((body) =>
      checkResource(types, { ...body.entry, apiVersion: nextListed(body) }).map(
        ({ kind, path, detail }) => `${body.where}: ${kind} ${path} ${detail}`,
      ),
    );
    expect(faults).toEqual([]);
    console.log(`${others.length} more against the next version of their type`);
  });

  // What each type is checked against instead, and what nothing but local Azure checks.
  test('the versions that are not published there are these', () => {
    const missing = own.filter((body) => !isListed(body)).map((body) => `${typeOf(body)} ${nextListed(body) ?? '-'}`);
    expect([...new Set(missing)].sort()).toEqual([
      'Microsoft.Compute/diskEncryptionSets@2021-04-01 2026-03-02',
      'Microsoft.Compute/galleries/images@2021-07-01 2025-12-03',
      'Microsoft.Compute/galleries@2021-07-01 2025-12-03',
      'Microsoft.Consumption/budgets@2021-10-01 2026-06-01',
      'Microsoft.ContainerRegistry/registries/agentPools@2019-06-01-preview 2025-03-01-preview',
      'Microsoft.ContainerService/managedClusters/maintenanceConfigurations@2021-08-01 2026-05-01',
      'Microsoft.ContainerService/managedClusters@2021-08-01 2022-10-02-preview',
      'Microsoft.Insights/actionGroups@2021-09-01 2023-01-01',
      'Microsoft.Insights/dataCollectionEndpoints@2021-09-01-preview 2023-03-11',
      'Microsoft.KeyVault/vaults/keys@2021-10-01 2026-02-01',
      'Microsoft.KeyVault/vaults@2021-10-01 2022-07-01',
      'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2020-11-01 2025-09-01',
      'Microsoft.Security/securityContacts@2020-01-01-preview 2023-12-01-preview',
      'Microsoft.Storage/storageAccounts/blobServices@2021-06-01 2026-04-01',
      'Microsoft.Storage/storageAccounts@2021-06-01 2021-08-01',
      'Microsoft.VirtualMachineImages/imageTemplates@2021-10-01 2025-10-01',
    ]);
  });
});
