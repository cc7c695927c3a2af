import { describe, expect, test } from 'vitest';
import { wholeBlueprint } from '../../../scripts/original/blueprints.ts';
import type { Blueprint } from '../../model/blueprint.ts';
import { defaultSpec, testSpec, twoRegionSpec } from '../test-spec.ts';
import { isCostKnown } from './cost-lines.ts';
import { coresOf } from './machines.ts';

const linesOf = (blueprint: Blueprint) => blueprint.parts.flatMap(({ costLines }) => costLines);
const blueprint = wholeBlueprint(defaultSpec);
const quantities = (of: Blueprint, meter: string) =>
  linesOf(of)
    .filter((line) => line.meter === meter)
    .map(({ quantity }) => quantity);

describe('cost lines', () => {
  test.each([
    ['the default', defaultSpec],
    ['two regions', twoRegionSpec],
  ])('of every type in %s it is known what Azure bills', (_name, spec) => {
    const types = new Set(wholeBlueprint(spec).parts.flatMap(({ resources }) => resources.map(({ type }) => type)));
    // A type that is missing goes into billed.ts, or into free.ts with what pays for it.
    expect([...types].filter((type) => !isCostKnown(type))).toEqual([]);
  });

  test('pools are billed at their minimum, and what a later stage puts again is billed once', () => {
    // The spec's defaults: 3 system, 2 platform, 2 in scope, 2 out of scope; and one fee of the tier.
    expect(quantities(blueprint, 'machine/Standard_D4ds_v5')).toEqual([3, 2, 2, 2]);
    expect(quantities(blueprint, 'cluster/premium')).toEqual([1]);
    const larger = wholeBlueprint(
      testSpec('clusters: [{ nodePools: { inScope: { size: Standard_D8ds_v5, minimum: 4, maximum: 6 } } }]'),
    );
    expect(quantities(larger, 'machine/Standard_D8ds_v5')).toEqual([4]);
  });

  test('Defender counts the cores of nodes, and machines and vaults wherever they are', () => {
    // (3 + 2 + 2 + 2) nodes of four cores; nine nodes and two jump boxes.
    expect(quantities(blueprint, 'defender/containers/core')).toEqual([36]);
    expect(quantities(blueprint, 'defender/server-p2')).toEqual([11]);
    expect(quantities(blueprint, 'defender/vault')).toEqual([2]);
  });

  test('the gateway’s least instances are billed as ten capacity units each', () => {
    expect(quantities(blueprint, 'gateway/waf-v2/capacity-unit')).toEqual([20]);
  });

  test('a second region is a second bill', () => {
    const two = wholeBlueprint(twoRegionSpec);
    expect(quantities(two, 'firewall/premium/deployment')).toEqual([1, 1]);
    expect(quantities(two, 'bastion/premium')).toEqual([1, 1]);
  });

  test('a size that nobody has looked up is refused', () => {
    expect(coresOf('Standard_E16ads_v5')).toBe(16);
    expect(() => coresOf('Standard_NC6')).toThrow(RangeError);
  });
});
