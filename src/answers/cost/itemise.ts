import type { CostLine } from '../../model/cost-line.ts';
import type { PriceList, PriceMark } from './price-list.ts';

/** Azure bills by the hour, and reckons a month as 730 of them. */
const hoursADay = 24;
const hoursAMonth = 730;

export interface CostItem {
  readonly resource: string;
  readonly meter: string;
  readonly label: string;
  readonly quantity: number | 'by use';
  readonly unit: CostLine['unit'];
  /** US dollars for one unit. */
  readonly unitPrice: number | 'not priced';
  readonly mark?: PriceMark;
  readonly source?: string;
  /** US dollars at idle; absent where the quantity or the price is not known. */
  readonly perDay?: number;
  readonly perMonth?: number;
}

export interface Bill {
  readonly region: string;
  readonly priceDate: string;
  readonly currency: 'USD';
  readonly items: readonly CostItem[];
  /** The sum of the items that have a price and a quantity. */
  readonly perDay: number;
  readonly perMonth: number;
}

/**
 * Cost lines with the prices of a region. What the list has no price for stays `not priced`, and what only operation can tell stays `by use`: neither
 * is in the sums.
 */
export function itemise(lines: readonly CostLine[], list: PriceList, region: string): Bill {
  const items = lines.map((line) => itemOf(line, list, region));
  const sum = (of: 'perDay' | 'perMonth') => round(items.reduce((total, item) => total + (item[of] ?? 0), 0));
  return {
    region,
    priceDate: list.date,
    currency: list.currency,
    items: items.map((item) => ({
      ...item,
      ...(item.perDay === undefined ? {} : { perDay: round(item.perDay) }),
      ...(item.perMonth === undefined ? {} : { perMonth: round(item.perMonth) }),
    })),
    perDay: sum('perDay'),
    perMonth: sum('perMonth'),
  };
}

function itemOf(line: CostLine, list: PriceList, region: string): CostItem {
  const meter = list.meters[line.meter];
  const price = meter?.prices[region];
  const item = { ...line, label: meter?.label ?? line.meter };
  if (price === undefined) return { ...item, unitPrice: 'not priced' };
  const priced = { ...item, unitPrice: price.price, mark: price.mark, source: price.source };
  if (line.quantity === 'by use') return priced;
  const amount = line.quantity * price.price;
  switch (line.unit) {
    case 'hour':
      return { ...priced, perDay: amount * hoursADay, perMonth: amount * hoursAMonth };
    case 'month':
      return { ...priced, perDay: (amount * hoursADay) / hoursAMonth, perMonth: amount };
    default:
      throw new RangeError(`${line.meter} is counted by use, and ${line.resource} gives a number`);
  }
}

const round = (amount: number): number => Math.round(amount * 10_000) / 10_000;
