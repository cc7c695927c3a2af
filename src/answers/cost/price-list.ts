/**
 * How sure a price is. `read`: it stood in a dated public copy of Azure's prices. `known`: general knowledge that nobody has looked up for this
 * list. `inferred`: computed from another price. The mark is printed with the price.
 */
export type PriceMark = 'read' | 'known' | 'inferred';

export interface Price {
  /** US dollars for one unit. */
  readonly price: number;
  readonly mark: PriceMark;
  readonly source: string;
}

export interface Meter {
  readonly label: string;
  readonly unit: 'hour' | 'month' | 'gib' | 'operation';
  /** By region. A region that is not here has no price. */
  readonly prices: Readonly<Record<string, Price>>;
}

/** Retail prices of one day. */
export interface PriceList {
  /** ISO date of the copy that the prices were read from. */
  readonly date: string;
  readonly currency: 'USD';
  /** The region in which a landing zone is priced where no other is asked for. */
  readonly region: string;
  readonly meters: Readonly<Record<string, Meter>>;
}
