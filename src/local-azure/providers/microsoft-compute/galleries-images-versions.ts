import type { ResourceTypeProvider } from '../contract.ts';
import { nameIn } from '../ids.ts';
import { defined, listOf, membersOf, textOf } from '../members.ts';
import { resourceOf, takeIn } from '../resource-form.ts';
import { badRequest, requireFound } from '../service-checks.ts';
import { galleryApiVersions } from './api-versions.ts';

const type = 'Microsoft.Compute/galleries/images/versions';

/** Image versions: a number in three parts, and a source that is there. */
export const galleryImageVersions: ResourceTypeProvider = {
  type,
  apiVersions: galleryApiVersions,
  location: 'required',
  longRunning: true,
  put(input, context) {
    const { envelope, properties } = takeIn(type, input.body);
    const name = nameIn(input.id);
    if (!/^\d{1,9}(\.\d{1,9}){2}$/.test(name))
      throw badRequest('InvalidParameter', `The image version '${name}' is invalid: MajorVersion.MinorVersion.Patch.`);
    const storage = membersOf(properties.storageProfile);
    const { id, virtualMachineId, communityGalleryImageId } = membersOf(storage.source);
    const source = textOf(id) ?? textOf(virtualMachineId);
    if (source !== undefined) requireFound(context, source);
    if (source === undefined && communityGalleryImageId === undefined && storage.osDiskImage === undefined) {
      throw badRequest('InvalidParameter', 'An image version needs a source.');
    }
    const publishing = membersOf(properties.publishingProfile);
    const regions = listOf(publishing.targetRegions).map(membersOf);
    const targetRegions = regions.length > 0 ? regions : [{ name: envelope.location }];
    const version = resourceOf(
      type,
      input,
      envelope,
      defined({
        ...properties,
        publishingProfile: {
          replicaCount: 1,
          excludeFromLatest: false,
          storageAccountType: 'Standard_LRS',
          replicationMode: 'Full',
          ...publishing,
          targetRegions: targetRegions.map((region) => ({
            regionalReplicaCount: 1,
            storageAccountType: 'Standard_LRS',
            ...region,
          })),
        },
        provisioningState: 'Succeeded',
      }),
    );
    return { put: [version], delete: [] };
  },
};
