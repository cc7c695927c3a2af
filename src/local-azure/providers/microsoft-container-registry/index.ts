import type { ResourceTypeProvider } from '../contract.ts';
import { registries } from './registries.ts';
import { agentPools } from './registries-agent-pools.ts';
import { cacheRules } from './registries-cache-rules.ts';
import { credentialSets } from './registries-credential-sets.ts';
import { replications } from './registries-replications.ts';
import { tasks } from './registries-tasks.ts';

export const registryProviders: readonly ResourceTypeProvider[] = [
  agentPools,
  cacheRules,
  credentialSets,
  registries,
  replications,
  tasks,
];
