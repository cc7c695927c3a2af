/** Unique in a blueprint and stable between runs: `hub/eastus2/virtual-network`. Decisions and handles name resources by it. */
export type ResourceKey = string;
