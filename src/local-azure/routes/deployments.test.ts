import { expect, test } from 'vitest';
import { type Clock, systemClock } from '../../kernel/clock.ts';
import { milliseconds } from '../../kernel/units.ts';
import { box, boxId, deploymentId, idOf, type Part, ready, schema, template, v } from '../fixtures/templates.ts';
import { group, tinyCloud } from '../fixtures/tiny-cloud.ts';
import { createMemoryStore } from '../store/index.ts';

test('the record of a deployment has what the reference, section 3, lists', async () => {
  const { deploy, send } = await ready();
  const { body } = await deploy(
    group,
    'full',
    template([box('a'), box('b', [], { serialOfA: "[reference('a').serial]" })], {
      parameters: { size: { type: 'int', defaultValue: 1 } },
      outputs: {
        serial: { type: 'string', value: "[reference('a').serial]" },
        id: { type: 'string', value: boxId('b') },
      },
    }),
    { parameters: { size: { value: 7 } } },
  );
  const serial = (await send('GET', idOf('a'))).body.properties.serial;
  expect(body).toMatchObject({
    id: deploymentId(group, 'full'),
    name: 'full',
    type: 'Microsoft.Resources/deployments',
  });
  expect(body.properties).toMatchObject({
    mode: 'Incremental',
    provisioningState: 'Succeeded',
    correlationId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    duration: expect.stringMatching(/^PT[\d.]+S$/),
    templateHash: expect.stringMatching(/^\d+$/),
    parameters: { size: { value: 7 } },
    outputs: { serial: { value: serial }, id: { value: idOf('b') } },
    outputResources: [{ id: idOf('a') }, { id: idOf('b') }],
    providers: [{ namespace: 'Contoso.Test', resourceTypes: [{ resourceType: 'boxes', locations: ['eastus2'] }] }],
    dependencies: [
      {
        id: idOf('b'),
        resourceType: 'Contoso.Test/boxes',
        resourceName: 'b',
        dependsOn: [{ id: idOf('a'), resourceType: 'Contoso.Test/boxes', resourceName: 'a' }],
      },
    ],
  });
  // reference() by name made the dependency, and gave the value.
  expect((await send('GET', idOf('b'))).body.properties.serialOfA).toBe(serial);
  const operations = (await send('GET', `${deploymentId(group, 'full')}/operations?${v}`)).body.value;
  expect(operations).toHaveLength(2);
  expect(operations[0]).toMatchObject({
    id: expect.stringContaining('/operations/'),
    operationId: expect.stringMatching(/^[0-9A-F]{16}$/),
    properties: {
      provisioningOperation: 'Create',
      provisioningState: 'Succeeded',
      statusCode: 'Created',
      targetResource: { id: idOf('a'), resourceType: 'Contoso.Test/boxes', resourceName: 'a' },
      timestamp: expect.any(String),
      duration: expect.any(String),
      serviceRequestId: expect.any(String),
    },
  });
  // az deployment operation group list asks at the older address.
  expect((await send('GET', `${group}/deployments/full/operations?${v}`)).body.value).toEqual(operations);
  const one = await send('GET', `${deploymentId(group, 'full')}/operations/${operations[0].operationId}?${v}`);
  expect(one.body).toEqual(operations[0]);
});

test('PUT answers 201 Accepted with an operation to poll; the poll ends with Succeeded', async () => {
  const { send } = await ready();
  const accepted = await send('PUT', `${deploymentId(group, 'd')}?${v}`, {
    properties: { mode: 'Incremental', template: template([box('a')]) },
  });
  expect([accepted.status, accepted.body.properties.provisioningState]).toEqual([201, 'Accepted']);
  const poll = accepted.headers.get('azure-asyncoperation') as string;
  expect(poll).toContain('/providers/Microsoft.Resources/deployments/d/operationStatuses/');
  expect((await send('GET', poll)).body.status).toBe('Succeeded');
});

test('the body of az is read: unquoted key, comments, raw newlines in strings (reference, section 0)', async () => {
  const { send, settle } = await ready();
  const text = `{"properties": {"mode": "Incremental", template: {
    // a comment
    "$schema": "${schema}", "contentVersion": "1.0.0.0", /* another */
    "resources": [{ "type": "Contoso.Test/boxes", "apiVersion": "2024-01-01", "name": "a", "location": "eastus2",
      "properties": { "note": "[concat('two
lines', '!')]" } }]
  }}}`;
  expect((await send('PUT', `${deploymentId(group, 'az')}?${v}`, text)).status).toBe(201);
  await settle();
  expect((await send('GET', idOf('a'))).body.properties.note).toBe('two\nlines!');
});

test('the poll of a failed deployment is what az prints: {status: Failed, error}', async () => {
  const { send } = await ready();
  const accepted = await send('PUT', `${deploymentId(group, 'd')}?${v}`, {
    properties: { mode: 'Incremental', template: template([box('a', [], { explode: 'bang' })]) },
  });
  const poll = await send('GET', accepted.headers.get('azure-asyncoperation') as string);
  expect([poll.status, poll.body]).toEqual([
    200,
    { status: 'Failed', error: expect.objectContaining({ code: 'DeploymentFailed' }) },
  ]);
});

test('while a deployment runs, the same name is refused with DeploymentActive and its history cannot be deleted', async () => {
  const { send, settle } = await ready({ operationLatency: milliseconds(50) });
  const put = () =>
    send('PUT', `${deploymentId(group, 'd')}?${v}`, {
      properties: { mode: 'Incremental', template: template([box('a')]) },
    });
  await put();
  const second = await put();
  expect([second.status, second.body.error.code]).toEqual([409, 'DeploymentActive']);
  expect((await send('DELETE', `${deploymentId(group, 'd')}?${v}`)).status).toBe(409);
  await settle();
  expect((await put()).status).toBe(200);
});

test('cancel stops what has not begun', async () => {
  const { azure, send, settle } = await ready({ operationLatency: milliseconds(50) });
  const id = deploymentId(group, 'd');
  await send('PUT', `${id}?${v}`, {
    properties: { mode: 'Incremental', template: template([box('a'), box('b', [boxId('a')])]) },
  });
  expect((await send('POST', `${id}/cancel?${v}`)).status).toBe(204);
  await settle();
  const { properties } = (await send('GET', `${id}?${v}`)).body;
  expect([properties.provisioningState, azure.resources().some(({ name }) => name === 'b')]).toEqual([
    'Canceled',
    false,
  ]);
  expect((await send('POST', `${id}/cancel?${v}`)).status).toBe(409);
});

test('validate runs nothing; it gives the resources, or each fault with its resource', async () => {
  const { azure, send } = await ready();
  const validate = (resources: readonly Part[]) =>
    send('POST', `${deploymentId(group, 'd')}/validate?${v}`, {
      properties: { mode: 'Incremental', template: template(resources) },
    });
  const good = await validate([box('a')]);
  expect([good.status, good.body.properties]).toMatchObject([
    200,
    { provisioningState: 'Succeeded', validatedResources: [{ id: idOf('a') }] },
  ]);
  const bad = await validate([
    box('a', [], { color: 'red' }),
    { ...box('b'), apiVersion: '2000-01-01' },
    { ...box('c'), type: 'Contoso.Test/crates' },
  ]);
  expect([bad.status, bad.body.error.code]).toEqual([400, 'InvalidTemplateDeployment']);
  expect(bad.body.error.details.map(({ code, target }: Part) => [code, String(target).split('/').at(-1)])).toEqual([
    ['InvalidRequestContent', 'a'],
    ['NoRegisteredProviderFound', 'b'],
    ['InvalidResourceType', 'c'],
  ]);
  expect(azure.resources()).toHaveLength(1);
  expect((await send('GET', `${deploymentId(group, 'd')}?${v}`)).body.error.code).toBe('DeploymentNotFound');
});

test.each([
  ['a template that is no template', { mode: 'Incremental', template: [] }, 'InvalidTemplate|InvalidRequestContent'],
  ['an unknown function', { mode: 'Incremental', template: template([box("[nonsense('x')]")]) }, 'InvalidTemplate'],
  [
    'a cycle',
    { mode: 'Incremental', template: template([box('a', [boxId('b')]), box('b', [boxId('a')])]) },
    'InvalidTemplate',
  ],
  [
    'a missing parameter',
    { mode: 'Incremental', template: template([], { parameters: { p: { type: 'string' } } }) },
    'InvalidTemplate',
  ],
  ['no template', { mode: 'Incremental' }, 'InvalidRequestContent'],
  ['no mode', { template: template([]) }, 'InvalidRequestContent'],
])('PUT with %s is refused at once, and nothing is recorded', async (_, properties, code) => {
  const { send } = await ready();
  const answer = await send('PUT', `${deploymentId(group, 'd')}?${v}`, { properties });
  expect([answer.status, answer.body.error.code]).toEqual([400, expect.stringMatching(new RegExp(`^(${code})$`))]);
  expect((await send('HEAD', `${deploymentId(group, 'd')}?${v}`)).status).toBe(404);
});

test('what is wrong in a template is told with its line and column in the body that was sent', async () => {
  const { send } = await ready();
  const text = `{"properties": {"mode": "Incremental", "template": {
    "$schema": "${schema}", "contentVersion": "1.0.0.0", "resources": [],
    "outputs": {
      "x": { "type": "string", "value": "[nonsense('x')]" } } }}}`;
  const { error } = (await send('PUT', `${deploymentId(group, 'd')}?${v}`, text)).body;
  expect(error.code).toBe('InvalidTemplate');
  expect(error.message).toContain('nonsense');
  // The line of the output above, counted by hand.
  expect(error.additionalInfo).toEqual([
    { type: 'TemplateViolation', info: expect.objectContaining({ lineNumber: 4 }) },
  ]);
});

test('linked templates are refused by name', async () => {
  const { send } = await ready();
  const properties = { mode: 'Incremental', templateLink: { uri: 'https://example.com/t.json' } };
  const answer = await send('PUT', `${deploymentId(group, 'd')}?${v}`, { properties });
  expect([answer.status, answer.body.error.message]).toEqual([
    501,
    expect.stringContaining("'properties.templateLink'"),
  ]);
});

test('list, HEAD, exportTemplate, DELETE; deleting the record leaves the resources', async () => {
  const { deploy, send } = await ready();
  const text = template([box('a')]);
  await deploy(group, 'one', text);
  await deploy(group, 'two', template([box('b', [], { explode: 'x' })]));
  const list = async (query = '') =>
    (await send('GET', `${deploymentId(group, '')}?${v}${query}`)).body.value.map(({ name }: { name: string }) => name);
  expect((await list()).sort()).toEqual(['one', 'two']);
  expect(await list(`&$filter=${encodeURIComponent("provisioningState eq 'Failed'")}`)).toEqual(['two']);
  expect((await send('HEAD', `${deploymentId(group, 'ONE')}?${v}`)).status).toBe(204);
  expect((await send('POST', `${deploymentId(group, 'one')}/exportTemplate?${v}`)).body).toEqual({ template: text });
  expect((await send('DELETE', `${deploymentId(group, 'one')}?${v}`)).status).toBe(204);
  expect(await list()).toEqual(['two']);
  expect((await send('GET', idOf('a'))).status).toBe(200);
  const hash = async (value: unknown) =>
    (await send('POST', `/providers/Microsoft.Resources/calculateTemplateHash?${v}`, value)).body.templateHash;
  expect(await hash({ a: 1, b: 2 })).toBe(await hash({ b: 2, a: 1 }));
  expect(await hash({ a: 1, b: 2 })).not.toBe(await hash({ a: 1, b: 3 }));
});

test('a process that ends in the middle: the deployment failed honestly, its resources failed, and deploying again mends both', async () => {
  const store = createMemoryStore();
  const never: Clock = { ...systemClock, sleep: () => new Promise(() => undefined) };
  const first = await ready({ store, clock: never });
  const properties = { mode: 'Incremental', template: template([box('a'), box('b', [boxId('a')])]) };
  const accepted = await first.send('PUT', `${deploymentId(group, 'd')}?${v}`, { properties });
  while ((await first.send('GET', idOf('a'))).status !== 200) await new Promise((resolve) => setTimeout(resolve, 1));
  // The first process is never heard of again.
  const second = tinyCloud({ store });
  const { error, provisioningState } = (await second.send('GET', `${deploymentId(group, 'd')}?${v}`)).body.properties;
  expect([provisioningState, error.code, error.message]).toEqual([
    'Failed',
    'OperationInterrupted',
    expect.stringContaining('deploy again'),
  ]);
  const poll = await second.send('GET', accepted.headers.get('azure-asyncoperation') as string);
  expect(poll.body).toMatchObject({ status: 'Failed', error: { code: 'OperationInterrupted' } });
  expect((await second.send('GET', idOf('a'))).body.properties.provisioningState).toBe('Failed');
  await second.deploy(group, 'd', properties.template);
  const unbroken = await ready();
  await unbroken.deploy(group, 'd', properties.template);
  const withoutCounter = (cloud: typeof second) =>
    cloud.azure
      .resources()
      .map(({ properties: { boxNumber: _, ...rest } = {}, ...resource }) => ({ ...resource, rest }));
  expect(withoutCounter(second)).toEqual(withoutCounter(unbroken));
});
