import { describe, expect, test } from 'vitest';
import { wholeBlueprint } from '../../../scripts/original/blueprints.ts';
import { runCli } from '../../../test/cli/run-cli.ts';
import { defaultSpec } from '../../blueprint/test-spec.ts';
import { originalLines } from './data/original-bill.ts';
import { prices } from './data/prices.ts';
import { itemise } from './itemise.ts';
import { costReport } from './report.ts';

const blueprint = wholeBlueprint(defaultSpec);

describe('the bill', () => {
  // Computed elsewhere, from the same prices: reference page on Azure in 2026, section 4.2, US dollars a day.
  test.each([
    ['gateway/waf-v2/fixed', 10.63],
    ['machine/Standard_DS2_v2', 10.51],
    ['machine/Standard_DS3_v2', 28.03],
    ['machine/Standard_DS1_v2', 3.5],
    ['cluster/standard', 2.4],
    ['bastion/basic', 4.56],
    ['firewall/standard/deployment', 30],
  ])('of the original: %s comes to %d a day', (meter, perDay) => {
    const item = itemise(originalLines, prices, 'eastus').items.find((one) => one.meter === meter);
    expect(item?.perDay).toBeCloseTo(perDay, 2);
  });

  test('of the original comes near what its README says', () => {
    const { comparison } = costReport(blueprint);
    expect(comparison.statedPerDay).toBe(95);
    expect(Math.abs(comparison.perDay - 95)).toBeLessThan(5);
    expect(comparison.notPriced).toEqual(['Container Registry, agent S1']);
  });

  test('of the landing zone: firewall, tier and Bastion as the reference page has them', () => {
    const { items } = costReport(blueprint);
    const day = (meter: string) => items.filter((one) => one.meter === meter).map(({ perDay }) => perDay);
    // Same page: "Premium firewall 42.00 + LTS tier 14.40 + Bastion Premium ≈10.80".
    expect(day('firewall/premium/deployment')).toEqual([42]);
    expect(day('cluster/premium')).toEqual([14.4]);
    expect(day('bastion/premium')).toEqual([10.8]);
  });

  test('sums are those of the items, and of nothing that has no price or no quantity', () => {
    const { items, perDay, perMonth } = costReport(blueprint);
    const sum = (of: 'perDay' | 'perMonth') => items.reduce((total, item) => total + (item[of] ?? 0), 0);
    expect(perDay).toBeCloseTo(sum('perDay'), 2);
    expect(perMonth).toBeCloseTo(sum('perMonth'), 2);
    for (const item of items) {
      const counts = item.unitPrice !== 'not priced' && item.quantity !== 'by use';
      expect(item.perDay !== undefined, item.meter).toBe(counts);
    }
  });

  test('every meter is in the price list, with or without a price', () => {
    const meters = blueprint.parts.flatMap(({ costLines }) => costLines.map(({ meter }) => meter));
    expect(meters.filter((meter) => prices.meters[meter] === undefined)).toEqual([]);
    const lines = blueprint.parts.flatMap(({ costLines }) => costLines);
    expect(
      lines.filter(({ meter, unit }) => prices.meters[meter]?.unit !== unit && !meter.startsWith('machine/')),
    ).toEqual([]);
  });

  test('a region without prices is not priced, and said to be', () => {
    const report = costReport(blueprint, 'brazilsouth');
    expect(report.items.every(({ unitPrice }) => unitPrice === 'not priced')).toBe(true);
    expect(report.perDay).toBe(0);
    expect(report.assumptions.join('\n')).toContain('no prices of brazilsouth; it has eastus, westeurope');
  });
});

describe('the verb', () => {
  test('prints the document of the contract', async () => {
    const result = await runCli(process.cwd(), 'cost', '-o', 'json');
    expect(result.code).toBe(0);
    expect(result.json()).toMatchObject({
      schema: 'aks-regulated/cost',
      version: 1,
      region: 'eastus',
      priceDate: '2026-08-21',
      currency: 'USD',
      budgetPerMonth: 6000,
    });
  });

  test('prints a table with the sum and the comparison', async () => {
    const { out } = await runCli(process.cwd(), 'cost', '-o', 'table');
    expect(out).toMatch(/^Azure Firewall Premium +1 +1\.75 \/ hour +read +42\.00 +1277\.50$/m);
    expect(out).toMatch(/^Sum +\d+\.\d\d +\d+\.\d\d$/m);
    expect(out).toContain('about 95 a day');
  });
});
