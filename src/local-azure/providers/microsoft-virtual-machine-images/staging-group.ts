import { uuidV5 } from '../../../kernel/hash.ts';
import type { ArmResource } from '../../../model/resource.ts';
import { groupType } from '../../resources/resource-path.ts';
import type { ProviderContext, PutInput } from '../contract.ts';
import { groupOf, nameIn } from '../ids.ts';
import { type Members, textOf } from '../members.ts';
import { propertiesOf } from '../resource-form.ts';
import { badRequest } from '../service-checks.ts';

const namespace = '3d4a9d0c-0b0c-5f0e-9a59-6a0c5a1f7b11';
const maker = 'AzureVMImageBuilder';

/**
 * The group that builds run in. One that is not there is made, under the name given or one of the service's; one that is there must be
 * empty and in the template's region. Source: Microsoft, `IImageTemplate.StagingResourceGroup`; tags: "Image Builder networking".
 */
export function stagingGroup(
  input: PutInput,
  envelope: Members,
  properties: Members,
  context: ProviderContext,
): ArmResource {
  const template = nameIn(input.id);
  const own = nameIn(groupOf(input.id));
  const root = input.id.split('/').slice(0, 3).join('/');
  const madeUp = `${root}/resourceGroups/IT_${own}_${template}_${uuidV5(input.id.toLowerCase(), namespace)}`;
  const id = textOf(properties.stagingResourceGroup) ?? madeUp;
  const existing = context.view.get(id);
  if (existing !== undefined) {
    if (String(existing.location).toLowerCase() !== String(envelope.location).toLowerCase()) {
      throw badRequest('ValidationFailed', `Validation failed: the staging resource group ${id} is in another region.`);
    }
    return existing;
  }
  return {
    id,
    name: nameIn(id),
    type: groupType,
    location: String(envelope.location),
    tags: { createdBy: maker, imageTemplateName: template, imageTemplateResourceGroupName: own },
    properties: { provisioningState: 'Succeeded' },
  };
}

/** The group of a template, where the service made it: it goes with the template. */
export function ownStagingGroup(template: ArmResource, context: ProviderContext): ArmResource | undefined {
  const group = context.view.get(textOf(propertiesOf(template).exactStagingResourceGroup) ?? '');
  return group?.tags?.createdBy === maker && group.tags.imageTemplateName === template.name ? group : undefined;
}
