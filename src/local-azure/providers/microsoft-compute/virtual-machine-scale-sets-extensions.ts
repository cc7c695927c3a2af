import type { ArmResource } from '../../../model/resource.ts';
import type { ResourceTypeProvider } from '../contract.ts';
import { nameIn } from '../ids.ts';
import { type Members, textOf, without } from '../members.ts';
import { resourceOf, takeIn } from '../resource-form.ts';
import { badRequest } from '../service-checks.ts';
import { computeApiVersions } from './api-versions.ts';

const type = 'Microsoft.Compute/virtualMachineScaleSets/extensions';

/** Agents and scripts on the machines of a scale set; protected settings are not given back. */
export const scaleSetExtensions: ResourceTypeProvider = {
  type,
  apiVersions: computeApiVersions,
  location: 'none',
  longRunning: true,
  put(input) {
    const { properties } = takeIn(type, input.body);
    return { put: [extensionToStore(input, properties)], delete: [] };
  },
};

export function extensionToStore(input: { readonly id: string }, properties: Members): ArmResource {
  const missing = ['publisher', 'type', 'typeHandlerVersion'].find((name) => textOf(properties[name]) === undefined);
  if (missing !== undefined) {
    throw badRequest(
      'InvalidParameter',
      `Required parameter '${missing}' of extension '${nameIn(input.id)}' is missing (null).`,
    );
  }
  if (properties.settings !== undefined && typeof properties.settings !== 'object') {
    throw badRequest('InvalidParameter', `The settings of extension '${nameIn(input.id)}' must be an object.`);
  }
  return resourceOf(
    type,
    input,
    {},
    {
      ...without(properties, 'protectedSettings'),
      autoUpgradeMinorVersion: properties.autoUpgradeMinorVersion ?? false,
      provisioningState: 'Succeeded',
    },
  );
}
