import { expect, test } from 'vitest';
import { milliseconds } from '../../kernel/units.ts';
import { group, subscriptionId, tenantId, tinyCloud } from '../fixtures/tiny-cloud.ts';

const v = 'api-version=2024-11-01';
const root = `/subscriptions/${subscriptionId}`;
const ids = (value: readonly { readonly id: string }[]): readonly string[] => value.map(({ id }) => id);

async function filled() {
  const cloud = tinyCloud();
  await cloud.makeGroup();
  await cloud.makeGroup(`${root}/resourceGroups/rg-other`);
  const put = (path: string, body: unknown) => cloud.send('PUT', path, body);
  await put(`${group}/providers/Contoso.Test/boxes/b1`, { location: 'eastus2', tags: { env: 'prod', app: 'x' } });
  await put(`${group}/providers/Contoso.Test/boxes/b2`, { location: 'westus', tags: { env: 'test', app: 'prod' } });
  await put(`${root}/resourceGroups/rg-other/providers/Contoso.Test/boxes/b3`, { location: 'eastus2' });
  await put(`${group}/providers/Contoso.Test/jars/j1`, {
    location: 'eastus2',
    sku: { name: 'big' },
    properties: { a: 1 },
  });
  await put(`${group}/providers/Contoso.Test/labels/l0`, {});
  await put(`${group}/providers/Contoso.Test/boxes/b1/lids/l1`, {});
  await put(`${group}/providers/Contoso.Test/jars/j1/providers/Contoso.Test/labels/l1`, {});
  await cloud.settle();
  return cloud;
}

test('resource groups: PUT 201 and 200, GET, HEAD 204 and 404, PATCH, list with a tag filter (reference, section 3)', async () => {
  const { send } = tinyCloud();
  const made = await send('PUT', `${root}/resourcegroups/rg-A?${v}`, { location: 'West Europe', tags: { a: '1' } });
  expect([made.status, made.body]).toEqual([
    201,
    {
      id: `${root}/resourceGroups/rg-A`,
      name: 'rg-A',
      type: 'Microsoft.Resources/resourceGroups',
      location: 'westeurope',
      tags: { a: '1' },
      properties: { provisioningState: 'Succeeded' },
    },
  ]);
  expect((await send('PUT', `${root}/resourceGroups/RG-a?${v}`, { location: 'westeurope' })).status).toBe(200);
  expect((await send('GET', `${root}/RESOURCEGROUPS/rg-a?${v}`)).body).toMatchObject({ name: 'rg-A' });
  expect((await send('HEAD', `${root}/resourcegroups/rg-a?${v}`)).status).toBe(204);
  expect((await send('HEAD', `${root}/resourcegroups/rg-b?${v}`)).status).toBe(404);
  expect((await send('PATCH', `${root}/resourcegroups/rg-a?${v}`, { tags: { b: '2' } })).body.tags).toEqual({ b: '2' });
  await send('PUT', `${root}/resourcegroups/rg-b?${v}`, { location: 'westeurope' });
  expect(ids((await send('GET', `${root}/resourcegroups?${v}`)).body.value)).toHaveLength(2);
  const tagged = await send(
    'GET',
    `${root}/resourcegroups?${v}&$filter=${encodeURIComponent("tagName eq 'b' and tagValue eq '2'")}`,
  );
  expect(ids(tagged.body.value)).toEqual([`${root}/resourceGroups/rg-A`]);
});

test.each([
  ['rg-new', {}, 400, 'LocationRequired'],
  ['rg-new', { location: 'atlantis' }, 400, 'LocationNotAvailableForResourceGroup'],
  ['rg-test', { location: 'westus' }, 409, 'InvalidResourceGroupLocation'],
  ['ends-with-dot.', { location: 'westus' }, 400, 'InvalidResourceGroupName'],
  ['x'.repeat(91), { location: 'westus' }, 400, 'InvalidResourceGroupName'],
])('PUT of the group %s with %o is %i %s', async (name, body, status, code) => {
  const { send, makeGroup } = tinyCloud();
  await makeGroup();
  const answer = await send('PUT', `${root}/resourcegroups/${name}?${v}`, body);
  expect([answer.status, answer.body.error.code]).toEqual([status, code]);
});

test('deleting a group: 202 with Location, 202 while it runs, 200 in the end, and everything in it is gone', async () => {
  const { azure, send, settle } = await filled();
  const accepted = await send('DELETE', `${group}?${v}`);
  expect([accepted.status, accepted.body]).toEqual([202, undefined]);
  const blocked = await send('PUT', `${group}/providers/Contoso.Test/jars/late`, { location: 'eastus2' });
  expect([blocked.status, blocked.body.error.code]).toEqual([409, 'ResourceGroupBeingDeleted']);
  expect((await send('GET', accepted.headers.get('location') as string)).status).toBe(200);
  await settle();
  expect(azure.resources().every(({ id }) => id.includes('/rg-other'))).toBe(true);
  expect((await send('GET', `${group}?${v}`)).body.error).toEqual({
    code: 'ResourceGroupNotFound',
    message: "Resource group 'rg-test' could not be found.",
  });
  expect((await send('DELETE', `${group}?${v}`)).status).toBe(404);
});

test('a group with something that another group uses is not deleted, and says what blocks', async () => {
  const { send, settle } = await filled();
  const box = `${group}/providers/Contoso.Test/boxes/b1`;
  const jar = { location: 'eastus2', properties: { boxId: box } };
  await send('PUT', `${root}/resourceGroups/rg-other/providers/Contoso.Test/jars/user`, jar);
  const accepted = await send('DELETE', `${group}?${v}`);
  await settle();
  const result = await send('GET', accepted.headers.get('location') as string);
  expect([result.status, result.body.error.code]).toEqual([409, 'ResourceGroupDeletionBlocked']);
  expect(result.body.error.details).toEqual([
    expect.objectContaining({ code: 'InUseBoxCannotBeDeleted', target: box }),
  ]);
  expect((await send('GET', `${group}?${v}`)).body.properties.provisioningState).toBe('Succeeded');
});

test('a delete waits for writes that run in the group', async () => {
  const { azure, send, settle, makeGroup } = tinyCloud({ operationLatency: milliseconds(30) });
  await makeGroup();
  await send('PUT', `${group}/providers/Contoso.Test/boxes/b1`, { location: 'eastus2' });
  await send('DELETE', `${group}?${v}`);
  await settle();
  expect(azure.resources()).toEqual([]);
});

test('types are listed by subscription, group and parent; extensions where they hang', async () => {
  const { send } = await filled();
  const list = async (path: string) =>
    ids((await send('GET', path)).body.value).map((id) => id.slice(id.lastIndexOf('/') + 1));
  expect(await list(`${root}/providers/Contoso.Test/boxes`)).toEqual(['b3', 'b1', 'b2']);
  expect(await list(`${group}/providers/Contoso.Test/boxes`)).toEqual(['b1', 'b2']);
  expect(await list(`${group}/providers/Contoso.Test/boxes/b1/lids`)).toEqual(['l1']);
  expect(await list(`${group}/providers/Contoso.Test/boxes/b2/lids`)).toEqual([]);
  expect(await list(`${group}/providers/Contoso.Test/labels`)).toEqual(['l0']);
  expect(await list(`${group}/providers/Contoso.Test/jars/j1/providers/Contoso.Test/labels`)).toEqual(['l1']);
  expect((await send('GET', `${group}/providers/Contoso.Test/boxes/none/lids`)).status).toBe(404);
});

test('/resources lists what has a location, in generic form, filtered and paged', async () => {
  const { send } = await filled();
  const list = async (query: string) => (await send('GET', `${root}/resources?${v}&${query}`)).body;
  const names = async (filter: string) =>
    ids((await list(`$filter=${encodeURIComponent(filter)}`)).value).map((id) => id.slice(id.lastIndexOf('/') + 1));
  expect((await send('GET', `${group}/resources?${v}`)).body.value).toEqual([
    expect.objectContaining({ name: 'b1' }),
    expect.objectContaining({ name: 'b2' }),
    {
      id: `${group}/providers/Contoso.Test/jars/j1`,
      name: 'j1',
      type: 'Contoso.Test/jars',
      location: 'eastus2',
      sku: { name: 'big' },
    },
  ]);
  expect(await names("resourceType eq 'contoso.test/BOXES'")).toEqual(['b3', 'b1', 'b2']);
  expect(await names("resourceType eq 'Contoso.Test/boxes' and location eq 'westus'")).toEqual(['b2']);
  expect(await names("tagName eq 'env' and tagValue eq 'prod'")).toEqual(['b1']);
  expect(await names("resourceGroup eq 'rg-other'")).toEqual(['b3']);
  expect(await names("substringof('J', name)")).toEqual(['j1']);
  expect(await names("name ne 'b1' and resourceGroup eq 'rg-test'")).toEqual(['b2', 'j1']);
  const first = await list('$top=2');
  expect(first.value).toHaveLength(2);
  const second = (await send('GET', first.nextLink)).body;
  expect(ids(second.value)).toHaveLength(2);
  expect(second.nextLink).toBeUndefined();
  expect((await list(`$filter=${encodeURIComponent('name like 1')}`)).error.code).toBe('InvalidFilterInQueryString');
  expect((await list('$top=many')).error.code).toBe('InvalidTopInQueryString');
});

test('tenants, locations, and the provider table with its types and versions', async () => {
  const { send } = tinyCloud();
  expect((await send('GET', `/tenants?${v}`)).body.value).toEqual([expect.objectContaining({ tenantId })]);
  const locations = (await send('GET', `${root}/locations?${v}`)).body.value;
  expect(locations).toContainEqual(expect.objectContaining({ name: 'eastus2', displayName: 'East US 2' }));
  const namespaces = (await send('GET', `${root}/providers?${v}`)).body.value.map(
    ({ namespace }: { namespace: string }) => namespace,
  );
  expect(namespaces).toEqual(['Contoso.Test', 'Microsoft.Network', 'Microsoft.Resources']);
  const one = await send('GET', `${root}/providers/contoso.test?${v}`);
  expect(one.body).toMatchObject({ namespace: 'Contoso.Test', registrationState: 'Registered' });
  expect(one.body.resourceTypes).toContainEqual(
    expect.objectContaining({ resourceType: 'boxes/lids', apiVersions: ['2024-01-01', '2023-01-01'] }),
  );
  expect((await send('GET', `${root}/providers/Fabrikam.X?${v}`)).body.error.code).toBe('InvalidResourceNamespace');
  expect((await send('POST', `${root}/providers/Fabrikam.X/register?${v}`)).body.error.code).toBe(
    'InvalidResourceNamespace',
  );
});

test('what is not modelled is refused by name', async () => {
  const { send, makeGroup } = tinyCloud();
  await makeGroup();
  for (const path of [
    `${group}/exportTemplate`,
    `${group}/moveResources`,
    `${root}/providers/Microsoft.Resources/deployments/d/whatIf`,
  ]) {
    const answer = await send('POST', path, {});
    expect([answer.status, answer.body.error.code]).toEqual([501, 'NotModelledByLocalAzure']);
    expect(answer.body.error.message).toContain(path.slice(path.lastIndexOf('/') + 1));
  }
});

test('HEAD of a resource answers 204 and 404, other methods 405', async () => {
  const { send } = await filled();
  expect((await send('HEAD', `${group}/providers/Contoso.Test/jars/j1`)).status).toBe(204);
  expect((await send('HEAD', `${group}/providers/Contoso.Test/jars/j2`)).status).toBe(404);
  expect((await send('POST', `${group}/providers/Contoso.Test/jars/j1`)).status).toBe(405);
});

test('a doubled slash, as az resource writes it before the type, is one', async () => {
  const { send } = await filled();
  expect((await send('GET', `${group}/providers/Contoso.Test//jars/j1`)).body.name).toBe('j1');
});
