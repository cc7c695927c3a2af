/** Certificates, images and the configuration of clusters: what is put into private services from inside the network. */
export { type EnsuredItem, type EnsureOptions, ensureVault } from './certificates/ensure.ts';
export { type InventoryItem, inventoryOf } from './certificates/inventory.ts';
export { type CertificatePlan, readCertificatePlan, type VaultPlan } from './certificates/plan.ts';
