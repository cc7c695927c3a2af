import type { Json } from '../../kernel/canonical-json.ts';

/** A change of the store. Values are JSON. */
export type StoreChange =
  | { readonly op: 'put'; readonly key: string; readonly value: Json }
  | { readonly op: 'delete'; readonly key: string };

/**
 * Where local Azure keeps its state: JSON values by text key, in key order (UTF-8 bytes).
 * One process writes at a time (`lockDataFolder`).
 */
export interface Store {
  get(key: string): Json | undefined;
  /** The entries whose key begins with `prefix` (at most 256 bytes of it), in key order. */
  range(prefix: string): Iterable<{ readonly key: string; readonly value: Json }>;
  /**
   * All changes or none, in order; resolves when they are on the disk. A read sees them at the latest then.
   * Rejects with a `Problem` (`STORE_WRITE_FAILED`) when they could not be kept.
   */
  transact(changes: readonly StoreChange[]): Promise<void>;
  /** Waits for what was begun. Closing twice does nothing. */
  close(): Promise<void>;
}
