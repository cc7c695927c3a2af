import { expect, test } from 'vitest';
import { type Clock, systemClock } from '../../kernel/clock.ts';
import { type Milliseconds, milliseconds } from '../../kernel/units.ts';
import {
  box,
  boxId,
  deploymentId,
  idOf,
  nested,
  type Part,
  ready,
  root,
  schema,
  template,
  v,
} from '../fixtures/templates.ts';
import { group, tinyCloud } from '../fixtures/tiny-cloud.ts';
import { createMemoryStore } from '../store/index.ts';

/** The system's clock, counting how many sleep at once: each sleep is a resource in the middle of its PUT. */
function countingClock(): { readonly clock: Clock; readonly peak: () => number } {
  let now = 0;
  let peak = 0;
  const sleep = async (ms: Milliseconds, signal?: AbortSignal): Promise<void> => {
    now++;
    peak = Math.max(peak, now);
    try {
      await systemClock.sleep(ms, signal);
    } finally {
      now--;
    }
  };
  return { clock: { ...systemClock, sleep }, peak: () => peak };
}

test('a diamond runs as parallel as its graph, and in its order', async () => {
  const { clock, peak } = countingClock();
  const { azure, deploy } = await ready({ clock, operationLatency: milliseconds(40) });
  const sides = ['b', 'c', 'd'];
  const done = await deploy(
    group,
    'diamond',
    template([
      // The order of the text is not the order of the run.
      box('z', sides.map(boxId)),
      ...sides.map((name) => box(name, [boxId('a')])),
      box('a'),
    ]),
  );
  expect(done.body.properties.provisioningState).toBe('Succeeded');
  // The middle runs at once: three long-running PUTs.
  expect(peak()).toBe(3);
  // A box counts the boxes that were there before it.
  const numbers = Object.fromEntries(azure.resources().map(({ name, properties }) => [name, properties?.boxNumber]));
  expect([numbers.a, numbers.z]).toEqual([0, 4]);
  expect([numbers.b, numbers.c, numbers.d].sort()).toEqual([1, 2, 3]);
});

test('what failed is told in the DeploymentFailed envelope; what depends on it is not begun, the rest is done', async () => {
  const { deploy, send } = await ready();
  const { body } = await deploy(
    group,
    'bad',
    template([box('good'), box('bad', [], { explode: 'bang' }), box('after', [boxId('bad')])]),
  );
  expect(body.properties.provisioningState).toBe('Failed');
  // Reference, section 2.6.
  expect(body.properties.error).toEqual({
    code: 'DeploymentFailed',
    target: deploymentId(group, 'bad'),
    message:
      'At least one resource deployment operation failed. Please list deployment operations for details. Please see https://aka.ms/arm-deployment-operations for usage details.',
    details: [{ code: 'BoxExploded', message: 'bang', target: idOf('bad') }],
  });
  expect((await send('GET', idOf('good'))).status).toBe(200);
  expect((await send('GET', idOf('after'))).status).toBe(404);
  const operations = (await send('GET', `${deploymentId(group, 'bad')}/operations?${v}`)).body.value;
  expect(
    operations.map((item: { properties: Part }) => [item.properties.provisioningState, item.properties.statusCode]),
  ).toEqual([
    ['Succeeded', 'Created'],
    ['Failed', 'Conflict'],
  ]);
  expect(operations[1].properties.statusMessage).toEqual({
    status: 'Failed',
    error: { code: 'BoxExploded', message: 'bang' },
  });
});

test('reference() of an id makes no dependency: without dependsOn it fails as in ARM (reference, section 2.5)', async () => {
  const { deploy } = await ready();
  const byId = "[reference(resourceId('Contoso.Test/boxes', 'a'), '2024-01-01').serial]";
  const late = await deploy(group, 'late', template([box('b', [], { serial2: byId }), box('a')]));
  expect(late.body.properties.error.details).toEqual([
    expect.objectContaining({ code: 'ResourceNotFound', message: expect.stringContaining('Contoso.Test/boxes/a') }),
  ]);
  const lid = { type: 'Contoso.Test/boxes/lids', apiVersion: '2024-01-01', name: 'new/l', properties: {} };
  const child = await deploy(group, 'child', template([lid, box('new')]));
  expect(child.body.properties.error.details).toEqual([expect.objectContaining({ code: 'ParentResourceNotFound' })]);
  const told = await deploy(group, 'told', template([{ ...lid, dependsOn: [boxId('new')] }, box('new')]));
  expect(told.body.properties.provisioningState).toBe('Succeeded');
});

test('list*() reaches the action of the service, and a missing action fails', async () => {
  const { deploy } = await ready();
  const jar = { type: 'Contoso.Test/jars', apiVersion: '2024-01-01', name: 'j', location: 'eastus2', properties: {} };
  const keys = (action: string) => ({
    outputs: {
      key: { type: 'string', value: `[${action}(resourceId('Contoso.Test/jars', 'j'), '2024-01-01').keys[0].value]` },
    },
  });
  const good = await deploy(group, 'keys', template([jar], keys('listKeys')));
  expect(good.body.properties.outputs.key.value).toBe('key of j');
  const bad = await deploy(group, 'lids', template([jar], keys('listLids')));
  expect(bad.body.properties).toMatchObject({
    provisioningState: 'Failed',
    error: { code: 'DeploymentOutputEvaluationFailed' },
  });
});

test('a condition that is false deploys nothing and holds nobody up', async () => {
  const { azure, deploy } = await ready();
  const { body } = await deploy(group, 'c', template([{ ...box('no'), condition: false }, box('yes', [boxId('no')])]));
  expect(body.properties.provisioningState).toBe('Succeeded');
  expect(azure.resources().map(({ name }) => name)).toEqual(['rg-test', 'yes']);
});

test('language version 2.0: existing resources are read, and must be there', async () => {
  const { deploy, send, settle } = await ready();
  const two = (name: string) => ({
    $schema: schema,
    languageVersion: '2.0',
    contentVersion: '1.0.0.0',
    resources: {
      old: { existing: true, type: 'Contoso.Test/boxes', apiVersion: '2024-01-01', name },
      fresh: { ...box('fresh', ['old']), properties: { serialOfOld: "[reference('old').serial]" } },
    },
  });
  await send('PUT', idOf('old'), { location: 'eastus2' });
  await settle();
  const { body } = await deploy(group, 'two', two('old'));
  expect(body.properties.provisioningState).toBe('Succeeded');
  expect(body.properties.outputResources).toEqual([{ id: idOf('fresh') }]);
  const { serial } = (await send('GET', idOf('old'))).body.properties;
  expect((await send('GET', idOf('fresh'))).body.properties.serialOfOld).toBe(serial);
  const missing = await deploy(group, 'missing', two('nowhere'));
  expect(missing.body.properties.error.details[0].code).toBe('ResourceNotFound');
});

test('nested deployments are deployments of their own, into other groups too, under one correlation id', async () => {
  const { deploy, send, makeGroup } = await ready();
  const other = `${root}/resourceGroups/rg-other`;
  await makeGroup(other);
  const inner = template([box("[parameters('name')]")], {
    parameters: { name: { type: 'string' } },
    outputs: { id: { type: 'string', value: "[resourceId('Contoso.Test/boxes', parameters('name'))]" } },
  });
  const { body } = await deploy(
    group,
    'outer',
    template([
      nested('inner', inner, { resourceGroup: 'rg-other', properties: { parameters: { name: { value: 'n' } } } }),
      box('last', [], { from: "[reference('inner').outputs.id.value]" }),
    ]),
  );
  expect(body.properties.provisioningState).toBe('Succeeded');
  const child = (await send('GET', `${deploymentId(other, 'inner')}?${v}`)).body;
  expect(child.properties).toMatchObject({
    provisioningState: 'Succeeded',
    correlationId: body.properties.correlationId,
  });
  const made = `${other}/providers/Contoso.Test/boxes/n`;
  expect((await send('GET', idOf('last'))).body.properties.from).toBe(made);
  expect(body.properties.outputResources).toContainEqual({ id: made });
});

test('a failure inside a nested deployment is told with the way to it', async () => {
  const { deploy } = await ready();
  const { body } = await deploy(
    group,
    'outer',
    template([nested('inner', template([box('x', [], { explode: 'bang' })]))]),
  );
  const [detail] = body.properties.error.details;
  expect(detail).toMatchObject({
    target: deploymentId(group, 'inner'),
    details: [
      {
        code: 'DeploymentFailed',
        target: deploymentId(group, 'inner'),
        details: [{ code: 'BoxExploded', target: idOf('x') }],
      },
    ],
  });
  const lost = await deploy(group, 'lost', template([nested('inner', template([]), { resourceGroup: 'rg-none' })]));
  expect(lost.body.properties.error.details[0].code).toBe('ResourceGroupNotFound');
});

test('a deployment to a subscription makes a group and deploys into it', async () => {
  const { azure, deploy } = tinyCloud();
  const { body } = await deploy(
    root,
    'sub',
    template([
      { type: 'Microsoft.Resources/resourceGroups', apiVersion: '2024-11-01', name: 'rg-made', location: 'westus' },
      nested('inside', template([{ ...box('b'), location: '[resourceGroup().location]' }]), {
        resourceGroup: 'rg-made',
        dependsOn: ["[resourceId('Microsoft.Resources/resourceGroups', 'rg-made')]"],
      }),
    ]),
    { location: 'eastus2' },
  );
  expect(body).toMatchObject({ location: 'eastus2', properties: { provisioningState: 'Succeeded' } });
  expect(azure.resources().map(({ id, location }) => [id, location])).toEqual([
    [`${root}/resourceGroups/rg-made`, 'westus'],
    [`${root}/resourceGroups/rg-made/providers/Contoso.Test/boxes/b`, 'westus'],
  ]);
});

test('values of secure parameters are nowhere in the store', async () => {
  const store = createMemoryStore();
  const { deploy, send } = await ready({ store });
  const secret = 'hunter2-hunter2';
  const { body } = await deploy(
    group,
    'secret',
    template(
      [
        box('a'),
        nested('inner', template([box('b')], { parameters: { p: { type: 'secureString' } } }), {
          properties: { parameters: { p: { value: "[parameters('password')]" } } },
        }),
      ],
      {
        parameters: { password: { type: 'securestring' }, open: { type: 'string' } },
        outputs: { leak: { type: 'securestring', value: "[parameters('password')]" } },
      },
    ),
    { parameters: { password: { value: secret }, open: { value: 'seen-by-all' } } },
  );
  expect(body.properties.provisioningState).toBe('Succeeded');
  const everything = JSON.stringify([...store.range('')]);
  expect([everything.includes('seen-by-all'), everything.includes(secret)]).toEqual([true, false]);
  expect(JSON.stringify((await send('GET', `${deploymentId(group, 'secret')}?${v}`)).body)).not.toContain(secret);
});

test('complete mode deletes what is not in the template (reference, section 2.5)', async () => {
  const { azure, deploy, send, settle } = await ready();
  await send('PUT', idOf('old'), { location: 'eastus2' });
  await send('PUT', `${idOf('old')}/lids/l`, {});
  await settle();
  await deploy(group, 'inc', template([box('a')]));
  expect(azure.resources().map(({ name }) => name)).toContain('old');
  const { body } = await deploy(group, 'com', template([box('a'), { ...box('no'), condition: false }]), {
    mode: 'Complete',
  });
  expect(body.properties.provisioningState).toBe('Succeeded');
  expect(azure.resources().map(({ name }) => name)).toEqual(['rg-test', 'a']);
  const refused = await deploy(root, 'sub', template([]), { mode: 'Complete', location: 'eastus2' });
  expect(refused.status).toBe(400);
});

test('what is only for the first time leaves alone what is there, in Complete mode too', async () => {
  const { azure, deploy, send } = await ready();
  // Azure/bicep-reps, REP 0013: a decorator without arguments is an empty array of `@options`.
  const once = { ...box('a', [], { colour: 'red' }), '@options': { onlyIfNotExists: [] } };
  const kept = async () => azure.resources().find(({ name }) => name === 'a')?.properties?.colour;
  const modern = (resource: Part, more: Part = {}): Part =>
    template([], { languageVersion: '2.0', resources: { resource }, ...more });
  await deploy(group, 'first', modern(once));
  expect(await kept()).toBe('red');
  const again = modern(
    { ...once, properties: { colour: 'blue' } },
    {
      outputs: { colour: { type: 'string', value: `[reference(${boxId('a').slice(1, -1)}, '2024-01-01').colour]` } },
    },
  );
  const { body } = await deploy(group, 'again', again, { mode: 'Complete' });
  expect(body.properties.outputs).toEqual({ colour: { type: 'String', value: 'red' } });
  expect(await kept()).toBe('red');
  const operations = (await send('GET', `${deploymentId(group, 'again')}/operations?${v}`)).body.value;
  expect(operations.map((item: { properties: Part }) => item.properties.provisioningOperation)).toContain('Read');
});

test('the same template gives the same resources in every run', async () => {
  const run = async () => {
    const { azure, deploy } = await ready();
    await deploy(group, 'd', template([box('a'), box('b'), box('c', [boxId('a'), boxId('b')])]));
    return azure.resources();
  };
  expect(await run()).toEqual(await run());
});

test('subnets side by side meet each other as in Azure, but not where operations take no time', async () => {
  const subnet = (name: string): Part => ({
    type: 'Microsoft.Network/virtualNetworks/subnets',
    apiVersion: '2024-01-01',
    name: `v/${name}`,
    dependsOn: ["[resourceId('Microsoft.Network/virtualNetworks', 'v')]"],
    properties: {},
  });
  const vnet = { ...box('v'), type: 'Microsoft.Network/virtualNetworks' };
  const run = async (latency: number) => {
    const { deploy } = await ready({ operationLatency: milliseconds(latency) });
    return (await deploy(group, 'd', template([vnet, subnet('a'), subnet('b')]))).body.properties;
  };
  // Azure/bicep issue 5132.
  expect((await run(20)).error.details).toEqual([expect.objectContaining({ code: 'AnotherOperationInProgress' })]);
  expect((await run(0)).provisioningState).toBe('Succeeded');
});
