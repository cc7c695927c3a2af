import { expect, test } from 'vitest';
import { milliseconds } from '../../kernel/units.ts';
import { group, subscriptionId, tinyCloud } from '../fixtures/tiny-cloud.ts';

const box = `${group}/providers/Contoso.Test/boxes/box-a`;
const jar = `${group}/providers/Contoso.Test/jars/jar-a`;
const body = { location: 'East US 2', tags: { a: '1' }, properties: { size: 3 } };

async function cloudWithGroup(options: Parameters<typeof tinyCloud>[0] = {}) {
  const cloud = tinyCloud(options);
  await cloud.makeGroup();
  return cloud;
}

/** The status codes, states and headers are those of the reference, section 3 (long-running operations). */
test('a long-running PUT answers 201 and Updating with an operation to poll; in the end GET shows Succeeded', async () => {
  const { send } = await cloudWithGroup({ operationLatency: milliseconds(40) });
  const accepted = await send('PUT', box, body);
  expect([accepted.status, accepted.body.properties.provisioningState]).toEqual([201, 'Updating']);
  expect(accepted.headers.get('retry-after')).toBe('1');
  const poll = accepted.headers.get('azure-asyncoperation') as string;
  expect(poll).toMatch(/^https:\/\/localhost:4433\/subscriptions\/.*\/operations\/[0-9a-f-]{36}\?api-version=/);
  expect((await send('GET', box)).body.properties.provisioningState).toBe('Updating');
  // The poll is held until the operation ends.
  expect((await send('GET', poll)).body).toMatchObject({ status: 'Succeeded', endTime: expect.any(String) });
  const got = await send('GET', box);
  expect(got.body).toMatchObject({
    id: box,
    name: 'box-a',
    type: 'Contoso.Test/boxes',
    location: 'eastus2',
    tags: { a: '1' },
  });
  expect(got.body.properties).toMatchObject({ size: 3, provisioningState: 'Succeeded', lids: [] });
  expect((await send('PUT', box, body)).status).toBe(200);
});

test('a poll of an operation that takes long says InProgress with Retry-After', async () => {
  const { send } = await cloudWithGroup({ operationLatency: milliseconds(1_200) });
  const accepted = await send('PUT', box, body);
  const first = await send('GET', accepted.headers.get('azure-asyncoperation') as string);
  expect([first.status, first.body.status, first.headers.get('retry-after')]).toEqual([200, 'InProgress', '1']);
});

test('DELETE answers 202 with Location and Azure-AsyncOperation, and 204 when there is nothing', async () => {
  const { send } = await cloudWithGroup({ operationLatency: milliseconds(40) });
  expect((await send('DELETE', box)).status).toBe(204);
  await send('PUT', box, body);
  await new Promise((resolve) => setTimeout(resolve, 60));
  const accepted = await send('DELETE', box);
  expect(accepted.status).toBe(202);
  expect((await send('GET', box)).body.properties.provisioningState).toBe('Deleting');
  expect((await send('GET', accepted.headers.get('location') as string)).status).toBe(204);
  expect((await send('GET', accepted.headers.get('azure-asyncoperation') as string)).body.status).toBe('Succeeded');
  expect((await send('GET', box)).body.error).toEqual({
    code: 'ResourceNotFound',
    message:
      "The Resource 'Contoso.Test/boxes/box-a' under resource group 'rg-test' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix",
  });
});

test('a second write while the first runs is refused with AnotherOperationInProgress', async () => {
  const { send, settle } = await cloudWithGroup({ operationLatency: milliseconds(40) });
  await send('PUT', box, body);
  for (const [method, content] of [
    ['PUT', body],
    ['DELETE', undefined],
    ['PATCH', { tags: {} }],
  ] as const) {
    const refused = await send(method, box, content);
    expect([refused.status, refused.body.error.code]).toEqual([409, 'AnotherOperationInProgress']);
  }
  await settle();
  expect((await send('PUT', box, body)).status).toBe(200);
});

test('subnets of one network are written one at a time, those of two side by side (Azure/bicep issue 5132)', async () => {
  const { send, settle } = await cloudWithGroup({ operationLatency: milliseconds(40) });
  const vnet = (name: string) => `${group}/providers/Microsoft.Network/virtualNetworks/${name}`;
  await send('PUT', vnet('a'), { location: 'eastus2' });
  await send('PUT', vnet('b'), { location: 'eastus2' });
  expect((await send('PUT', `${vnet('a')}/subnets/one`, {})).status).toBe(409);
  await settle();
  expect((await send('PUT', `${vnet('a')}/subnets/one`, {})).status).toBe(201);
  const second = await send('PUT', `${vnet('a')}/subnets/two`, {});
  expect([second.status, second.body.error.code]).toEqual([409, 'AnotherOperationInProgress']);
  expect((await send('PUT', `${vnet('b')}/subnets/two`, {})).status).toBe(201);
});

test('ids match in any case and keep the casing of the first write', async () => {
  const { send, settle } = await cloudWithGroup();
  await send('PUT', box, body);
  await settle();
  const shouted = box.toUpperCase().replace('/SUBSCRIPTIONS', '/subscriptions');
  expect((await send('GET', shouted)).body.id).toBe(box);
  const again = await send('PUT', shouted.replace('RESOURCEGROUPS', 'resourcegroups'), body);
  expect([again.status, again.body.id, again.body.name]).toEqual([200, box, 'box-a']);
  await settle();
  const lid = await send('PUT', `${shouted}/LIDS/Lid-1`, {});
  expect([lid.body.id, lid.body.type]).toEqual([`${box}/lids/Lid-1`, 'Contoso.Test/boxes/lids']);
});

/** Codes: reference, section 2.6. */
test.each([
  ['a group that is not there', box.replace('rg-test', 'rg-none'), body, 404, 'ResourceGroupNotFound'],
  ['a namespace that nobody serves', `${group}/providers/Fabrikam.X/y/z`, body, 404, 'InvalidResourceNamespace'],
  ['a type that is not modelled', `${group}/providers/Contoso.Test/crates/c`, body, 404, 'InvalidResourceType'],
  ['a version that there never was', `${box}?api-version=2019-01-01`, body, 400, 'NoRegisteredProviderFound'],
  ['a child without its parent', `${box}/lids/l`, {}, 404, 'ParentResourceNotFound'],
  ['an extension of nothing', `${box}/providers/Contoso.Test/labels/l`, {}, 404, 'ResourceNotFound'],
  ['no location', box, { properties: {} }, 400, 'LocationRequired'],
  ['a location that there is not', box, { location: 'atlantis' }, 400, 'LocationNotAvailableForResourceType'],
  ['an unknown property', box, { location: 'eastus2', properties: { color: 'red' } }, 400, 'InvalidRequestContent'],
  ['a body that is no object', box, '[1]', 400, 'InvalidRequestContent'],
  ['a body that is no JSON', box, '{"location": ', 400, 'InvalidRequestContent'],
  ['no body', box, undefined, 400, 'InvalidRequestContent'],
  ['a name with a percent sign', `${group}/providers/Contoso.Test/boxes/100%25`, body, 400, 'InvalidResourceName'],
  ['what the service refuses', box, { location: 'eastus2', properties: { explode: 'bang' } }, 409, 'BoxExploded'],
])('PUT with %s is refused and leaves nothing', async (_, path, content, status, code) => {
  const { azure, send } = await cloudWithGroup();
  const answer = await send('PUT', path, content);
  expect([answer.status, answer.body.error.code]).toEqual([status, code]);
  expect(azure.resources().map(({ id }) => id)).toEqual([group]);
});

test('a refused type and version are named, with those that there are', async () => {
  const { send } = await cloudWithGroup();
  const type = await send('PUT', `${group}/providers/Contoso.Test/crates/c`, body);
  expect(type.body.error.message).toContain("'crates' could not be found in the namespace 'Contoso.Test'");
  const version = await send('PUT', `${box}?api-version=2019-01-01`, body);
  expect(version.body.error.message).toContain(
    "for location 'East US 2' and API version '2019-01-01' for type 'boxes'. The supported api-versions are '2024-01-01, 2023-01-01'.",
  );
});

test('asOf hides the API versions that came later', async () => {
  const { send } = tinyCloud({ asOf: new Date('2023-06-01') });
  expect((await send('PUT', `${group}?api-version=2022-09-01`, { location: 'eastus2' })).status).toBe(201);
  expect((await send('PUT', `${group}?api-version=2024-11-01`, { location: 'eastus2' })).body.error.code).toBe(
    'InvalidApiVersionParameter',
  );
  expect((await send('PUT', `${box}?api-version=2023-01-01`, body)).status).toBe(201);
  const later = await send('PUT', `${box}?api-version=2024-01-01`, body);
  expect(later.body.error.message).toContain("The supported api-versions are '2023-01-01'.");
});

test('read-only properties are passed over, so that what was read can be written back', async () => {
  const { send, settle } = await cloudWithGroup();
  await send('PUT', box, body);
  await settle();
  const got = (await send('GET', box)).body;
  const again = await send('PUT', box, got);
  expect(again.status).toBe(200);
});

test('a resource cannot move to another location', async () => {
  const { send, settle } = await cloudWithGroup();
  await send('PUT', box, body);
  await settle();
  const moved = await send('PUT', box, { ...body, location: 'westus' });
  expect([moved.status, moved.body.error.code]).toEqual([409, 'InvalidResourceLocation']);
});

test('PATCH merges tags (null takes one away) and refuses the rest by name', async () => {
  const { send } = await cloudWithGroup();
  await send('PUT', jar, body);
  const patched = await send('PATCH', jar, { tags: { b: '2', a: null } });
  expect([patched.status, patched.body.tags, patched.body.properties.size]).toEqual([200, { b: '2' }, 3]);
  const refused = await send('PATCH', jar, { properties: { size: 4 } });
  expect([refused.status, refused.body.error.message]).toEqual([501, expect.stringContaining("'properties'")]);
});

test('entity tags: If-Match, If-None-Match (RFC 9110 section 13)', async () => {
  const { send } = await cloudWithGroup();
  expect((await send('PUT', jar, body, { 'if-match': '*' })).status).toBe(412);
  expect((await send('PUT', jar, body, { 'if-none-match': '*' })).status).toBe(201);
  expect((await send('PUT', jar, body, { 'if-none-match': '*' })).status).toBe(412);
  const etag = (await send('GET', jar)).headers.get('etag') as string;
  expect((await send('GET', jar, undefined, { 'if-none-match': etag })).status).toBe(304);
  expect((await send('PUT', jar, { ...body, tags: {} }, { 'if-match': etag })).status).toBe(200);
  expect((await send('DELETE', jar, undefined, { 'if-match': etag })).body.error.code).toBe('PreconditionFailed');
  expect((await send('GET', jar)).headers.get('etag')).not.toBe(etag);
});

test('a service that refuses a DELETE is heard, and children and extensions go with what they hang on', async () => {
  const { azure, send, settle } = await cloudWithGroup();
  await send('PUT', box, body);
  await send('PUT', `${box}/lids/l`, {});
  await send('PUT', `${box}/providers/Contoso.Test/labels/x`, {});
  await send('PUT', jar, { ...body, properties: { boxId: box } });
  await settle();
  expect((await send('DELETE', box)).body.error.code).toBe('InUseBoxCannotBeDeleted');
  await send('DELETE', jar);
  await send('DELETE', box);
  await settle();
  expect(azure.resources().map(({ id }) => id)).toEqual([group]);
});

test('POST actions reach the provider; unknown ones are refused by name', async () => {
  const { send } = await cloudWithGroup();
  await send('PUT', jar, body);
  expect((await send('POST', `${jar}/ListKeys`, { a: 1 })).body).toEqual({
    keys: [{ value: 'key of jar-a' }],
    body: { a: 1 },
  });
  expect((await send('POST', `${jar}/open`)).body.error.code).toBe('InvalidResourceType');
  expect((await send('POST', `${box}/listKeys`)).body.error.code).toBe('ResourceNotFound');
});

test('unknown types are stored as they are when that is asked for, and named', async () => {
  const { azure, send } = await cloudWithGroup({ allowUnknownTypes: true });
  const id = `${group}/providers/Fabrikam.X/things/t`;
  expect((await send('PUT', `${id}?api-version=1999-01-01`, { properties: { any: [1] } })).body).toEqual({
    id,
    name: 't',
    type: 'Fabrikam.X/things',
    properties: { any: [1] },
  });
  expect(azure.unmodelledTypes()).toEqual(['Fabrikam.X/things']);
});

test('an unregistered namespace refuses writes until it is registered', async () => {
  const { send } = await cloudWithGroup();
  const namespace = `/subscriptions/${subscriptionId}/providers/Contoso.Test`;
  expect((await send('POST', `${namespace}/unregister`)).body.registrationState).toBe('NotRegistered');
  const refused = await send('PUT', jar, body);
  expect([refused.status, refused.body.error.code]).toEqual([409, 'MissingSubscriptionRegistration']);
  expect((await send('POST', `${namespace}/register`)).body.registrationState).toBe('Registered');
  expect((await send('PUT', jar, body)).status).toBe(201);
});
