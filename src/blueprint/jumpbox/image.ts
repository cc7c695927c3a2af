import type { Resource } from '../../model/resource.ts';
import { managedIdentity, principalIdPath } from '../access/managed-identity.ts';
import { roleAssignment, stableId } from '../access/role-assignment.ts';
import { apiVersions } from '../api-versions.ts';
import type { BuildContext } from '../context.ts';
import { type Built, claimed, joined } from '../draft.ts';
import { groupMadeByAzure, idOf, propertyOf, subscriptionId } from '../handles.ts';
import { imageSpokeRefs } from '../image-spoke/refs.ts';
import { imageSettings, images } from './image-settings.ts';
import { jumpBoxImageRefs } from './refs.ts';

/** What an image builder's identity may do with a network, and with a gallery. Source: Microsoft, "Azure VM Image Builder permissions". */
const builderRights = {
  network: ['Microsoft.Network/virtualNetworks/read', 'Microsoft.Network/virtualNetworks/subnets/join/action'],
  gallery: [
    'Microsoft.Compute/galleries/read',
    'Microsoft.Compute/galleries/images/read',
    'Microsoft.Compute/galleries/images/versions/read',
    'Microsoft.Compute/galleries/images/versions/write',
  ],
} as const;

/** The roles of the builder's identity: governance makes them, since operations makes no roles. */
function builderRole(context: BuildContext, word: keyof typeof builderRights): Resource {
  return {
    key: `jump-box-image/role-${word}`,
    stage: 'subscription',
    deployment: 'subscription',
    type: 'Microsoft.Authorization/roleDefinitions',
    apiVersion: apiVersions.roleDefinitions,
    name: stableId(context, `image-builder/${word}`),
    scope: { kind: 'subscription' },
    properties: {
      roleName: `${context.naming.workload} ${context.spec.environment}: image builder, ${word}`,
      description: 'For the identity of the image builder. Decision image-builder-has-few-rights',
      type: 'CustomRole',
      permissions: [{ actions: builderRights[word], notActions: [], dataActions: [], notDataActions: [] }],
      assignableScopes: [subscriptionId],
    },
  };
}

/** The gallery, the template and its identity: what a jump box is made of, and who may make it. */
export function jumpBoxImage(context: BuildContext): Built {
  const refs = jumpBoxImageRefs(context);
  const { stage, deployment, group, region, tags } = refs.placement;
  const at = { stage, deployment, scope: { kind: 'resourceGroup', name: group }, location: region, tags } as const;
  const identity = managedIdentity(refs.placement, refs.identity);
  const [network, galleryRole] = [builderRole(context, 'network'), builderRole(context, 'gallery')];
  const gallery: Resource = {
    ...at,
    ...refs.gallery,
    type: 'Microsoft.Compute/galleries',
    apiVersion: apiVersions.galleries,
    properties: { description: 'Images of jump boxes', softDeletePolicy: { isSoftDeleteEnabled: true } },
  };
  const image: Resource = {
    ...at,
    ...refs.image,
    type: 'Microsoft.Compute/galleries/images',
    apiVersion: apiVersions.galleries,
    properties: {
      osType: 'Linux',
      osState: 'Generalized',
      hyperVGeneration: 'V2',
      architecture: 'x64',
      identifier: {
        publisher: context.spec.organization.name,
        offer: 'jump-box',
        sku: images[context.spec.components.jumpBoxImage].ours,
      },
      features: [{ name: 'SecurityType', value: 'TrustedLaunch' }],
    },
  };
  const grant = (
    key: string,
    grants: Pick<Parameters<typeof roleAssignment>[1], 'scope' | 'on' | 'role' | 'why'>,
  ): Built =>
    roleAssignment(context, {
      key: `jump-box-image/${key}`,
      stage,
      deployment,
      principal: propertyOf(identity, principalIdPath),
      principalType: 'ServicePrincipal',
      decision: 'image-builder-has-few-rights',
      ...grants,
    });
  const spoke = imageSpokeRefs(context);
  return joined(
    claimed(network, 'image-builder-has-few-rights'),
    claimed(galleryRole, 'image-builder-has-few-rights'),
    claimed(identity, 'image-builder-has-few-rights'),
    claimed(gallery, 'images-in-a-gallery'),
    claimed(image, 'images-in-a-gallery', 'jump-boxes-boot-what-was-measured'),
    grant('builder-may-join-the-network', {
      scope: { kind: 'resourceGroup', name: spoke.network.group },
      on: { type: 'Microsoft.Network/virtualNetworks', name: spoke.network.name },
      role: idOf(network),
      why: 'Builds run in the subnets of this network',
    }),
    grant('builder-may-add-versions', {
      scope: at.scope,
      on: gallery,
      role: idOf(galleryRole),
      why: 'A build ends with a new version in this gallery',
    }),
    claimed(
      template(context, at),
      'image-from-pinned-tools',
      'jump-box-is-hardened',
      'images-built-apart',
      'image-builder-has-few-rights',
    ),
  );
}

function template(
  context: BuildContext,
  at: Pick<Resource, 'stage' | 'deployment' | 'scope' | 'location' | 'tags'>,
): Resource {
  const refs = jumpBoxImageRefs(context);
  const spoke = imageSpokeRefs(context);
  const { source, machine, customize, validate, targetRegions, buildTimeoutInMinutes } = imageSettings(context);
  return {
    ...at,
    ...refs.template,
    once: true,
    type: 'Microsoft.VirtualMachineImages/imageTemplates',
    apiVersion: apiVersions.imageTemplates,
    identity: { type: 'UserAssigned', userAssigned: [idOf(refs.identity)] },
    properties: {
      source,
      vmProfile: {
        ...machine,
        vnetConfig: {
          subnetId: idOf(spoke.network, ['subnets', spoke.subnetNames.build]),
          ...(spoke.builder === spoke.containers
            ? { containerInstanceSubnetId: idOf(spoke.network, ['subnets', spoke.subnetNames.containers]) }
            : {}),
        },
      },
      // The service makes it, and takes it away with the template; in one that is there it would want to be Contributor.
      stagingResourceGroup: groupMadeByAzure(refs.stagingGroup),
      customize,
      validate,
      distribute: [
        {
          type: 'SharedImage',
          runOutputName: 'jump-box',
          galleryImageId: idOf(refs.image),
          versioning: { scheme: 'Latest', major: 1 },
          targetRegions,
          ...(context.spec.components.jumpBoxImage === 'ubuntu-18.04'
            ? { replicationRegions: targetRegions.map(({ name }) => name) }
            : {}),
        },
      ],
      errorHandling: { onCustomizerError: 'cleanup', onValidationError: 'cleanup' },
      buildTimeoutInMinutes,
      autoRun: { state: 'Enabled' },
    },
  };
}
