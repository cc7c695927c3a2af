import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { formatPrefix } from '../kernel/address.ts';
import { Problem } from '../kernel/errors.ts';
import { specDocs } from './docs.ts';
import { initialSpec } from './init.ts';
import { type JsonSchema, specJsonSchema } from './json-schema.ts';
import { loadSpec, parseSpec } from './load.ts';
import { sectionNames } from './schema.ts';
import { completed } from './test-spec.ts';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const stale = 'run `npx tsx scripts/generate-schema.ts`';

describe('what is generated', () => {
  test('schema/landing-zone.schema.json is that of the schema', () => {
    expect(JSON.parse(read('schema/landing-zone.schema.json')), stale).toEqual(
      JSON.parse(JSON.stringify(specJsonSchema())),
    );
  });

  test('docs/landing-zone.md is that of the schema', () => {
    expect(read('docs/landing-zone.md'), stale).toBe(specDocs());
  });

  test('every section and key has a description', () => {
    const silent: string[] = [];
    const visit = (name: string, schema: JsonSchema): void => {
      if (schema.items?.properties === undefined && !schema.description) silent.push(name);
      for (const [key, member] of Object.entries(schema.properties ?? {})) visit(`${name}.${key}`, member);
      if (schema.items !== undefined)
        for (const [key, member] of Object.entries(schema.items.properties ?? {})) visit(`${name}[].${key}`, member);
    };
    visit('', specJsonSchema());
    expect(silent).toEqual([]);
    for (const name of sectionNames) expect(specDocs()).toContain(`\n## ${name}\n`);
  });

  test('the shortest file of the docs loads', () => {
    const text = /```yaml\n(.*?)```/s.exec(specDocs())?.[1] ?? '';
    expect(parseSpec(text, 'f').organization.name).toBe('contoso');
  });
});

/** The second opinion: another validator, with the schema that editors get. */
describe('the JSON Schema', () => {
  const validate = new Ajv({ allErrors: true }).compile(specJsonSchema() as object);

  test.each([
    'landing-zone.yaml',
    'examples/minimal/landing-zone.yaml',
    'examples/two-clusters/landing-zone.yaml',
    'examples/two-regions/landing-zone.yaml',
    'examples/existing-hub/landing-zone.yaml',
    'examples/overlap/landing-zone.yaml',
  ])('accepts %s', (file) => {
    expect(validate(parse(read(file))), JSON.stringify(validate.errors)).toBe(true);
  });

  test.each([
    ['an unknown key', 'organisation: {}'],
    ['a missing section', 'organization: null'],
    ['an unknown region', 'clusters: [{region: moon}]'],
    ['a region without zones', 'clusters: [{region: westus}]'],
    ['no range', 'clusters: [{network: {addressSpace: ten}}]'],
    ['a number for a text', 'organization: {name: 1}'],
    ['a GUID that is none', 'azure: {tenantId: a, subscriptionId: b, clusterAdminGroupId: c}'],
    ['too long a name', 'organization: {name: abcdefghijklm}'],
    ['a short retention', 'retention: {logs: 100}'],
    ['no clusters', 'clusters: []'],
  ])('refuses %s, and so do we', (_, text) => {
    expect(validate(parse(completed(text)))).toBe(false);
    expect(() => parseSpec(completed(text), 'f')).toThrow(Problem);
  });
});

describe('the files of the repository', () => {
  test('landing-zone.yaml is the scenario', () => {
    const spec = loadSpec(path.join(root, 'landing-zone.yaml'));
    expect(spec.organization).toEqual({ name: 'contoso', businessUnit: '0001', application: '0005' });
    expect(spec.clusters.map((one) => formatPrefix(one.network.addressSpace))).toEqual(['10.240.0.0/16']);
  });

  test('examples/two-clusters is another landing zone altogether', () => {
    const spec = loadSpec(path.join(root, 'examples/two-clusters/landing-zone.yaml'));
    expect(spec.clusters.map((one) => [one.name, one.region, formatPrefix(one.network.addressSpace)])).toEqual([
      ['blue', 'westeurope', '10.80.0.0/16'],
      ['green', 'northeurope', '10.96.0.0/19'],
    ]);
    expect(spec.clusters.map((one) => [one.network.ingressAddress, one.network.dnsServiceAddress])).toEqual([
      ['10.80.4.4', '192.168.0.10'],
      ['10.96.0.150', '192.168.64.53'],
    ]);
    expect(spec.hubs.map((one) => [one.region, formatPrefix(one.network.subnets.bastion)])).toEqual([
      ['westeurope', '10.64.0.128/26'],
      ['northeurope', '10.65.1.0/26'],
    ]);
    expect(spec.egress.map((one) => [one.name, one.cluster, one.port])).toEqual([
      ['card-network', 'blue', 443],
      ['fraud-scores', undefined, 8443],
    ]);
  });

  test('examples/overlap is refused with the line and column of both ranges', () => {
    const file = path.join(root, 'examples/overlap/landing-zone.yaml');
    const lines = read('examples/overlap/landing-zone.yaml').split('\n');
    const at = (text: string) => {
      const line = lines.findIndex((one) => one.endsWith(text));
      return { file, line: line + 1, column: (lines[line] ?? '').indexOf(text) + 1 };
    };
    expect(() => loadSpec(file)).toThrow(
      expect.objectContaining({
        code: 'SPEC_RANGES_OVERLAP',
        kind: 'usage',
        place: { ...at('10.64.0.0/15'), path: 'clusters[0].network.addressSpace' },
        related: [{ ...at('10.65.0.0/16'), path: 'clusters[1].network.addressSpace' }],
      }),
    );
  });
});

describe('the file that init writes', () => {
  const text = initialSpec('current');

  test('loads, starts with the modeline and gives the default landing zone', () => {
    expect(text).toMatch(/^# yaml-language-server: \$schema=\.\/landing-zone\.schema\.json\n/);
    const { places, ...spec } = parseSpec(text, 'f');
    const { places: _, ...shortest } = parseSpec(completed(''), 'f');
    expect(spec).toEqual(shortest);
    expect(places.size).toBeGreaterThan(10);
  });

  test('loads with every option in use, and shows every section', () => {
    const all = text.replaceAll(/^#(?! \S)/gm, '');
    expect(all).not.toBe(text);
    const spec = parseSpec(all, 'f');
    expect(spec.egress).toHaveLength(1);
    expect(spec.cardholderData.components).toHaveLength(1);
    for (const name of sectionNames) expect(all).toMatch(new RegExp(`^${name}:`, 'm'));
  });

  test('loads for the other profile too, with every option in use', () => {
    const other = initialSpec('2021');
    expect(parseSpec(other, 'f').profile).toBe('2021');
    expect(parseSpec(other.replaceAll(/^#(?! \S)/gm, ''), 'f').clusters[0].kubernetes.version).toBe('1.21');
  });
});
