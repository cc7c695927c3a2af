import type { ArmResource } from '../../../model/resource.ts';
import type { ProviderContext, ResourceTypeProvider } from '../contract.ts';
import { nameIn, sameId } from '../ids.ts';
import { defined, type Members, membersOf, textOf, without } from '../members.ts';
import { propertiesOf, resourceOf, takeIn } from '../resource-form.ts';
import { badRequest, conflict, requireFound, scopeOf } from '../service-checks.ts';

export const extensionType = 'Microsoft.KubernetesConfiguration/extensions';

/** Extensions that a cluster without a way out cannot have (learn.microsoft.com, network isolated clusters: limitations). */
const notIsolated: readonly string[] = [
  'microsoft.flux',
  'microsoft.dapr',
  'microsoft.dataprotection.kubernetes',
  'microsoft.appconfiguration',
  'microsoft.azureml.kubernetes',
];

/**
 * Cluster extensions. Protected settings are not given back. ExtensionNotSupportedOnNetworkIsolatedCluster, ExtensionTypeExists,
 * VersionWithAutoUpgrade and ExtensionInUse are named here; the refusals are documented (AKS cluster extensions).
 */
export const extensions: ResourceTypeProvider = {
  type: extensionType,
  apiVersions: [
    '2025-03-01',
    '2024-11-01',
    '2023-05-01',
    '2022-11-01',
    '2022-07-01',
    '2022-03-01',
    '2021-09-01',
    '2020-07-01-preview',
  ],
  location: 'none',
  longRunning: true,
  put(input, context) {
    const { envelope, properties } = takeIn(extensionType, input.body);
    const cluster = requireFound(context, scopeOf(input.id), 'Microsoft.ContainerService/managedClusters');
    const kind = (textOf(properties.extensionType) ?? '').toLowerCase();
    if (kind === '') throw badRequest('InvalidRequestContent', 'An extension needs an extensionType.');
    if (isIsolated(propertiesOf(cluster)) && notIsolated.includes(kind)) {
      throw badRequest(
        'ExtensionNotSupportedOnNetworkIsolatedCluster',
        `Extension '${kind}' is not supported on network isolated cluster ${cluster.name}.`,
      );
    }
    const twin = siblingsOf(input.id, context).find(
      (other) => String(propertiesOf(other).extensionType).toLowerCase() === kind,
    );
    if (twin !== undefined) {
      throw conflict(
        'ExtensionTypeExists',
        `Cluster ${cluster.name} has extension '${twin.name}' of type ${kind} already.`,
      );
    }
    const upgrades = properties.autoUpgradeMinorVersion ?? true;
    const version = textOf(properties.version);
    if (upgrades === true && version !== undefined) {
      throw badRequest('VersionWithAutoUpgrade', "A version can only be set where 'autoUpgradeMinorVersion' is false.");
    }
    const scope = membersOf(properties.scope);
    const extension = resourceOf(
      extensionType,
      input,
      envelope,
      defined({
        ...without(properties, 'configurationProtectedSettings'),
        extensionType: kind,
        autoUpgradeMinorVersion: upgrades,
        releaseTrain: upgrades === true ? (properties.releaseTrain ?? 'Stable') : properties.releaseTrain,
        scope:
          scope.namespace === undefined
            ? { cluster: { releaseNamespace: 'flux-system', ...membersOf(scope.cluster) } }
            : scope,
        configurationSettings: properties.configurationSettings ?? {},
        configurationProtectedSettings: {},
        currentVersion: version,
        isSystemExtension: false,
        provisioningState: 'Succeeded',
        statuses: [],
        aksAssignedIdentity: {
          type: 'SystemAssigned',
          principalId: context.stableGuid(input.id, 'principalId'),
          tenantId: context.tenantId,
        },
      }),
    );
    return { put: [releaseNamespaced(extension, kind, scope)], delete: [] };
  },
  delete(existing, context) {
    const flux = 'Microsoft.KubernetesConfiguration/fluxConfigurations';
    const user = context.view.ofType(flux).find(({ id }) => sameId(scopeOf(id), scopeOf(existing.id)));
    if (propertiesOf(existing).extensionType === 'microsoft.flux' && user !== undefined) {
      throw badRequest(
        'ExtensionInUse',
        `Extension '${existing.name}' cannot be deleted while flux configuration '${user.name}' is there.`,
      );
    }
    return { put: [], delete: [] };
  },
};

/** Where nothing is said, an extension goes to a namespace of its own type; Flux to flux-system. */
function releaseNamespaced(extension: ArmResource, kind: string, scope: Members): ArmResource {
  const given = membersOf(scope.cluster).releaseNamespace;
  if (kind === 'microsoft.flux' || given !== undefined || scope.namespace !== undefined) return extension;
  const properties = { ...extension.properties, scope: { cluster: { releaseNamespace: kind.replaceAll('.', '-') } } };
  return { ...extension, properties } as ArmResource;
}

function siblingsOf(id: string, context: ProviderContext): readonly ArmResource[] {
  return context.view
    .ofType(extensionType)
    .filter(
      (other) => sameId(scopeOf(other.id), scopeOf(id)) && nameIn(other.id).toLowerCase() !== nameIn(id).toLowerCase(),
    );
}

function isIsolated(cluster: Members): boolean {
  return ['none', 'block'].includes(String(membersOf(cluster.networkProfile).outboundType));
}
