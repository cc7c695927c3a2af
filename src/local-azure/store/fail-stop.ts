import type { Store } from './store.ts';

/** A store that stops at its first failed write. */
export interface FailStopStore extends Store {
  /** What the write failed with; undefined while all is well. */
  failure(): unknown;
}

/**
 * After a write that was not kept, memory knows more than the disk: nothing more is written, and whoever asks is told why, until the
 * store is opened anew.
 */
export function failStop(store: Store): FailStopStore {
  let failure: unknown;
  return {
    get: (key) => store.get(key),
    range: (prefix) => store.range(prefix),
    transact: async (changes) => {
      if (failure !== undefined) throw failure;
      try {
        await store.transact(changes);
      } catch (error) {
        failure ??= error;
        throw error;
      }
    },
    close: () => store.close(),
    failure: () => failure,
  };
}
