import type { ResourceKey } from './resource-key.ts';

/**
 * What is billed of a resource, before prices: the price list turns it into money. `hour` and `month` are of things that run all the
 * time; `gib`, `operation` and the like of what is done with them.
 */
export interface CostLine {
  readonly resource: ResourceKey;
  /** A name of the price list: `firewall/premium/deployment`. */
  readonly meter: string;
  /** How many are billed at idle; `by use` where only operation can tell. */
  readonly quantity: number | 'by use';
  readonly unit: 'hour' | 'month' | 'gib' | 'operation';
}
