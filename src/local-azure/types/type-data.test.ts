import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { exists, readText } from '../../kernel/files.ts';
import { typeDataFiles, typeShape } from './catalog.ts';
import { type Comparison, compareWithReferee } from './referee.ts';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');
const folder = path.join(process.env.AKS_REGULATED_REFERENCE_DIR ?? path.resolve(root, '../shared'), 'azure-types');
const index = path.join(folder, 'INDEX.tsv');

/** `type@version` of everything in the reference that there is data for; undefined where the reference is absent. */
const all = exists(index)
  ? readText(index)
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split('\t')[0] ?? '')
      .filter((name) => typeShape(name.split('@')[0] ?? '') !== undefined)
  : undefined;
if (all === undefined) {
  process.stderr.write(`type data: not compared with Microsoft's types, there is no ${folder}.\n`);
}

const compare = (name: string): Comparison =>
  compareWithReferee(name, readText(path.join(folder, `${name.replaceAll('/', '__')}.json`)));

/** The newest version of each type, and the older ones. */
const newest = (all ?? []).filter((name) => {
  const [type, version = ''] = name.split('@');
  return !(all ?? []).some((other) => {
    const [otherType, otherVersion = ''] = other.split('@');
    return otherType?.toLowerCase() === type?.toLowerCase() && otherVersion > version;
  });
});
const older = (all ?? []).filter((name) => !newest.includes(name));

/** Where the data differs from Microsoft's newest types, and why that is right. */
const argued: readonly { readonly difference: RegExp; readonly because: string }[] = [
  {
    difference: /^read-only properties\..+\.type$/,
    because:
      'read-only since 2025-09-01 alone: versions before let clients write the `type` of an inline child, and ARM takes it',
  },
];

/** What older versions had and newer ones do not. */
const dropped: readonly { readonly difference: RegExp; readonly because: string }[] = [
  { difference: /^extra /, because: 'came with a later version; older versions are checked against the newest' },
  { difference: /^enum /, because: 'later versions list more values; the enums are open' },
  { difference: /^required /, because: 'required in one version and not in the other' },
  { difference: /^read-only /, because: 'became read-only, or ceased to be' },
  { difference: /^kind .+NetworkPolicies: StringType/, because: 'plain text before it became an enum' },
  {
    difference: /\.applicationGatewayIpConfigurations$/,
    because: 'spelled IPConfigurations later; names are matched without regard to case',
  },
  { difference: /^missing properties\.(natGateway\.)?.*ddosSettings\./, because: 'replaced by protectionMode in 2022' },
  { difference: /^missing .*ddosCustomPolicy$/, because: 'left out between 2022-05-01 and 2025-07-01' },
  {
    difference: /^missing (eTag|properties\.sku\.maxCapacityReservationLevel)$/,
    because: 'workspaces of 2020 and 2021 previews',
  },
  { difference: /^missing (location|tags)$/, because: 'diagnostic settings before 2021 were tracked resources' },
];

const unexplained = ({ differences }: Comparison, reasons: typeof argued): readonly string[] =>
  differences.filter((text) => !reasons.some(({ difference }) => difference.test(text)));

describe.skipIf(all === undefined)('the data against Microsoft’s types', () => {
  test.each(newest)('%s', (name) => {
    const comparison = compare(name);
    expect(comparison.compared).toBeGreaterThan(5);
    expect(unexplained(comparison, argued)).toEqual([]);
  });

  test.each(older)('%s, an older version', (name) => {
    expect(unexplained(compare(name), [...argued, ...dropped])).toEqual([]);
  });

  test('in all', () => {
    const comparisons = newest.map(compare);
    const compared = comparisons.reduce((sum, comparison) => sum + comparison.compared, 0);
    const different = comparisons.reduce((sum, comparison) => sum + comparison.differences.length, 0);
    process.stderr.write(
      `type data: ${newest.length} types, ${compared} properties compared with Microsoft's, ${different} differ with a reason.\n`,
    );
    expect(newest.length).toBeGreaterThanOrEqual(25);
    expect(compared).toBeGreaterThan(1500);
  });
});

describe('the files', () => {
  test.each(typeDataFiles().map((data) => [data.provenance.package, data] as const))(
    '%s names its source',
    (_name, data) => {
      expect(data.provenance).toMatchObject({ license: 'MIT', version: expect.stringMatching(/^\d+\.\d+\.\d+$/) });
    },
  );

  test.each(typeDataFiles().map((data) => [data.provenance.package, data] as const))(
    '%s refers to nothing that is not there',
    (_name, data) => {
      const references = Object.values(data.objects).flatMap(({ properties, others, variants }) => [
        ...Object.values(properties).map((property) => (typeof property === 'string' ? property : property[0])),
        ...(others === undefined ? [] : [others]),
        ...Object.values(variants?.cases ?? {}).map((name) => `#${name}`),
      ]);
      const missing = references.filter((reference) => {
        const name = reference.replace(/^[[{]+/, '');
        if (name.startsWith('#')) return data.objects[name.slice(1)] === undefined;
        return name.startsWith('=') && data.enums[name.slice(1)] === undefined;
      });
      expect(missing).toEqual([]);
      for (const root of Object.values(data.types)) expect(data.objects[root]).toBeDefined();
    },
  );
});
