/** Where the signed configuration of a cluster lies in its live registry, and the tag that is released. */
export const gitopsRepository = 'gitops/cluster';
export const gitopsTag = 'released';

/** Flux's own namespace and the service account that fetches sources; its extension fixes both. */
export const fluxNamespace = 'flux-system';
export const fluxSourceAccount = 'source-controller';
