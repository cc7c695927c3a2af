/*
 * How fast templates expand: 800 resources from copy loops, with nested deployments in inner and outer scope between them. Prints
 * expansions a second and the time of one beside the time in which JSON.parse reads the same bytes.
 *
 *   npx tsx bench/arm-expand.ts
 */
import { expandOffline, readJson } from '../src/arm/index.ts';

const schema = 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#';

/** Subnets of a network with their rules: loops in loops, names and ranges worked out. */
function securityGroups(count: number) {
  return {
    type: 'Microsoft.Network/networkSecurityGroups',
    apiVersion: '2024-05-01',
    name: "[format('{0}-nsg-{1}', variables('prefix'), padLeft(copyIndex(), 3, '0'))]",
    location: "[parameters('location')]",
    tags: "[union(parameters('tags'), createObject('index', string(copyIndex())))]",
    copy: { name: 'groups', count },
    properties: {
      copy: [
        {
          name: 'securityRules',
          count: "[length(variables('ports'))]",
          input: {
            name: "[format('allow-{0}', variables('ports')[copyIndex('securityRules')])]",
            properties: {
              priority: "[add(100, mul(copyIndex('securityRules'), 10))]",
              access: "[if(equals(mod(copyIndex(), 2), 0), 'Allow', 'Deny')]",
              direction: 'Inbound',
              protocol: 'Tcp',
              sourceAddressPrefix: "[cidrSubnet('10.0.0.0/8', 24, copyIndex())]",
              sourcePortRange: '*',
              destinationAddressPrefix: '*',
              destinationPortRange: "[string(variables('ports')[copyIndex('securityRules')])]",
            },
          },
        },
      ],
    },
  };
}

function storageAccounts(count: number) {
  return {
    type: 'Microsoft.Storage/storageAccounts',
    apiVersion: '2023-05-01',
    name: "[take(toLower(concat('st', uniqueString(resourceGroup().id, string(copyIndex())))), 24)]",
    location: "[parameters('location')]",
    copy: { name: 'accounts', count, mode: 'Serial', batchSize: 10 },
    sku: { name: 'Standard_LRS' },
    kind: 'StorageV2',
    dependsOn: ['groups'],
    properties: {
      minimumTlsVersion: 'TLS1_2',
      allowBlobPublicAccess: false,
      group:
        "[resourceId('Microsoft.Network/networkSecurityGroups', format('{0}-nsg-{1}', variables('prefix'), padLeft(copyIndex(), 3, '0')))]",
    },
  };
}

function nested(name: string, scope: 'inner' | 'outer', count: number) {
  const inner = scope === 'inner';
  return {
    type: 'Microsoft.Resources/deployments',
    apiVersion: '2024-03-01',
    name: `[format('${name}-{0}', copyIndex())]`,
    copy: { name, count },
    properties: {
      mode: 'Incremental',
      expressionEvaluationOptions: { scope },
      parameters: inner ? { index: { value: '[copyIndex()]' }, prefix: { value: "[variables('prefix')]" } } : {},
      template: {
        $schema: schema,
        contentVersion: '1.0.0.0',
        parameters: inner ? { index: { type: 'int' }, prefix: { type: 'string' } } : {},
        resources: [
          {
            type: 'Microsoft.Network/routeTables',
            apiVersion: '2024-05-01',
            name: inner
              ? "[format('{0}-rt-{1}-{2}', parameters('prefix'), parameters('index'), copyIndex())]"
              : `[format('{0}-${name}-{1}', variables('prefix'), copyIndex('${name}'))]`,
            ...(inner ? { copy: { name: 'routes', count: 9 } } : {}),
            properties: { disableBgpRoutePropagation: true, routes: [] },
          },
        ],
      },
    },
  };
}

// 400 + 180 + 20 × (1 + 9) + 10 × (1 + 1) = 800
const template = {
  $schema: schema,
  contentVersion: '1.0.0.0',
  parameters: {
    location: { type: 'string', defaultValue: '[resourceGroup().location]' },
    tags: { type: 'object', defaultValue: { owner: 'platform', environment: 'production' } },
  },
  variables: { prefix: "[concat('hub-', uniqueString(resourceGroup().id))]", ports: [22, 80, 443, 8080, 8443] },
  resources: [securityGroups(400), storageAccounts(180), nested('inner', 'inner', 20), nested('outer', 'outer', 10)],
  outputs: {
    prefix: { type: 'string', value: "[variables('prefix')]" },
    address: { type: 'object', value: "[reference(resourceId('Microsoft.Network/routeTables', 'x'), '2024-05-01')]" },
  },
};

const text = JSON.stringify(template, undefined, 2);

/** The same resources written out, as another tool would have to send them: what JSON.parse is given for comparison. */
const first = expandOffline({ template: readJson(text, 'bench.json') });
const written = JSON.stringify(first.resources);

function milliseconds(work: () => unknown, times: number): readonly number[] {
  return Array.from({ length: times }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  }).sort((a, b) => a - b);
}

/** Of the processor, in all threads of this process: what else the machine does counts less than in time on the wall. */
function processorMilliseconds(work: () => unknown, times: number): readonly number[] {
  return Array.from({ length: times }, () => {
    const start = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  }).sort((a, b) => a - b);
}

const median = (sorted: readonly number[]): number => sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;

const rounds = Number(process.argv[2] ?? 40);
const cold = milliseconds(() => expandOffline({ template: readJson(text, 'bench.json') }), 1);
milliseconds(() => expandOffline({ template: readJson(text, 'bench.json') }), 10);
const expand = milliseconds(() => expandOffline({ template: readJson(text, 'bench.json') }), rounds);
const processor = processorMilliseconds(() => expandOffline({ template: readJson(text, 'bench.json') }), rounds);
const parseTemplate = milliseconds(() => JSON.parse(text), rounds);
const parseWritten = milliseconds(() => JSON.parse(written), rounds);

const rows: readonly (readonly [string, string])[] = [
  ['resources', String(first.resources.length)],
  ['template, bytes', String(text.length)],
  ['expanded, bytes', String(written.length)],
  ['first expansion, ms', (cold[0] ?? Number.NaN).toFixed(1)],
  ['warm expansion, median ms', median(expand).toFixed(1)],
  ['warm expansion, slowest ms', (expand.at(-1) ?? Number.NaN).toFixed(1)],
  ['warm expansion, median ms of processor', median(processor).toFixed(1)],
  ['expansions a second', (1000 / median(expand)).toFixed(1)],
  ['JSON.parse of the template, ms', median(parseTemplate).toFixed(3)],
  ['ratio to JSON.parse of the same bytes', (median(expand) / median(parseTemplate)).toFixed(0)],
  ['JSON.parse of the expanded resources, ms', median(parseWritten).toFixed(2)],
  ['ratio to JSON.parse of what comes out', (median(expand) / median(parseWritten)).toFixed(1)],
];
for (const [name, value] of rows) process.stdout.write(`${name.padEnd(42)}${value.padStart(10)}\n`);
const aim = 100;
if (median(expand) >= aim) process.exitCode = 1;
