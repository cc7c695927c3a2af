import type { ResourceTypeProvider } from '../contract.ts';
import { nameIn } from '../ids.ts';
import { resourceOf, takeIn } from '../resource-form.ts';
import { badRequest, conflict, withIdentity } from '../service-checks.ts';
import { galleryApiVersions } from './api-versions.ts';

const type = 'Microsoft.Compute/galleries';

/** Compute galleries. CannotDeleteResource is ARM's code for nested resources that are there still. */
export const galleries: ResourceTypeProvider = {
  type,
  apiVersions: galleryApiVersions,
  location: 'required',
  longRunning: true,
  put(input, context) {
    const { envelope, properties } = takeIn(type, input.body);
    const name = nameIn(input.id);
    if (!/^[a-z0-9]([\w.]{0,78}[a-z0-9])?$/i.test(name)) {
      throw badRequest(
        'InvalidParameter',
        `The gallery name '${name}' is invalid: 1 to 80 letters, digits, periods and underscores, a letter or digit at the ends.`,
      );
    }
    const gallery = resourceOf(type, input, withIdentity(input.id, envelope, context), {
      ...properties,
      identifier: { uniqueName: `${context.subscriptionId}-${name.toUpperCase()}` },
      provisioningState: 'Succeeded',
    });
    return { put: [gallery], delete: [] };
  },
  delete(existing, context) {
    const [image] = context.view.children(existing.id, 'images');
    if (image !== undefined)
      throw conflict(
        'CannotDeleteResource',
        `Cannot delete resource ${existing.id} while nested resource ${image.id} exists. Please delete all nested resources before deleting this resource.`,
      );
    return { put: [], delete: [] };
  },
};
