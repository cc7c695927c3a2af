import type { ResourceTypeProvider } from '../contract.ts';
import { agentPools } from './agent-pools.ts';
import { deploymentSafeguards } from './deployment-safeguards.ts';
import { maintenanceConfigurations } from './maintenance-configurations.ts';
import { managedClusters } from './managed-clusters.ts';
import { trustedAccessRoleBindings } from './trusted-access-role-bindings.ts';

export const containerServiceProviders: readonly ResourceTypeProvider[] = [
  agentPools,
  deploymentSafeguards,
  maintenanceConfigurations,
  managedClusters,
  trustedAccessRoleBindings,
];
