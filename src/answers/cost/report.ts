import type { Blueprint } from '../../model/blueprint.ts';
import { originalLines, originalStated } from './data/original-bill.ts';
import { prices } from './data/prices.ts';
import { type Bill, type CostItem, itemise } from './itemise.ts';
import type { PriceList } from './price-list.ts';

/** Items of one meter together, as a bill shows them. */
export interface BillLine {
  readonly label: string;
  readonly quantity: number | 'by use';
  readonly unit: CostItem['unit'];
  readonly unitPrice: number | 'not priced';
  readonly mark: string;
  readonly perDay: number | undefined;
  readonly perMonth: number | undefined;
}

export interface CostReport extends Bill {
  /** What is at work while nothing is: all of it, none of what its use adds. */
  readonly lines: readonly BillLine[];
  readonly assumptions: readonly string[];
  readonly comparison: {
    readonly name: string;
    readonly statedPerDay: number;
    readonly source: string;
    /** The original's own resources with the same prices. */
    readonly perDay: number;
    readonly notPriced: readonly string[];
  };
}

/**
 * What a landing zone costs at idle.
 * @param region of the prices; the price list's own where none is given
 */
export function costReport(blueprint: Blueprint, region?: string, list: PriceList = prices): CostReport {
  const priceRegion = region ?? list.region;
  const bill = itemise(
    blueprint.parts.flatMap(({ costLines }) => costLines),
    list,
    priceRegion,
  );
  const original = itemise(originalLines, list, priceRegion);
  return {
    ...bill,
    lines: linesOf(bill.items),
    assumptions: assumptionsOf(blueprint, bill, list),
    comparison: {
      name: 'Microsoft’s reference implementation, release of 2021-12-14',
      statedPerDay: originalStated.perDay,
      source: originalStated.source,
      perDay: original.perDay,
      notPriced: labelsOf(original.items.filter(({ unitPrice }) => unitPrice === 'not priced')),
    },
  };
}

function linesOf(items: readonly CostItem[]): readonly BillLine[] {
  const byMeter = new Map<string, CostItem[]>();
  for (const item of items) byMeter.set(item.meter, [...(byMeter.get(item.meter) ?? []), item]);
  const sum = (all: readonly (number | undefined)[]): number | undefined =>
    all.every((one) => one === undefined) ? undefined : all.reduce<number>((total, one) => total + (one ?? 0), 0);
  return [...byMeter.values()]
    .map((all): BillLine => {
      const [first] = all as [CostItem];
      const counted = all.flatMap(({ quantity }) => (quantity === 'by use' ? [] : [quantity]));
      return {
        label: first.label,
        quantity: counted.length === 0 ? 'by use' : counted.reduce((total, one) => total + one, 0),
        unit: first.unit,
        unitPrice: first.unitPrice,
        mark: first.mark ?? '',
        perDay: sum(all.map(({ perDay }) => perDay)),
        perMonth: sum(all.map(({ perMonth }) => perMonth)),
      };
    })
    .sort((a, b) => (b.perDay ?? -1) - (a.perDay ?? -1) || a.label.localeCompare(b.label, 'en'));
}

const labelsOf = (items: readonly CostItem[]): readonly string[] => [...new Set(items.map(({ label }) => label))];

function assumptionsOf(blueprint: Blueprint, bill: Bill, list: PriceList): readonly string[] {
  const regions = new Set(
    blueprint.parts.flatMap(({ resources }) => resources.flatMap(({ location }) => location ?? [])),
  );
  regions.delete('global');
  const elsewhere = [...regions].filter((one) => one !== bill.region).sort();
  const known = new Set(Object.values(list.meters).flatMap((meter) => Object.keys(meter.prices)));
  const unpriced = bill.items.filter(({ unitPrice, quantity }) => unitPrice === 'not priced' && quantity !== 'by use');
  return [
    `Retail list prices of ${bill.region}, copied ${list.date}: no discount, reservation or tax.`,
    ...(elsewhere.length === 0 ? [] : [`The landing zone stands in ${elsewhere.join(', ')}: prices there differ.`]),
    ...(known.has(bill.region)
      ? []
      : [`The price list has no prices of ${bill.region}; it has ${[...known].sort().join(', ')}.`]),
    'Idle: pools and gateway at their minimum, no traffic, no logs. What is billed by use is not in the sums.',
    ...(bill.items.some(({ mark }) => mark === 'known')
      ? ['Prices marked known are general knowledge that nobody has looked up for this list.']
      : []),
    ...(unpriced.length === 0 ? [] : [`Not priced, and not in the sums: ${labelsOf(unpriced).join('; ')}.`]),
  ];
}
