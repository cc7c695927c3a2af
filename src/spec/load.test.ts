import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findSpec, loadSpec } from './load.ts';
import { completed, problemsOf, specOf, summary } from './test-spec.ts';

describe('files', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'spec-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('are found upward, the nearest one', () => {
    const deep = path.join(folder, 'a/b/c');
    mkdirSync(deep, { recursive: true });
    writeFileSync(path.join(folder, 'landing-zone.yaml'), completed(''));
    expect(findSpec(deep)).toBe(path.join(folder, 'landing-zone.yaml'));
    writeFileSync(path.join(folder, 'a/landing-zone.yaml'), completed(''));
    expect(findSpec(deep)).toBe(path.join(folder, 'a/landing-zone.yaml'));
    mkdirSync(path.join(deep, 'landing-zone.yaml'));
    expect(findSpec(deep)).toBe(path.join(folder, 'a/landing-zone.yaml'));
    expect(findSpec(path.join(folder, 'a'))).toBe(path.join(folder, 'a/landing-zone.yaml'));
  });

  test('are loaded, and name themselves in places', () => {
    const file = path.join(folder, 'landing-zone.yaml');
    writeFileSync(file, completed('environment: test'));
    const spec = loadSpec(file);
    expect(spec.environment).toBe('test');
    expect(spec.places.get('environment')).toEqual({ file, line: 1, column: 14, path: 'environment' });
  });

  test('that are missing, folders or too large are refused', () => {
    const missing = path.join(folder, 'none.yaml');
    expect(() => loadSpec(missing)).toThrow(expect.objectContaining({ code: 'FILE_NOT_FOUND', kind: 'not-found' }));
    expect(() => loadSpec(folder)).toThrow(expect.objectContaining({ code: 'FILE_UNREADABLE' }));
    const large = path.join(folder, 'large.yaml');
    writeFileSync(large, ' '.repeat(1024 * 1024 + 1));
    expect(() => loadSpec(large)).toThrow(expect.objectContaining({ code: 'SPEC_TOO_LARGE', kind: 'usage' }));
  });
});

describe('what is left out', () => {
  test('gets the defaults of the scenario', () => {
    const spec = specOf('');
    expect(spec).toMatchObject({
      profile: 'current',
      organization: { name: 'contoso', businessUnit: '0001', application: '0005' },
      environment: 'production',
      egress: [],
      cardholderData: {
        flows: [],
        components: [
          { name: 'web-frontend' },
          { name: 'microservice-a' },
          { name: 'microservice-b' },
          { name: 'microservice-c' },
        ],
      },
      retention: { logs: 365, interactive: 90 },
      tags: {},
      contacts: { security: [], operations: [] },
    });
  });

  test('has no place', () => {
    const { places } = specOf('clusters:\n  - region: uksouth\n');
    expect(places.get('clusters[0].region')).toMatchObject({ line: 2, column: 13, path: 'clusters[0].region' });
    expect(places.has('clusters[0].network')).toBe(false);
    expect(places.has('hubs')).toBe(false);
  });

  test('of an allowance is its port, by protocol', () => {
    const allowance = (more: string) =>
      specOf(`egress: [{name: aa, from: system, to: [a.example.com], reason: r, owner: o, expires: 2030-01-01${more}}]`)
        .egress[0];
    expect(allowance('')).toEqual({
      name: 'aa',
      from: 'system',
      to: ['a.example.com'],
      protocol: 'https',
      port: 443,
      reason: 'r',
      owner: 'o',
      expires: '2030-01-01',
    });
    expect(allowance(', protocol: http')?.port).toBe(80);
    expect(allowance(', port: 8443')?.port).toBe(8443);
  });

  test('and GUIDs are spelt one way', () => {
    const upper = 'ABCDEFAB-1111-4111-8111-111111111111';
    const { azure } = specOf(`azure: {tenantId: ${upper}, subscriptionId: ${upper}, clusterAdminGroupId: ${upper}}`);
    expect(azure.tenantId).toBe('abcdefab-1111-4111-8111-111111111111');
  });
});

/** Keys and values that the schema does not know. Line and column were counted by hand. */
const misfits: readonly (readonly [name: string, text: string, ...problems: string[]])[] = [
  ['a key that is misspelt', 'clusters:\n  - regoin: uksouth\n', 'SPEC_UNKNOWN_KEY 2:5'],
  ['a section that is misspelt', 'enviroment: test\n', 'SPEC_UNKNOWN_KEY 1:1'],
  ['a key of another section', 'retention:\n  logs: 400\n  region: uksouth\n', 'SPEC_UNKNOWN_KEY 3:3'],
  ['a merge key', 'retention:\n  <<: {logs: 400}\n', 'SPEC_UNKNOWN_KEY 2:3'],
  ['a value that is misspelt', 'environment: prodcution\n', 'SPEC_UNKNOWN_VALUE 1:14'],
  ['a number for a text', 'organization:\n  name: 12\n', 'SPEC_WRONG_TYPE 2:9'],
  ['a business unit without quotes', 'organization:\n  name: contoso\n  businessUnit: 0001\n', 'SPEC_WRONG_TYPE 3:17'],
  ['a text for a number', 'retention: {logs: a year}\n', 'SPEC_WRONG_TYPE 1:19'],
  ['half a day', 'retention: {logs: 400.5}\n', 'SPEC_WRONG_TYPE 1:19'],
  ['endless days', 'retention: {logs: .inf}\n', 'SPEC_WRONG_TYPE 1:19'],
  ['a text for a list', 'contacts:\n  security: a@contoso.com\n', 'SPEC_WRONG_TYPE 2:13'],
  ['a group for a list', 'clusters:\n  region: uksouth\n', 'SPEC_WRONG_TYPE 1:1'],
  ['a list for a group', 'retention:\n  - logs: 400\n', 'SPEC_WRONG_TYPE 1:1'],
  ['a section without value', 'retention:\ntags: {}\n', 'SPEC_NO_VALUE 1:1'],
  ['a key without value', 'retention:\n  logs:\n', 'SPEC_NO_VALUE 2:3'],
  ['an item without value', 'clusters:\n  - region: uksouth\n  -\n', 'SPEC_NO_VALUE 3:4'],
  ['no clusters', 'clusters: []\n', 'SPEC_LIST_TOO_SHORT 1:1'],
  ['no hubs', 'hubs: []\n', 'SPEC_LIST_TOO_SHORT 1:1'],
  ['too many clusters', `clusters: [${'{},'.repeat(33)}]\n`, 'SPEC_LIST_TOO_LONG 1:1'],
  ['a year without profile', 'profile: 2022\n', 'SPEC_UNKNOWN_VALUE 1:10'],
  [
    'a subnet that the profile has no use for',
    'profile: 2021\nclusters: [{network: {subnets: {podsSystem: 10.240.32.0/20}}}]\n',
    'SPEC_SUBNET_NOT_IN_PROFILE 2:33',
  ],
  [
    'a pool that the profile does not have',
    'profile: 2021\nclusters: [{nodePools: {platform: {minimum: 2}}}]\n',
    'SPEC_POOL_NOT_IN_PROFILE 2:25',
  ],
  [
    'a size of another time',
    'profile: 2021\nclusters: [{nodePools: {system: {size: Standard_D4ds_v5}}}]\n',
    'SPEC_NODE_SIZE_UNKNOWN 2:40',
  ],
  ['an unknown profile', 'profile: curent\n', 'SPEC_UNKNOWN_VALUE 1:10'],
  [
    'a missing id',
    'azure:\n  tenantId: 11111111-1111-4111-8111-111111111111\n  subscriptionId: 22222222-2222-4222-8222-222222222222\n',
    'SPEC_MISSING 1:1',
  ],
  [
    'an allowance without reason',
    'egress:\n  - {name: aa, from: system, to: [a.example.com], owner: o, expires: 2030-01-01}\n',
    'SPEC_MISSING 2:5',
  ],
  [
    'an empty reason',
    'egress:\n  - {name: aa, from: system, to: [a.example.com], reason: " ", owner: o, expires: 2030-01-01}\n',
    'SPEC_TEXT_EMPTY 2:59',
  ],
];

describe('what does not fit', () => {
  test.each(misfits)('%s', (_, text, ...problems) => {
    expect(summary(text)).toEqual(problems);
  });

  test('is answered with what was probably meant', () => {
    const hint = (text: string) => problemsOf(text)[0]?.hint;
    expect(hint('clusters:\n  - regoin: uksouth\n')).toBe('Did you mean region?');
    expect(hint('enviroment: test\n')).toBe('Did you mean environment?');
    expect(hint('environment: prodcution\n')).toMatch(/^Did you mean production\? /);
    expect(hint('clusters: [{region: eastus22}]')).toBe('Did you mean eastus2?');
    expect(hint('clusters: [{region: East US 2}]')).toBe('Did you mean eastus2?');
    expect(hint('organization: {name: contoso, businessUnit: 0001}')).toBe('Put it in quotes: "0001".');
    expect(hint('zzzzzz: 1\n')).toMatch(/^The keys are profile, organization, /);
  });

  test('names the way to it', () => {
    expect(problemsOf('clusters:\n  - network:\n      subnets:\n        apiserver: 10.240.3.0/28\n')[0]?.place).toEqual(
      {
        file: 'landing-zone.yaml',
        line: 4,
        column: 9,
        path: 'clusters[0].network.subnets.apiserver',
      },
    );
  });

  test('is reported at once, in the order of the file, and a misspelt key is not missing as well', () => {
    expect(
      summary(
        [
          'organisation:',
          '  name: contoso',
          'azure: {tenantId: x}',
          'domains: {public: bicycle.contoso.com, ingress: aks-ingress.contoso.com}',
          'clusters:',
          '  - region: westus',
          'egress:',
          '  - {nmae: aa, from: everywhere, to: ["*"], reason: r, owner: o, expires: 2030-02-30}',
          'tags: {"a b": c}',
        ].join('\n'),
        false,
      ),
    ).toEqual([
      'SPEC_UNKNOWN_KEY 1:1',
      'SPEC_MISSING 3:1',
      'SPEC_MISSING 3:1',
      'SPEC_GUID_INVALID 3:19',
      'SPEC_REGION_WITHOUT_ZONES 6:13',
      'SPEC_UNKNOWN_KEY 8:6',
      'SPEC_UNKNOWN_VALUE 8:22',
      'SPEC_EGRESS_TOO_WIDE 8:39',
      'SPEC_DATE_INVALID 8:75',
      'SPEC_TAG_NAME_INVALID 9:8',
    ]);
  });

  test('in one section does not hide what is wrong between others, nor makes up more', () => {
    const text = [
      'clusters:',
      '  - {name: a, network: {addressSpace: 10.10.0.0/16}}',
      '  - {name: b, network: {addressSpace: 10.10.128.0/17}}',
      'hubs: [{region: eastus2, network: {addressSpace: 10.200.0.0/33}}]',
      'retention: {logs: 100}',
      'egress:',
      '  - {name: aa, cluster: c, from: system, to: [a.example.com], reason: r, owner: o, expires: 2030-01-01}',
      '  - {name: aa, from: system, to: [a.example.com], reason: r, owner: o, expires: 2030-01-01}',
    ].join('\n');
    expect(summary(text)).toEqual([
      'SPEC_SUBNETS_MISSING 3:39',
      'SPEC_RANGE_INVALID 4:50',
      'SPEC_RETENTION_TOO_SHORT 5:19',
      'SPEC_NAME_TWICE 8:12',
    ]);
  });
});

describe('secrets', () => {
  test.each([
    ['password: hunter2\n', 'SPEC_SECRET 1:1'],
    [
      'azure:\n  clientSecret: hunter2\n  tenantId: 11111111-1111-4111-8111-111111111111\n  subscriptionId: 22222222-2222-4222-8222-222222222222\n  clusterAdminGroupId: 33333333-3333-4333-8333-333333333333\n',
      'SPEC_SECRET 2:3',
    ],
    ['clusters:\n  - ssh_key: hunter2\n', 'SPEC_SECRET 2:5'],
    ['tags: {sas-token: hunter2}\n', 'SPEC_SECRET 1:8'],
    ['tags: {a: "-----BEGIN RSA PRIVATE KEY-----"}\n', 'SPEC_SECRET 1:11'],
    ['tags: {a: "DefaultEndpointsProtocol=https;AccountKey=hunter2"}\n', 'SPEC_SECRET 1:11'],
  ])('%j', (text, problem) => {
    expect(summary(text)).toEqual([problem]);
    const [{ message, why, hint } = { message: '', why: '', hint: '' }] = problemsOf(text);
    expect(message + why + hint).not.toMatch(/hunter2|BEGIN/);
  });

  test('are not seen where none are', () => {
    expect(specOf('tags: {cost-key: a, keyboard: b, secretary: c}').tags).toEqual({
      'cost-key': 'a',
      keyboard: 'b',
      secretary: 'c',
    });
  });
});
