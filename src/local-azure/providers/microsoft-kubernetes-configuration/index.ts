import type { ResourceTypeProvider } from '../contract.ts';
import { extensions } from './extensions.ts';
import { fluxConfigurations } from './flux-configurations.ts';

export const kubernetesConfigurationProviders: readonly ResourceTypeProvider[] = [extensions, fluxConfigurations];
