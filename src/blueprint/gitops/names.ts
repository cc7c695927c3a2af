/**
 * Flux's own account for what gives rights. Its extension makes it, with the rights of cluster-admin: `--default-service-account` of
 * the controllers in multi-tenant mode.
 */
export const clusterReconciler = 'flux-applier';
export const platformReconciler = 'reconciler-platform';
export const workloadReconciler = 'reconciler-workload';

/** What Azure calls the one configuration; Flux's source of it has the same name. */
export const fluxConfiguration = 'cluster';

/** The value that Azure decides and the tree needs: which identity the ingress's account signs in as. */
export const ingressClientId = 'ingress_client_id';
