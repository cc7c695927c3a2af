export { lockDataFolder } from './data-folder-lock.ts';
export { type Endpoint, readEndpoint } from './endpoint-file.ts';
export { openLmdbStore } from './lmdb-store.ts';
export { createMemoryStore } from './memory-store.ts';
export type { Store, StoreChange } from './store.ts';
