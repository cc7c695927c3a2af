import { ArmError } from '../../../arm/arm-error.ts';
import type { ResourceTypeProvider } from '../contract.ts';
import { nameIn } from '../ids.ts';
import { resourceOf, takeIn } from '../resource-form.ts';

const type = 'Microsoft.ManagedIdentity/userAssignedIdentities';

/** User-assigned identities: the principal and client ids follow from the resource id. */
export const userAssignedIdentities: ResourceTypeProvider = {
  type,
  apiVersions: [
    '2024-11-30',
    '2023-07-31-preview',
    '2023-01-31',
    '2022-01-31-preview',
    '2021-09-30-preview',
    '2018-11-30',
    '2015-08-31-preview',
  ],
  location: 'required',
  longRunning: false,
  put(input, context) {
    const { envelope, properties } = takeIn(type, input.body);
    const name = nameIn(input.id);
    // 3 to 128 letters, digits, hyphens and underscores, beginning with a letter or digit (learn.microsoft.com, resource name rules).
    if (!/^[a-z0-9][\w-]{2,127}$/i.test(name)) {
      throw new ArmError(400, {
        code: 'InvalidResourceName',
        message: `The identity name '${name}' is invalid: 3 to 128 letters, digits, hyphens and underscores, beginning with a letter or digit.`,
      });
    }
    const identity = resourceOf(type, input, envelope, {
      ...properties,
      tenantId: context.tenantId,
      principalId: context.stableGuid(input.id, 'principalId'),
      clientId: context.stableGuid(input.id, 'clientId'),
    });
    return { put: [identity], delete: [] };
  },
};
