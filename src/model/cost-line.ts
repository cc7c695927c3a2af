import type { ResourceKey } from './resource.ts';

/** What a resource costs, before prices: the price file turns it into money. */
export interface CostLine {
  readonly resource: ResourceKey;
  readonly meter: string;
  readonly quantity: number;
  readonly unit: 'hour' | 'month' | 'gib';
}
