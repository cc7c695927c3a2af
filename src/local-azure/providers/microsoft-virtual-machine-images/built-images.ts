import type { ArmResource } from '../../../model/resource.ts';
import type { ProviderContext } from '../contract.ts';
import { listOf, type Members, membersOf, numberOf, textOf, textsOf } from '../members.ts';
import { propertiesOf, resourceOf } from '../resource-form.ts';
import { requireFound } from '../service-checks.ts';

const definitionType = 'Microsoft.Compute/galleries/images';
const versionType = `${definitionType}/versions`;

/**
 * What a build of a template leaves behind: a managed image, or a version in a gallery. No machine runs: the resources are as Image
 * Builder makes them, the image in them is nothing. VHDs are blobs, and leave no resource.
 */
export function builtImages(template: ArmResource, context: ProviderContext): readonly ArmResource[] {
  return listOf(propertiesOf(template).distribute)
    .map(membersOf)
    .flatMap((target) => {
      if (target.type === 'ManagedImage') return [managedImage(template, target)];
      return target.type === 'SharedImage' ? [galleryVersion(template, target, context)] : [];
    });
}

/** What the builds of a template have left behind so far in galleries. */
export function imagesOf(template: ArmResource, context: ProviderContext): readonly ArmResource[] {
  return context.view.ofType(versionType).filter((version) => {
    const { source } = membersOf(propertiesOf(version).storageProfile);
    return textOf(membersOf(source).id)?.toLowerCase() === template.id.toLowerCase();
  });
}

function managedImage(template: ArmResource, target: Members): ArmResource {
  const envelope = {
    location: target.location,
    tags: { correlationId: template.name, ...membersOf(target.artifactTags) },
  };
  return resourceOf('Microsoft.Compute/images', { id: String(target.imageId) }, envelope, {
    storageProfile: { osDisk: { osType: 'Linux', osState: 'Generalized', storageAccountType: 'Standard_LRS' } },
    hyperVGeneration: 'V1',
    provisioningState: 'Succeeded',
  });
}

function galleryVersion(template: ArmResource, target: Members, context: ProviderContext): ArmResource {
  const wanted = textOf(target.galleryImageId) ?? '';
  const [image = ''] = wanted.split(/\/versions\//i);
  const definition = requireFound(context, image, definitionType);
  const named = wanted.split(/\/versions\//i)[1];
  const version = named ?? nextVersion(definition, membersOf(target.versioning), context);
  const regions = listOf(target.targetRegions).map(membersOf);
  const names = textsOf(target.replicationRegions).map((name) => ({ name }));
  const targetRegions = [...regions, ...names].map((region) => ({
    regionalReplicaCount: 1,
    storageAccountType: target.storageAccountType ?? 'Standard_LRS',
    ...region,
  }));
  return resourceOf(
    versionType,
    { id: `${definition.id}/versions/${version}` },
    { location: definition.location, tags: { correlationId: template.name, ...membersOf(target.artifactTags) } },
    {
      publishingProfile: { targetRegions, excludeFromLatest: target.excludeFromLatest ?? false, replicaCount: 1 },
      storageProfile: { source: { id: template.id } },
      provisioningState: 'Succeeded',
    },
  );
}

/** The scheme `Latest` counts on from the last version of its major number. */
function nextVersion(definition: ArmResource, { major }: Members, context: ProviderContext): string {
  const first = numberOf(major) ?? 1;
  const patches = context.view
    .children(definition.id, 'versions')
    .map(({ name }) => name.split('.').map(Number))
    .filter(([known]) => known === first)
    .map(([, , patch = 0]) => patch);
  return `${first}.0.${patches.length === 0 ? 0 : Math.max(...patches) + 1}`;
}
