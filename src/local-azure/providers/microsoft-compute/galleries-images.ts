import type { ResourceTypeProvider } from '../contract.ts';
import { nameIn, parentOf, sameId } from '../ids.ts';
import { defined, listOf, membersOf } from '../members.ts';
import { propertiesOf, resourceOf, takeIn } from '../resource-form.ts';
import { badRequest, conflict } from '../service-checks.ts';
import { galleryApiVersions } from './api-versions.ts';

const type = 'Microsoft.Compute/galleries/images';

/** Image definitions: publisher, offer and SKU are there once, and stay (learn.microsoft.com, image definitions). */
export const galleryImages: ResourceTypeProvider = {
  type,
  apiVersions: galleryApiVersions,
  location: 'required',
  longRunning: true,
  put(input, context) {
    const { envelope, properties } = takeIn(type, input.body);
    const name = nameIn(input.id);
    if (!/^[a-z0-9]([\w.-]{0,78}[a-z0-9])?$/i.test(name))
      throw badRequest('InvalidParameter', `The image definition name '${name}' is invalid.`);
    const key = (identifier: unknown): string => {
      const { publisher, offer, sku } = membersOf(identifier);
      return [publisher, offer, sku].map(String).join('|').toLowerCase();
    };
    const twin = context.view
      .children(parentOf(input.id), 'images')
      .find(
        (other) => !sameId(other.id, input.id) && key(propertiesOf(other).identifier) === key(properties.identifier),
      );
    if (twin !== undefined)
      throw conflict('Conflict', `The image definition '${twin.name}' has the same publisher, offer and SKU.`);
    const before = propertiesOf(input.existing);
    const fixed = ['osType', 'osState', 'hyperVGeneration'].find(
      (property) =>
        before[property] !== undefined &&
        properties[property] !== undefined &&
        before[property] !== properties[property],
    );
    if (
      fixed !== undefined ||
      (input.existing !== undefined && key(before.identifier) !== key(properties.identifier))
    ) {
      throw conflict(
        'PropertyChangeNotAllowed',
        `Changing property 'galleryImage.properties.${fixed ?? 'identifier'}' is not allowed.`,
      );
    }
    const features = listOf(properties.features).map(membersOf);
    const trusted = features.find(({ name: feature }) => feature === 'SecurityType');
    if (String(trusted?.value).startsWith('TrustedLaunch') && (properties.hyperVGeneration ?? 'V2') !== 'V2') {
      throw badRequest('InvalidParameter', 'Trusted launch needs hyperVGeneration V2.');
    }
    const image = resourceOf(
      type,
      input,
      envelope,
      defined({
        ...properties,
        hyperVGeneration: properties.hyperVGeneration ?? (input.apiVersion >= '2024-03-03' ? 'V2' : 'V1'),
        architecture: properties.architecture ?? 'x64',
        provisioningState: 'Succeeded',
      }),
    );
    return { put: [image], delete: [] };
  },
  delete(existing, context) {
    const [version] = context.view.children(existing.id, 'versions');
    if (version !== undefined)
      throw conflict(
        'CannotDeleteResource',
        `Cannot delete resource ${existing.id} while nested resource ${version.id} exists. Please delete all nested resources before deleting this resource.`,
      );
    return { put: [], delete: [] };
  },
};
