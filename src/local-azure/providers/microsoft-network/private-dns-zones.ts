import { ArmError } from '../../../arm/arm-error.ts';
import type { ResourceTypeProvider } from '../contract.ts';
import { nameIn } from '../ids.ts';
import { propertiesOf, resourceOf, takeIn, withEtag, withProperties } from '../resource-form.ts';
import { privateDnsApiVersions } from './private-dns-api-versions.ts';
import { checkZoneName } from './private-dns-names.ts';
import { recordsOfZone, startOfAuthority } from './private-dns-zones-records.ts';

const type = 'Microsoft.Network/privateDnsZones';

/** Private DNS zones. A new one has its SOA record. */
export const privateDnsZones: ResourceTypeProvider = {
  type,
  apiVersions: privateDnsApiVersions,
  location: 'global',
  longRunning: true,
  put(input, context) {
    const { envelope, properties } = takeIn(type, input.body);
    checkZoneName(nameIn(input.id));
    const zone = resourceOf(type, input, envelope, {
      ...properties,
      provisioningState: 'Succeeded',
      internalId: Buffer.from(`SW1tdXRhYmxlWm9uZUlkZW50aXR5;${context.stableGuid(input.id, 'internalId')};0`).toString(
        'base64',
      ),
      maxNumberOfRecordSets: 25000,
      maxNumberOfVirtualNetworkLinks: 1000,
      maxNumberOfVirtualNetworkLinksWithRegistration: 100,
    });
    const isNew = context.view.get(`${input.id}/SOA/@`) === undefined;
    return { put: isNew ? [zone, startOfAuthority(input.id)] : [zone], delete: [] };
  },
  delete(existing, context) {
    if (context.view.children(existing.id, 'virtualNetworkLinks').length > 0) {
      throw new ArmError(409, {
        code: 'CannotDeleteResource',
        message: `Cannot delete resource while nested resources exist. Some existing nested resource IDs include: '${context.view
          .children(existing.id, 'virtualNetworkLinks')
          .map(({ id }) => id)
          .join(',')}'. Please delete all nested resources before deleting this resource.`,
      });
    }
    return { put: [], delete: [] };
  },
  read(stored, context) {
    const links = context.view.children(stored.id, 'virtualNetworkLinks');
    return withEtag(
      withProperties(stored, {
        numberOfRecordSets: recordsOfZone(stored.id, context).length,
        numberOfVirtualNetworkLinks: links.length,
        numberOfVirtualNetworkLinksWithRegistration: links.filter(
          (link) => propertiesOf(link).registrationEnabled === true,
        ).length,
      }),
    );
  },
};
