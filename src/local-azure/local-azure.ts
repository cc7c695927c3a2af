import { type LocalAzure, type LocalAzureOptions, openLocalAzure } from './open-local-azure.ts';
import { providers } from './providers/index.ts';
import { checkBody } from './types/check-body.ts';

export {
  defaultSubscription,
  defaultTenantId,
  type LocalAzure,
  type LocalAzureOptions,
} from './open-local-azure.ts';

/** Opens local Azure with every resource type that is modelled, its bodies checked against Microsoft's types. */
export function createLocalAzure(options: LocalAzureOptions): LocalAzure {
  return openLocalAzure(options, { providers, checkBody });
}
