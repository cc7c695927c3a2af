import type { ResourceTypeProvider } from '../contract.ts';
import { defined, membersOf, referenceOf } from '../members.ts';
import { resourceOf, takeIn } from '../resource-form.ts';
import { badRequest } from '../service-checks.ts';
import { computeApiVersions } from './api-versions.ts';

const type = 'Microsoft.Compute/images';

/** Managed images, made of a machine or of disks. Machines, disks and blobs are not modelled: what an image is made of is not looked up. */
export const images: ResourceTypeProvider = {
  type,
  apiVersions: computeApiVersions,
  location: 'required',
  longRunning: true,
  put(input) {
    const { envelope, properties } = takeIn(type, input.body);
    const disk = membersOf(membersOf(properties.storageProfile).osDisk);
    const sources = [disk.snapshot, disk.managedDisk].map(referenceOf).filter((id) => id !== undefined);
    const isMade =
      referenceOf(properties.sourceVirtualMachine) !== undefined || sources.length > 0 || disk.blobUri !== undefined;
    if (!isMade) throw badRequest('InvalidParameter', 'An image needs a source virtual machine or an OS disk.');
    const image = resourceOf(
      type,
      input,
      envelope,
      defined({
        ...properties,
        hyperVGeneration: properties.hyperVGeneration ?? 'V1',
        provisioningState: 'Succeeded',
      }),
    );
    return { put: [image], delete: [] };
  },
};
