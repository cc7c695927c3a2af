import type { ResourceTypeProvider } from '../contract.ts';
import { nameIn } from '../ids.ts';
import { textOf, textsOf } from '../members.ts';
import { resourceOf, takeIn } from '../resource-form.ts';
import { requireFound } from '../service-checks.ts';
import { clusterApiVersions } from './api-versions.ts';
import { clusterError } from './cluster-errors.ts';

const type = 'Microsoft.ContainerService/managedClusters/trustedAccessRoleBindings';

/** What another Azure service may do in a cluster: roles as `Microsoft.DataProtection/backupVaults/backup-operator`. */
export const trustedAccessRoleBindings: ResourceTypeProvider = {
  type,
  apiVersions: clusterApiVersions.filter((version) => version >= '2023-09-01'),
  location: 'none',
  longRunning: true,
  put(input, context) {
    const { properties } = takeIn(type, input.body);
    if (!/^[a-z0-9-]{1,24}$/i.test(nameIn(input.id))) {
      throw clusterError(
        'InvalidRoleBindingName',
        `The role binding name '${nameIn(input.id)}' is invalid: 1 to 24 letters, digits and hyphens.`,
        'name',
        'InvalidParameter',
      );
    }
    const source = requireFound(context, textOf(properties.sourceResourceId));
    const roles = textsOf(properties.roles);
    const wrong = roles.find((role) => !role.toLowerCase().startsWith(`${source.type.toLowerCase()}/`));
    if (roles.length === 0 || wrong !== undefined) {
      throw clusterError(
        'InvalidTrustedAccessRole',
        `'${wrong ?? ''}' is no trusted access role of ${source.type}.`,
        'properties.roles',
        'InvalidParameter',
      );
    }
    const binding = resourceOf(type, input, {}, { ...properties, provisioningState: 'Succeeded' });
    return { put: [binding], delete: [] };
  },
};
