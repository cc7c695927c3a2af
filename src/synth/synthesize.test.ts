import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { canonicalJson } from '../kernel/canonical-json.ts';
import { Problem, Problems } from '../kernel/errors.ts';
import { sha256 } from '../kernel/hash.ts';
import type { Blueprint } from '../model/blueprint.ts';
import type { Value } from '../model/resource.ts';
import { synthesize } from './synthesize.ts';
import { blueprintOf, hubAndSpoke, network, resourceGroup, withKeysReversed } from './test-blueprint.ts';

interface Entry {
  readonly type: string;
  readonly name: string;
  readonly location?: string;
  readonly tags?: unknown;
  readonly dependsOn?: readonly string[];
  readonly resourceGroup?: string;
  readonly subscriptionId?: string;
  readonly properties: Record<string, unknown>;
}
interface Template {
  readonly $schema: string;
  readonly contentVersion: string;
  readonly parameters: Record<string, unknown>;
  readonly resources: readonly Entry[];
}

function textOf(blueprint: Blueprint, path: string): string {
  const file = synthesize(blueprint).find((one) => one.path === path);
  if (file === undefined) throw new Error(`no ${path}`);
  return file.text;
}
const templateOf = (blueprint: Blueprint, deployment: string): Template =>
  JSON.parse(textOf(blueprint, `templates/${deployment}.json`)) as Template;
const entryOf = (template: Template, name: string): Entry => {
  const found = template.resources.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
};
function codesOf(blueprint: Blueprint): readonly string[] {
  try {
    synthesize(blueprint);
  } catch (error) {
    if (error instanceof Problems) return error.all.map((one) => one.code);
    if (error instanceof Problem) return [error.code];
    throw error;
  }
  return [];
}
const vnet = (key: string, properties: Value, more: object = {}) =>
  network({ key, type: 'virtualNetworks', name: key, properties, ...more });

describe('templates', () => {
  // Schemas: MicrosoftDocs azure-docs, deploy-to-resource-group.md and deploy-to-subscription.md, section "Schema".
  test('one for each deployment, with the schema of its scope', () => {
    const hub = templateOf(hubAndSpoke, 'hub');
    expect(hub.$schema).toBe('https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#');
    expect(hub.contentVersion).toBe('1.0.0.0');
    expect(hub.resources.map((one) => one.name)).toEqual(['pip-hub', 'vnet-hub', 'route-hub']);
    expect(templateOf(hubAndSpoke, 'subscription').$schema).toBe(
      'https://schema.management.azure.com/schemas/2018-05-01/subscriptionDeploymentTemplate.json#',
    );
  });

  test('are written as people write them', () => {
    const text = textOf(hubAndSpoke, 'templates/hub.json');
    expect(text.endsWith('}\n')).toBe(true);
    expect(text).toContain('\n  "resources": [\n    {\n      "type": "Microsoft.Network/publicIPAddresses",\n');
    const entry = entryOf(templateOf(hubAndSpoke, 'hub'), 'vnet-hub');
    expect(Object.keys(entry)).toEqual(['type', 'apiVersion', 'name', 'location', 'tags', 'dependsOn', 'properties']);
    expect(Object.keys((entry.properties.subnets as object[])[0] as object)).toEqual(['name', 'properties']);
  });

  test('location and shared tags are parameters, and the parameter file gives them', () => {
    const hub = templateOf(hubAndSpoke, 'hub');
    expect(Object.keys(hub.parameters)).toEqual(['location', 'tags']);
    expect(entryOf(hub, 'route-hub').location).toBe("[parameters('location')]");
    expect(entryOf(hub, 'route-hub').tags).toBe("[parameters('tags')]");
    expect(entryOf(hub, 'vnet-hub').tags).toBe("[union(parameters('tags'), createObject('tier', 'hub'))]");
    expect(JSON.parse(textOf(hubAndSpoke, 'parameters/hub.parameters.json'))).toEqual({
      $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#',
      contentVersion: '1.0.0.0',
      parameters: { location: { value: 'eastus2' }, tags: { value: { environment: 'prod', owner: 'network' } } },
    });
  });

  test('only what is used is a parameter, and a region of its own stays literal', () => {
    const blueprint = blueprintOf([
      vnet('a', {}, { location: 'westus3' }),
      vnet('b', {}, { location: 'westus3' }),
      vnet('c', {}, { location: 'northeurope' }),
      network({ key: 'z', type: 'privateDnsZones', name: 'z', location: 'global' }),
    ]);
    const template = templateOf(blueprint, 'hub');
    expect(Object.keys(template.parameters)).toEqual(['location']);
    expect(template.resources.map((one) => one.location)).toEqual([
      "[parameters('location')]",
      "[parameters('location')]",
      'northeurope',
      'global',
    ]);
  });

  test('no subscription id stands in any of them', () => {
    for (const file of synthesize(hubAndSpoke).filter((one) => one.path.endsWith('.json'))) {
      expect(file.text).not.toContain(hubAndSpoke.subscriptionId);
    }
  });
});

// resourceId and reference: MicrosoftDocs azure-docs, template-functions-resource.md; scope-functions.md for scopes.
describe('handles', () => {
  test('in the same group: resourceId, and a derived dependsOn', () => {
    const entry = entryOf(templateOf(hubAndSpoke, 'hub'), 'vnet-hub');
    const id = "[resourceId('Microsoft.Network/routeTables', 'route-hub')]";
    expect((entry.properties.subnets as { properties: object }[])[0]?.properties).toEqual({
      addressPrefix: '10.200.0.0/26',
      routeTable: { id },
    });
    expect(entry.dependsOn).toEqual([id]);
  });

  test('a property is read at run time, with the version of its resource, after it', () => {
    const entry = entryOf(templateOf(hubAndSpoke, 'hub'), 'route-hub');
    expect(JSON.stringify(entry.properties)).toContain(
      `"[reference(resourceId('Microsoft.Network/publicIPAddresses', 'pip-hub'), '2025-09-01').ipConfiguration.addresses[0].value]"`,
    );
    expect(entry.dependsOn).toEqual(["[resourceId('Microsoft.Network/publicIPAddresses', 'pip-hub')]"]);
  });

  test('a child is named by its full type and waits for the resource that holds it', () => {
    const blueprint = blueprintOf([
      vnet('v', { subnets: [{ name: "o'neil" }] }),
      network({
        key: 'f',
        type: 'azureFirewalls',
        name: 'f',
        properties: { id: { $handle: 'id', resource: 'v', children: [['subnets', "o'neil"]] } },
      }),
    ]);
    const entry = entryOf(templateOf(blueprint, 'hub'), 'f');
    expect(entry.properties.id).toBe("[resourceId('Microsoft.Network/virtualNetworks/subnets', 'v', 'o''neil')]");
    expect(entry.dependsOn).toEqual(["[resourceId('Microsoft.Network/virtualNetworks', 'v')]"]);
  });

  test('into another deployment and group: the group is named, nothing is waited for', () => {
    const entry = entryOf(templateOf(hubAndSpoke, 'cluster-spoke-01'), 'vnet-spoke/to-hub');
    expect(entry.properties).toEqual({
      remoteVirtualNetwork: { id: "[resourceId('rg-hub', 'Microsoft.Network/virtualNetworks', 'vnet-hub')]" },
    });
    // A child has no implicit dependency on its parent (resource-dependency.md): it has to be written.
    expect(entry.dependsOn).toEqual(["[resourceId('Microsoft.Network/virtualNetworks', 'vnet-spoke')]"]);
  });

  test('to a resource group: its id has no providers segment', () => {
    const blueprint = blueprintOf([
      resourceGroup('rg-hub'),
      vnet('v', { group: { $handle: 'id', resource: 'group/rg-hub' } }),
    ]);
    expect(entryOf(templateOf(blueprint, 'hub'), 'v').properties.group).toBe(
      "[format('{0}/resourceGroups/{1}', subscription().id, 'rg-hub')]",
    );
  });

  // linked-templates.md, "Configure target" and "Expression evaluation scope in nested templates".
  test('what lives in another group than most goes there in a nested deployment, after what it refers to', () => {
    const nested = entryOf(templateOf(hubAndSpoke, 'cluster-spoke-01'), 'cluster-spoke-01-in-rg-hub');
    expect(nested.type).toBe('Microsoft.Resources/deployments');
    expect(nested.resourceGroup).toBe('rg-hub');
    expect(nested.dependsOn).toEqual(["[resourceId('Microsoft.Network/virtualNetworks', 'vnet-spoke')]"]);
    expect(nested.properties).toMatchObject({ mode: 'Incremental', expressionEvaluationOptions: { scope: 'Inner' } });
    const [peering] = (nested.properties.template as Template).resources;
    expect(peering?.name).toBe('vnet-hub/to-spoke');
    expect(peering?.dependsOn).toBeUndefined();
    expect(peering?.properties).toEqual({
      remoteVirtualNetwork: { id: "[resourceId('rg-spoke', 'Microsoft.Network/virtualNetworks', 'vnet-spoke')]" },
    });
  });

  test('a resource that refers into a nested deployment waits for that', () => {
    const blueprint = blueprintOf([
      vnet('a', {}, { group: 'other' }),
      vnet('b', { a: { $handle: 'property', resource: 'a', path: 'x' } }),
      vnet('c', {}),
    ]);
    const entry = entryOf(templateOf(blueprint, 'hub'), 'b');
    expect(entry.properties.a).toBe(
      "[reference(resourceId('other', 'Microsoft.Network/virtualNetworks', 'a'), '2025-09-01').x]",
    );
    expect(entry.dependsOn).toEqual(["[resourceId('other', 'Microsoft.Resources/deployments', 'hub-in-other')]"]);
  });

  test('a way out of a group and back in makes two nested deployments of it, not a cycle', () => {
    const template = templateOf(
      blueprintOf([
        vnet('a', {}, { group: 'other', location: 'eastus2' }),
        vnet('b', { a: { $handle: 'id', resource: 'a' } }),
        vnet('c', { b: { $handle: 'id', resource: 'b' } }, { group: 'OTHER' }),
        vnet('d', {}),
        vnet('e', {}),
      ]),
      'hub',
    );
    const first = entryOf(template, 'hub-in-other');
    const second = entryOf(template, 'hub-in-OTHER-2');
    expect(first.dependsOn).toBeUndefined();
    expect(first.properties.parameters).toEqual({ location: { value: "[parameters('location')]" } });
    expect(entryOf(template, 'b').dependsOn).toEqual([
      "[resourceId('other', 'Microsoft.Resources/deployments', 'hub-in-other')]",
    ]);
    expect(second.dependsOn).toEqual(["[resourceId('Microsoft.Network/virtualNetworks', 'b')]"]);
    expect((second.properties.template as Template).resources.map((one) => one.name)).toEqual(['c']);
  });

  test('subscription scope: groups first, then nested deployments into them', () => {
    const blueprint = blueprintOf([
      resourceGroup('rg-a'),
      vnet('v', {}, { group: 'rg-a', stage: 'subscription' }),
      vnet('w', { v: { $handle: 'id', resource: 'v' } }, { group: 'rg-b', stage: 'subscription' }),
    ]);
    const template = templateOf(blueprint, 'subscription');
    expect(entryOf(template, 'subscription-in-rg-a').dependsOn).toEqual([
      "[subscriptionResourceId('Microsoft.Resources/resourceGroups', 'rg-a')]",
    ]);
    expect(entryOf(template, 'subscription-in-rg-b').dependsOn).toEqual([
      "[resourceId(subscription().subscriptionId, 'rg-a', 'Microsoft.Resources/deployments', 'subscription-in-rg-a')]",
    ]);
    expect(parse(textOf(blueprint, 'deployments.yaml'))).toMatchObject([
      { scope: `/subscriptions/${blueprint.subscriptionId}`, location: 'eastus2' },
    ]);
  });

  // deploy-to-resource-group.md, "Scope to subscription": subscriptionId and location of the nested deployment.
  test('a subscription-scope resource of a group deployment steps up in a nested deployment', () => {
    const blueprint = blueprintOf([
      vnet('v', {}),
      {
        key: 's',
        stage: 'hub',
        deployment: 'hub',
        type: 'Microsoft.Insights/diagnosticSettings',
        apiVersion: '2021-05-01-preview',
        name: 's',
        scope: { kind: 'subscription' },
        properties: { workspaceId: { $handle: 'id', resource: 'v' } },
      },
    ]);
    const nested = entryOf(templateOf(blueprint, 'hub'), 'hub-in-subscription');
    expect(nested).toMatchObject({
      subscriptionId: '[subscription().subscriptionId]',
      location: '[resourceGroup().location]',
      dependsOn: ["[resourceId('Microsoft.Network/virtualNetworks', 'v')]"],
    });
    expect((nested.properties.template as Template).resources[0]?.properties.workspaceId).toBe(
      "[resourceId(subscription().subscriptionId, 'rg-hub', 'Microsoft.Network/virtualNetworks', 'v')]",
    );
  });

  test('one at a time is a chain in the order of the blueprint', () => {
    const group = (name: string) =>
      network({ key: name, type: 'ipGroups', name, properties: {}, oneAtATime: 'policy' });
    const template = templateOf(blueprintOf([group('c'), group('a'), vnet('v', {}), group('b')]), 'hub');
    expect(template.resources.map((one) => one.dependsOn)).toEqual([
      undefined,
      ["[resourceId('Microsoft.Network/ipGroups', 'c')]"],
      undefined,
      ["[resourceId('Microsoft.Network/ipGroups', 'a')]"],
    ]);
  });

  // arm template-expressions.md, "Escape characters": a leading [[ with a closing ] is a literal.
  test('texts that look like expressions are escaped, others are left', () => {
    const properties = { '[k]': '[concat(1)]', b: '[open', c: '[[x]', d: 'plain' };
    expect(entryOf(templateOf(blueprintOf([vnet('v', properties)]), 'hub'), 'v').properties).toEqual({
      '[[k]': '[[concat(1)]',
      b: '[open',
      c: '[[[x]',
      d: 'plain',
    });
  });
});

describe('lists', () => {
  test('deployments.yaml is in the order of the stages', () => {
    const subscription = `/subscriptions/${hubAndSpoke.subscriptionId}`;
    const rows = parse(textOf(hubAndSpoke, 'deployments.yaml')) as { name: string }[];
    expect(rows.map((row) => row.name)).toEqual(['subscription', 'hub', 'cluster-spoke-01']);
    expect(rows[2]).toEqual({
      name: 'cluster-spoke-01',
      stage: 'cluster-spoke',
      role: 'network',
      runsFrom: 'anywhere',
      scope: `${subscription}/resourceGroups/rg-spoke`,
      template: 'templates/cluster-spoke-01.json',
      parameters: 'parameters/cluster-spoke-01.parameters.json',
    });
  });

  test('deployments of one stage follow their references', () => {
    const blueprint = blueprintOf([
      vnet('b', { a: { $handle: 'id', resource: 'a' } }, { deployment: 'second', group: 'g2' }),
      vnet('a', {}, { deployment: 'first', group: 'g1' }),
    ]);
    const rows = parse(textOf(blueprint, 'deployments.yaml')) as { name: string }[];
    expect(rows.map((row) => row.name)).toEqual(['first', 'second']);
  });

  test('intents and decisions come through unchanged', () => {
    expect(parse(textOf(hubAndSpoke, 'intents.yaml'))).toEqual({ intents: hubAndSpoke.parts[0]?.intents });
    expect(JSON.parse(textOf(hubAndSpoke, 'decisions.json'))).toEqual({
      schema: 'aks-regulated/decisions',
      version: 1,
      decisions: hubAndSpoke.parts[0]?.decisions.map((decision) => ({ ...decision, part: 'part' })),
    });
  });

  test('intents may be given from elsewhere', () => {
    const file = synthesize(hubAndSpoke, { intents: [] }).find((one) => one.path === 'intents.yaml');
    expect(parse(file?.text ?? '')).toEqual({ intents: [] });
  });
});

describe('the same blueprint gives the same bytes', () => {
  const digest = (blueprint: Blueprint): string => sha256(canonicalJson(synthesize(blueprint)));
  test('twice', () => expect(digest(hubAndSpoke)).toBe(digest(structuredClone(hubAndSpoke))));
  test('whatever the order of the keys', () => expect(digest(withKeysReversed(hubAndSpoke))).toBe(digest(hubAndSpoke)));
});

describe('what cannot be deployed is refused', () => {
  const handle = (resource: string) => ({ $handle: 'id', resource }) as const;
  test.each<[string, Blueprint]>([
    ['SYNTH_DUPLICATE_RESOURCE', blueprintOf([vnet('v', {}), { ...vnet('V', {}), name: 'V' }])],
    ['SYNTH_DUPLICATE_KEY', blueprintOf([vnet('v', {}), { ...vnet('v', {}), name: 'w' }])],
    ['SYNTH_DANGLING_HANDLE', blueprintOf([vnet('v', { a: handle('w') })])],
    ['SYNTH_DEPENDENCY_CYCLE', blueprintOf([vnet('v', { a: handle('w') }), vnet('w', { a: handle('v') })])],
    [
      'SYNTH_DEPENDENCY_CYCLE',
      blueprintOf([
        vnet('v', { a: handle('w') }, { deployment: 'x' }),
        vnet('w', {}, { deployment: 'y' }),
        vnet('u', { a: handle('v') }, { deployment: 'y' }),
      ]),
    ],
    ['SYNTH_DEPENDENCY_CYCLE', blueprintOf([vnet('v', { a: { $handle: 'property', resource: 'v', path: 'x' } })])],
    [
      'SYNTH_HANDLE_PATH',
      blueprintOf([vnet('w', {}), vnet('v', { a: { $handle: 'property', resource: 'w', path: "x'" } })]),
    ],
    [
      'SYNTH_HANDLE_MISPLACED',
      blueprintOf([vnet('w', {}), vnet('v', {}, { sku: { name: { $handle: 'property', resource: 'w', path: 'x' } } })]),
    ],
    ['SYNTH_HANDLE_TO_LATER', blueprintOf([vnet('v', { a: handle('w') }), vnet('w', {}, { stage: 'hub-rules' })])],
    ['SYNTH_NAME_SEGMENTS', blueprintOf([{ ...vnet('v', {}), name: 'v/w' }])],
    [
      'SYNTH_DEPLOYMENT_IN_TWO_STAGES',
      blueprintOf([vnet('v', {}), vnet('w', {}, { stage: 'hub-rules', deployment: 'hub' })]),
    ],
    ['SYNTH_UNKNOWN_STAGE', blueprintOf([vnet('v', {}, { stage: 'alerts' })])],
    ['SYNTH_DEPLOYMENT_NAME', blueprintOf([vnet('v', {}, { deployment: '../hub' })])],
    ['SYNTH_TOO_MANY_RESOURCES', blueprintOf(Array.from({ length: 801 }, (_, i) => vnet(`v${i}`, {})))],
    ['SYNTH_RESOURCE_TOO_LARGE', blueprintOf([vnet('v', { a: 'x'.repeat(1024 * 1024) })])],
    [
      'SYNTH_TEMPLATE_TOO_LARGE',
      blueprintOf(Array.from({ length: 5 }, (_, i) => vnet(`v${i}`, { a: 'x'.repeat(900 * 1024) }))),
    ],
    ['SYNTH_SECRET_IN_TEMPLATE', blueprintOf([vnet('v', { osProfile: { adminPassword: 'hunter2' } })])],
    [
      'SYNTH_SECRET_IN_TEMPLATE',
      blueprintOf([vnet('v', {}), vnet('u', {}), vnet('w', { list: [{ sharedSharedKey: 'x' }] }, { group: 'o' })]),
    ],
  ])('%s', (code, blueprint) => {
    expect(codesOf(blueprint)).toEqual([code]);
  });

  test('800 resources are accepted', () => {
    expect(codesOf(blueprintOf(Array.from({ length: 800 }, (_, i) => vnet(`v${i}`, {}))))).toEqual([]);
  });

  test('all problems come at once, and a dangling handle says what was meant', () => {
    const blueprint = blueprintOf([vnet('hub/vnet', { a: handle('hub/vnett'), b: handle('nothing') }, { name: 'v' })]);
    expect(codesOf(blueprint)).toEqual(['SYNTH_DANGLING_HANDLE', 'SYNTH_DANGLING_HANDLE']);
    expect(() => synthesize(blueprint)).toThrow(
      expect.objectContaining({ hint: 'Did you mean hub/vnet?' }) as unknown as Error,
    );
  });

  test('two intents or decisions of one id', () => {
    const part = hubAndSpoke.parts[0];
    const twice = { ...hubAndSpoke, parts: [part, { ...part, resources: [] }] } as Blueprint;
    expect(codesOf(twice)).toEqual(['SYNTH_DUPLICATE_INTENT']);
  });
});
