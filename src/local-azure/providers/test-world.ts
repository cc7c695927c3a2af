import { ArmError, type ArmErrorBody } from '../../arm/arm-error.ts';
import { uuidV5 } from '../../kernel/hash.ts';
import type { ArmResource } from '../../model/resource.ts';
import { examples } from '../fixtures/every-type.ts';
import { parseId } from '../resources/resource-path.ts';
import { ResourceTable } from '../resources/resource-table.ts';
import type { ProviderContext, ResourceTypeProvider } from './contract.ts';
import { providers } from './index.ts';

/** For tests of providers: a store and the three verbs, without the pipeline around them. */
export interface TestWorld {
  readonly context: ProviderContext;
  put(id: string, body?: Readonly<Record<string, unknown>>, apiVersion?: string): ArmResource;
  delete(id: string): void;
  get(id: string): ArmResource | undefined;
  action(id: string, name: string): unknown;
  /** Stores a resource of a type that has no provider. */
  seed(resource: ArmResource): void;
}

export const group = '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg/providers';
export const network = `${group}/Microsoft.Network`;
const home = 'eastus2';

export function testWorld(asOf = new Date('2026-06-01T00:00:00Z')): TestWorld {
  const table = new ResourceTable();
  const context: ProviderContext = {
    view: table,
    now: asOf,
    tenantId: '00000000-0000-0000-0000-00000000000a',
    subscriptionId: '00000000-0000-0000-0000-000000000001',
    asOf,
    hasDataPlanes: false,
    stableGuid: (id, purpose) => uuidV5(`${id.toLowerCase()}|${purpose}`, '6ba7b811-9dad-11d1-80b4-00c04fd430c8'),
  };
  const read = (resource: ArmResource): ArmResource => providerOf(resource.type).read?.(resource, context) ?? resource;
  return {
    context,
    put(id, body = {}, apiVersion = '2025-05-01') {
      const path = parseId(id);
      if (path === undefined) throw new TypeError(`${id} is no id`);
      const provider = providerOf(path.type);
      const location =
        provider.location === 'none' ? {} : { location: provider.location === 'global' ? 'global' : home };
      const input = { id, name: path.name, apiVersion, body: { ...location, ...body }, existing: table.get(id) };
      const change = provider.put(input, context);
      for (const gone of change.delete) remove(gone);
      for (const resource of change.put) table.put({ resource, apiVersion });
      return read(table.get(id) as ArmResource);
    },
    delete(id) {
      const existing = table.get(id);
      if (existing === undefined) return;
      const change = providerOf(existing.type).delete?.(existing, context) ?? { put: [], delete: [] };
      for (const gone of [id, ...change.delete]) remove(gone);
      for (const resource of change.put) table.put({ resource, apiVersion: '2025-05-01' });
    },
    get(id) {
      const stored = table.get(id);
      return stored === undefined ? undefined : read(stored);
    },
    seed: (resource) => table.put({ resource, apiVersion: '2025-01-01' }),
    action(id, name) {
      const existing = table.get(id) as ArmResource;
      return providerOf(existing.type).actions?.[name]?.(existing, {}, context);
    },
  };

  function remove(id: string): void {
    for (const { resource } of table.below(id)) table.remove(resource.id);
    table.remove(id);
  }
}

function providerOf(type: string): ResourceTypeProvider {
  const found = providers.find((provider) => provider.type.toLowerCase() === type.toLowerCase());
  if (found === undefined) throw new TypeError(`no provider for ${type}`);
  return found;
}

/** The error that a call ends with; throws where it ends well. */
export function refusal(call: () => unknown): ArmErrorBody & { readonly status: number } {
  try {
    call();
  } catch (error) {
    if (error instanceof ArmError) return { ...error.body, status: error.status };
    throw error;
  }
  throw new Error('nothing was refused');
}

/** The `properties` of a resource, with members of any kind. */
export function properties(resource: ArmResource | undefined): Record<string, unknown> {
  return (resource?.properties ?? {}) as Record<string, unknown>;
}

/** A virtual network with one subnet or several, `name: prefix`. */
export function putNetwork(
  world: TestWorld,
  name: string,
  space: string,
  subnets: Readonly<Record<string, string>> = {},
): string {
  const id = `${network}/virtualNetworks/${name}`;
  world.put(id, {
    properties: {
      addressSpace: { addressPrefixes: [space] },
      subnets: Object.entries(subnets).map(([subnet, addressPrefix]) => ({
        name: subnet,
        properties: { addressPrefix },
      })),
    },
  });
  return id;
}

/** A Standard, static public address. */
export function putAddress(world: TestWorld, name: string): string {
  const id = `${network}/publicIPAddresses/${name}`;
  world.put(id, { sku: { name: 'Standard' }, properties: { publicIPAllocationMethod: 'Static' } });
  return id;
}

/** The fixture's resources, all made. */
export function builtWorld(asOf?: Date): TestWorld {
  const world = testWorld(asOf);
  for (const { id, body, apiVersion } of examples) world.put(id, filledIn(world, body), apiVersion);
  return world;
}

/** `%identity%` is the principal of the cluster's identity. */
export function filledIn(world: TestWorld, body: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const principal = world.context.stableGuid(
    `${group}/Microsoft.ManagedIdentity/userAssignedIdentities/id-aks`,
    'principalId',
  );
  return JSON.parse(JSON.stringify(body).replaceAll('%identity%', principal)) as Record<string, unknown>;
}
